"""What was said of a dataset that was withdrawn since is not told any more.

Revision ID: dca7feed0003
Revises: dca7feed0002
"""

from __future__ import annotations

from alembic import op

revision = "dca7feed0003"
down_revision = "dca7feed0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        UPDATE hokkaido_dcat_change AS said SET body = NULL
        WHERE body IS NOT NULL AND EXISTS (
            SELECT FROM hokkaido_dcat_change AS gone
            WHERE gone.dataset_id = said.dataset_id AND gone.position > said.position AND gone.kind = 'delete'
        )
        """
    )


def downgrade() -> None:
    """Leave the payloads erased: nobody may read them, and nothing of the structure changed."""
