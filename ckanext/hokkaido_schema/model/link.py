"""Links of datasets and what was found at them."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Link(BaseModel):
    """One address in one field of a dataset or of a file of it; a file that lies on the portal has one, too."""

    __tablename__ = "hokkaido_schema_link"
    __table_args__ = (
        sa.UniqueConstraint("package_id", "resource_id", "field", "url", name="uq_hokkaido_schema_link_place"),
        sa.Index("idx_hokkaido_schema_link_due", "due_at"),
        sa.Index("idx_hokkaido_schema_link_url", "url"),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    package_id: Mapped[text]
    #: Empty for a link of the dataset itself.
    resource_id: Mapped[text] = mapped_column(default="")
    field: Mapped[text]
    url: Mapped[text]
    #: Empty for a file that lies on the portal.
    host: Mapped[text] = mapped_column(default="")
    #: A `LinkState`.
    state: Mapped[text]
    #: Status of the last answer, 0 without one.
    status: Mapped[int] = mapped_column(sa.Integer, default=0)
    #: Code of the fault of the last look.
    fault: Mapped[text] = mapped_column(default="")
    moved_to: Mapped[text] = mapped_column(default="")
    #: Days in Japan.
    failed_since: Mapped[date | None] = mapped_column(sa.Date)
    failed_on: Mapped[date | None] = mapped_column(sa.Date)
    failed_days: Mapped[int] = mapped_column(sa.Integer, default=0)
    checked_at: Mapped[datetime_tz | None]
    due_at: Mapped[datetime_tz] = mapped_column(default=now)
