"""Who does what for a unit in the survey, beside their role in CKAN."""

from __future__ import annotations

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Assignment(BaseModel):
    """One duty of one person for one unit; rights follow from the role in CKAN, mail and deputies from here."""

    __tablename__ = "hokkaido_inventory_assignment"
    __table_args__ = (
        sa.UniqueConstraint("unit_id", "user_id", "duty", name="uq_hokkaido_inventory_assignment_duty"),
        sa.Index("idx_hokkaido_inventory_assignment_user", "user_id"),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    unit_id: Mapped[text]
    user_id: Mapped[text]
    #: A `Duty`.
    duty: Mapped[text]
    created_at: Mapped[datetime_tz] = mapped_column(default=now)
    created_by: Mapped[text | None]
