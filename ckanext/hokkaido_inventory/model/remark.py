"""What an approver asks the unit to look at again."""

from __future__ import annotations

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Remark(BaseModel):
    """A remark on a response, on one of its rows, or on one field of a row; never published."""

    __tablename__ = "hokkaido_inventory_remark"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["response_id"], ["hokkaido_inventory_response.id"], name="fk_hokkaido_inventory_remark_response"
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["hokkaido_inventory_answer.id"],
            name="fk_hokkaido_inventory_remark_answer",
            ondelete="CASCADE",
        ),
        sa.Index("idx_hokkaido_inventory_remark_response", "response_id"),
        sa.Index("idx_hokkaido_inventory_remark_answer", "answer_id"),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    response_id: Mapped[text]
    answer_id: Mapped[text | None]
    field: Mapped[text | None]
    text: Mapped[text]
    created_at: Mapped[datetime_tz] = mapped_column(default=now)
    created_by: Mapped[text | None]
    resolved_at: Mapped[datetime_tz | None]
    resolved_by: Mapped[text | None]
