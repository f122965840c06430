"""A round of the inventory survey (棚卸し調査)."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Survey(BaseModel):
    """One round: what is asked, until when, and how far it has come."""

    __tablename__ = "hokkaido_inventory_survey"
    __table_args__ = (
        sa.Index("idx_hokkaido_inventory_survey_year", "fiscal_year"),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["hokkaido_inventory_survey.id"], name="fk_hokkaido_inventory_survey_previous"
        ),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    title: Mapped[text]
    fiscal_year: Mapped[int] = mapped_column(sa.Integer)
    instructions: Mapped[text] = mapped_column(default="")
    #: Last day on which a unit may answer, inclusive, in Japan.
    deadline: Mapped[date] = mapped_column(sa.Date)
    #: A `SurveyState`.
    state: Mapped[text]
    version: Mapped[int] = mapped_column(sa.Integer, default=1)
    created_at: Mapped[datetime_tz] = mapped_column(default=now)
    created_by: Mapped[text | None]
    #: A `QuestionSet`: how much is asked.
    question_set: Mapped[text] = mapped_column(default="standard")
    #: Day on which the clock opens a draft by itself.
    opens_on: Mapped[date | None] = mapped_column(sa.Date)
    #: A round for practice: it is never published.
    training: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    #: Whether the survey office confirms what a unit's approver has approved.
    second_stage: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    #: The round that this one was rolled over from.
    previous_id: Mapped[text | None]
    opened_at: Mapped[datetime_tz | None]
    closed_at: Mapped[datetime_tz | None]
    published_at: Mapped[datetime_tz | None]
