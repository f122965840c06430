"""What the check of a resource's stored file has found."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class ResourceCheck(BaseModel):
    """The last check of one file, whoever may have the file; a file that is a link has none.

    Who may read it is asked of the resource (`hokkaido_resource_fetch`): findings show values of the file.
    """

    __tablename__ = "hokkaido_standards_check"
    __table_args__ = (
        sa.Index("idx_hokkaido_standards_check_package", "package_id"),
        sa.Index("idx_hokkaido_standards_check_standard", "standard"),
    )

    resource_id: Mapped[text] = mapped_column(primary_key=True)
    package_id: Mapped[text]
    #: SHA-256 of the file that was checked, in hexadecimal; blank where it was not read.
    digest: Mapped[text] = mapped_column(default="")
    #: What the file was checked by: rules and definitions (`service.check.checked_by`).
    checked_by: Mapped[text] = mapped_column(default="")
    #: A `CheckState`.
    state: Mapped[text]
    #: Two digits, or nothing for a table of no standard data set.
    standard: Mapped[text | None]
    #: A `Form`, or nothing where only the name of the file tells its set.
    form: Mapped[text | None]
    #: A `Dialect`.
    dialect: Mapped[text] = mapped_column(default="other")
    #: 0 to 1.
    confidence: Mapped[float] = mapped_column(sa.Float, default=0.0)
    encoding: Mapped[text] = mapped_column(default="")
    #: Stars, 0 to 5.
    score: Mapped[int] = mapped_column(sa.Integer, default=0)
    rows: Mapped[int] = mapped_column(sa.Integer, default=0)
    columns: Mapped[int] = mapped_column(sa.Integer, default=0)
    #: Places that are wrong, and places to look at, by weight (`wrong`, `warn`, `told`).
    weights: Mapped[dict[str, int]] = mapped_column(JSONB, default=dict)
    #: Rule -> the exact number of places.
    counts: Mapped[dict[str, int]] = mapped_column(JSONB, default=dict)
    #: The report in no language, as `stored_report` writes it; read only when it is asked for.
    report: Mapped[dict[str, Any] | None] = mapped_column(JSONB, deferred=True)
    checked_at: Mapped[datetime_tz] = mapped_column(default=now)
