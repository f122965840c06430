"""How well each dataset is described, and a mark that tells whether anything of it changed; read without its fragments.

Revision ID: dca7feed0004
Revises: dca7feed0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "dca7feed0004"
down_revision = "dca7feed0003"
branch_labels = None
depends_on = None

_TABLE = "hokkaido_dcat_entry"


def upgrade() -> None:
    # Both are empty until the portal's clock has written the feed once more, which begins by itself.
    op.add_column(_TABLE, sa.Column("fingerprint", sa.Text))
    op.add_column(_TABLE, sa.Column("quality", JSONB))


def downgrade() -> None:
    op.drop_column(_TABLE, "quality")
    op.drop_column(_TABLE, "fingerprint")
