"""Minutes that people say their work took: the burden ledger."""

from __future__ import annotations

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Burden(BaseModel):
    """Minutes given by one person for one piece of work; a person may give more than one."""

    __tablename__ = "hokkaido_inventory_burden"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["response_id"], ["hokkaido_inventory_response.id"], name="fk_hokkaido_inventory_burden_response"
        ),
        sa.Index("idx_hokkaido_inventory_burden_response", "response_id"),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    response_id: Mapped[text]
    user_id: Mapped[text | None]
    #: A `Work`: answering, reviewing or publishing.
    work: Mapped[text]
    minutes: Mapped[int] = mapped_column(sa.Integer)
    at: Mapped[datetime_tz] = mapped_column(default=now)
