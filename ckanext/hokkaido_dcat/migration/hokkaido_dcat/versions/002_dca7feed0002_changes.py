"""What happened in the feed, in the order of commits.

Revision ID: dca7feed0002
Revises: dca7feed0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "dca7feed0002"
down_revision = "dca7feed0001"
branch_labels = None
depends_on = None

# The feed that a portal has already: what was withdrawn, then what is there, each in the order in which it came.
_BACKFILL = """
INSERT INTO hokkaido_dcat_change (position, kind, dataset_id, at, body, total, highest, members_at, first_at)
SELECT position,
       kind,
       dataset_id,
       max(at) OVER ordered,
       body,
       count(*) FILTER (WHERE kind = 'create') OVER ordered,
       coalesce(max(sequence) OVER ordered, 0),
       max(at) OVER ordered,
       min(at) FILTER (WHERE kind = 'create') OVER ordered
FROM (
    SELECT row_number() OVER (ORDER BY e.state = 'published', e.sequence, e.dataset_id) AS position,
           CASE e.state WHEN 'published' THEN 'create' ELSE 'delete' END AS kind,
           e.dataset_id,
           CASE e.state WHEN 'published' THEN e.published_at ELSE e.withdrawn_at END AS at,
           f.body,
           e.sequence
    FROM hokkaido_dcat_entry e
    LEFT JOIN hokkaido_dcat_fragment f
           ON f.dataset_id = e.dataset_id AND f.profile = 'dcat-ap-3' AND f.family = 'ttl'
    WHERE e.state IN ('published', 'withdrawn') AND e.sequence IS NOT NULL
) known
WINDOW ordered AS (ORDER BY position)
"""


def upgrade() -> None:
    op.create_table(
        "hokkaido_dcat_change",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("dataset_id", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("highest", sa.BigInteger(), nullable=False),
        sa.Column("members_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_index("idx_hokkaido_dcat_change_at", "hokkaido_dcat_change", ["at"])
    op.create_index("idx_hokkaido_dcat_change_dataset", "hokkaido_dcat_change", ["dataset_id", "position"])
    op.execute(_BACKFILL)


def downgrade() -> None:
    op.drop_table("hokkaido_dcat_change")
