"""A request that a second person look at a dataset before it becomes public."""

from __future__ import annotations

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Approval(BaseModel):
    """One request and what became of it; the latest one of a dataset counts, the others are its history."""

    __tablename__ = "hokkaido_schema_approval"
    __table_args__ = (
        sa.Index("idx_hokkaido_schema_approval_package", "package_id", "asked_at"),
        # Two requests at a time are one too many.
        sa.Index(
            "uq_hokkaido_schema_approval_open",
            "package_id",
            unique=True,
            postgresql_where=sa.text("state = 'asked'"),
        ),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    package_id: Mapped[text]
    #: An `ApprovalState`.
    state: Mapped[text]
    asked_by: Mapped[text]
    asked_at: Mapped[datetime_tz] = mapped_column(default=now)
    message: Mapped[text] = mapped_column(default="")
    decided_by: Mapped[text | None]
    decided_at: Mapped[datetime_tz | None]
    remark: Mapped[text] = mapped_column(default="")
