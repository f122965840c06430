"""How the headings of a unit's own spreadsheet were understood, for next time."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Mapping(BaseModel):
    """The mapping that a person confirmed for one set of headings of one unit."""

    __tablename__ = "hokkaido_inventory_mapping"
    __table_args__ = (sa.UniqueConstraint("unit_id", "signature", name="uq_hokkaido_inventory_mapping_signature"),)

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    unit_id: Mapped[text]
    #: SHA-256 of the normalised headings, in hexadecimal digits.
    signature: Mapped[text]
    #: Key of a question, or null for a column that is left out, by normalised heading.
    columns: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    updated_at: Mapped[datetime_tz] = mapped_column(default=now)
    updated_by: Mapped[text | None]
