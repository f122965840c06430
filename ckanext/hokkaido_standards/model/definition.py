"""A definition workbook that an administrator has loaded in place of the shipped columns of a set."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class LoadedDefinition(BaseModel):
    """One loading; the one of a set that nobody has withdrawn counts, the others are its history."""

    __tablename__ = "hokkaido_standards_definition"
    __table_args__ = (
        # Two definitions of a set at a time are one too many.
        sa.Index(
            "uq_hokkaido_standards_definition_current",
            "standard",
            unique=True,
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    #: Two digits.
    standard: Mapped[text]
    file: Mapped[text]
    sheet: Mapped[text]
    #: Where the workbook is from, in the words of whoever loaded it.
    source: Mapped[text] = mapped_column(default="")
    #: SHA-256 of the file, in hexadecimal.
    digest: Mapped[text]
    #: What the sheet says of each column, as `Defined.stored` gives it.
    columns: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    loaded_at: Mapped[datetime_tz] = mapped_column(default=now)
    loaded_by: Mapped[text]
    withdrawn_at: Mapped[datetime_tz | None]
    withdrawn_by: Mapped[text | None]
