"""What somebody has typed into the form of a dataset and not saved yet."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class DraftCopy(BaseModel):
    """The form of one person for one dataset; nobody else sees it, and it goes when the form is saved or grows old."""

    __tablename__ = "hokkaido_schema_draft_copy"
    __table_args__ = (
        sa.UniqueConstraint("package_id", "user_id", name="uq_hokkaido_schema_draft_copy_owner"),
        sa.Index("idx_hokkaido_schema_draft_copy_updated", "updated_at"),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    package_id: Mapped[text]
    user_id: Mapped[text]
    #: Names and values of the form in their order; names come more than once.
    items: Mapped[list[Any]] = mapped_column(JSONB)
    #: From what the person began: version of the dataset, and marks of its fields.
    version: Mapped[text]
    base: Mapped[dict[str, Any]] = mapped_column(JSONB)
    updated_at: Mapped[datetime_tz] = mapped_column(default=now)
