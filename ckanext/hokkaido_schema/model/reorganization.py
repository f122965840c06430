"""What became of organisations: names they had, and acts that moved what they own."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class FormerName(BaseModel):
    """A name by which an organisation was known in addresses, and who is to be found there now."""

    __tablename__ = "hokkaido_schema_former_name"

    name: Mapped[text] = mapped_column(primary_key=True)
    organization_id: Mapped[text]
    created_at: Mapped[datetime_tz] = mapped_column(default=now)


class OrganizationEvent(BaseModel):
    """A merger, a renaming, a hand-over: who did it, when, and what it moved."""

    __tablename__ = "hokkaido_schema_organization_event"
    __table_args__ = (sa.Index("idx_hokkaido_schema_organization_event_organization", "organization_id", "created_at"),)

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    organization_id: Mapped[text]
    #: `merged`, `renamed` or `handed_over`.
    kind: Mapped[text]
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    actor_id: Mapped[text | None]
    created_at: Mapped[datetime_tz] = mapped_column(default=now)
