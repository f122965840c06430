"""What a unit says about one holding in one survey."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Answer(BaseModel):
    """One row of a response."""

    __tablename__ = "hokkaido_inventory_answer"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["response_id"], ["hokkaido_inventory_response.id"], name="fk_hokkaido_inventory_answer_response"
        ),
        sa.ForeignKeyConstraint(
            ["holding_id"], ["hokkaido_inventory_holding.id"], name="fk_hokkaido_inventory_answer_holding"
        ),
        sa.UniqueConstraint("response_id", "holding_id", name="uq_hokkaido_inventory_answer_holding"),
        sa.Index("idx_hokkaido_inventory_answer_holding", "holding_id"),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    response_id: Mapped[text]
    holding_id: Mapped[text]
    title: Mapped[text] = mapped_column(default="")
    description: Mapped[text] = mapped_column(default="")
    #: Every other answer by its question's key; what is left blank is absent.
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    #: Keys that the branching of the form set, not a person.
    by_rule: Mapped[list[str]] = mapped_column(JSONB, default=list)
    #: A `Change` against the round before.
    change: Mapped[text]
    version: Mapped[int] = mapped_column(sa.Integer, default=1)
    created_at: Mapped[datetime_tz] = mapped_column(default=now)
    updated_at: Mapped[datetime_tz] = mapped_column(default=now)
    updated_by: Mapped[text | None]
