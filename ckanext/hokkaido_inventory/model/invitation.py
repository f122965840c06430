"""Inviting people to answer for a unit, before they have an account."""

from __future__ import annotations

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Invitation(BaseModel):
    """One invitation; only the hash of its secret is kept."""

    __tablename__ = "hokkaido_inventory_invitation"
    __table_args__ = (
        sa.UniqueConstraint("secret_hash", name="uq_hokkaido_inventory_invitation_secret"),
        sa.Index("idx_hokkaido_inventory_invitation_unit", "unit_id"),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    unit_id: Mapped[text]
    email: Mapped[text]
    fullname: Mapped[text]
    #: A `Duty`.
    duty: Mapped[text]
    #: SHA-256 of the secret in the link, in hexadecimal digits.
    secret_hash: Mapped[text]
    expires_at: Mapped[datetime_tz]
    accepted_at: Mapped[datetime_tz | None]
    revoked_at: Mapped[datetime_tz | None]
    user_id: Mapped[text | None]
    created_at: Mapped[datetime_tz] = mapped_column(default=now)
    created_by: Mapped[text | None]
