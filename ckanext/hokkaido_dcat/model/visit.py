"""How often a program read the feed on a day."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, text

__all__ = ["Visit"]


class Visit(BaseModel):
    """The visits of one program on one day, counted; no address of anybody is kept."""

    __tablename__ = "hokkaido_dcat_visit"
    __table_args__ = (sa.Index("idx_hokkaido_dcat_visit_last_at", "last_at"),)

    #: In the time zone of the portal's readers (Asia/Tokyo).
    day: Mapped[date] = mapped_column(sa.Date, primary_key=True)
    #: Name and version of the program, as `domain.readers.program` gives it.
    program: Mapped[text] = mapped_column(primary_key=True)
    #: A `domain.readers.Reading`.
    reading: Mapped[text] = mapped_column(primary_key=True)
    requests: Mapped[int] = mapped_column(sa.Integer)
    #: Of these, answered with 304.
    unchanged: Mapped[int] = mapped_column(sa.Integer)
    #: How often the last page was read, which ends a harvest.
    finished: Mapped[int] = mapped_column(sa.Integer)
    first_at: Mapped[datetime_tz]
    last_at: Mapped[datetime_tz]
