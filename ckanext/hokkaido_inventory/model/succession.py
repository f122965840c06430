"""What became of units in a reorganisation."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Succession(BaseModel):
    """One unit whose holdings went to another unit, all or some of them."""

    __tablename__ = "hokkaido_inventory_succession"
    __table_args__ = (
        sa.Index("idx_hokkaido_inventory_succession_from", "from_unit_id"),
        sa.Index("idx_hokkaido_inventory_succession_to", "to_unit_id"),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    from_unit_id: Mapped[text]
    to_unit_id: Mapped[text]
    #: A `SuccessionKind`: merged, split or renamed.
    kind: Mapped[text]
    effective_on: Mapped[date] = mapped_column(sa.Date)
    #: `{holding, number, new_number}` of each holding that went over: ids and numbers only.
    moved: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    created_at: Mapped[datetime_tz] = mapped_column(default=now)
    created_by: Mapped[text | None]
