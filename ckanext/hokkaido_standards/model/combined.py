"""What a file gives to the one table of its standard data set."""

from __future__ import annotations

import sqlalchemy as sa
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class CombinedPart(BaseModel):
    """The part of one file that everybody may have; whether that still holds is asked at each use."""

    __tablename__ = "hokkaido_standards_part"
    __table_args__ = (
        sa.Index("idx_hokkaido_standards_part_package", "package_id"),
        sa.Index("idx_hokkaido_standards_part_standard", "standard"),
    )

    resource_id: Mapped[text] = mapped_column(primary_key=True)
    package_id: Mapped[text]
    #: Two digits.
    standard: Mapped[text]
    #: SHA-256 of the file that the part was made of, in hexadecimal.
    digest: Mapped[text]
    #: What it was made by: `service.combined.made_by`.
    made_by: Mapped[text]
    #: SHA-256 of the stored fragment; blank where the file gives no row.
    fragment: Mapped[text] = mapped_column(default="")
    #: A `FileReason`, or blank.
    reason: Mapped[text] = mapped_column(default="")
    made_at: Mapped[datetime_tz] = mapped_column(default=now)
