"""Who did what, when: rows are added and never changed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Event(BaseModel):
    """One act on a survey, on a response of it, or on a unit and its people."""

    __tablename__ = "hokkaido_inventory_event"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["survey_id"], ["hokkaido_inventory_survey.id"], name="fk_hokkaido_inventory_event_survey"
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["hokkaido_inventory_response.id"], name="fk_hokkaido_inventory_event_response"
        ),
        sa.Index("idx_hokkaido_inventory_event_survey", "survey_id", "at"),
        sa.Index("idx_hokkaido_inventory_event_response", "response_id", "at"),
        sa.Index("idx_hokkaido_inventory_event_unit", "unit_id", "at"),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    #: Empty for acts on a unit and its people, which belong to no round.
    survey_id: Mapped[text | None]
    unit_id: Mapped[text | None]
    response_id: Mapped[text | None]
    #: User of CKAN; empty when the machine acted.
    actor_id: Mapped[text | None]
    #: An `Act`.
    act: Mapped[text]
    state_from: Mapped[text | None]
    state_to: Mapped[text | None]
    #: Version of the response (or survey) after the act.
    version: Mapped[int | None] = mapped_column(sa.Integer)
    #: Ids and numbers only, never what somebody wrote.
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    #: Why, in the words of the survey office; nobody else reads it.
    note: Mapped[text | None]
    at: Mapped[datetime_tz] = mapped_column(default=now)
