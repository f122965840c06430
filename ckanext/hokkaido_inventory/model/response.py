"""What one unit has answered to one survey, as a whole."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Response(BaseModel):
    """The response of one unit: its state, its version, who submitted and who approved which version."""

    __tablename__ = "hokkaido_inventory_response"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["survey_id"], ["hokkaido_inventory_survey.id"], name="fk_hokkaido_inventory_response_survey"
        ),
        sa.UniqueConstraint("survey_id", "unit_id", name="uq_hokkaido_inventory_response_unit"),
        sa.Index("idx_hokkaido_inventory_response_unit", "unit_id"),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    survey_id: Mapped[text]
    #: Organisation of CKAN that answers.
    unit_id: Mapped[text]
    #: A `ResponseState`.
    state: Mapped[text]
    #: Grows by one with every change of anything below this response.
    version: Mapped[int] = mapped_column(sa.Integer, default=1)
    #: A deadline of this unit's own, later than the survey's.
    extended_until: Mapped[date | None] = mapped_column(sa.Date)
    none_held: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    #: Name of the person who answers for 該当なし.
    none_held_signer: Mapped[text | None]
    #: What the official form says of the unit as a whole: `department`, `person` and the texts of its first worksheet.
    form_header: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    submitted_at: Mapped[datetime_tz | None]
    submitted_by: Mapped[text | None]
    submitted_version: Mapped[int | None] = mapped_column(sa.Integer)
    #: Approval within the unit, where the survey office confirms after it.
    endorsed_at: Mapped[datetime_tz | None]
    endorsed_by: Mapped[text | None]
    endorsed_version: Mapped[int | None] = mapped_column(sa.Integer)
    approved_at: Mapped[datetime_tz | None]
    approved_by: Mapped[text | None]
    approved_version: Mapped[int | None] = mapped_column(sa.Integer)
    created_at: Mapped[datetime_tz] = mapped_column(default=now)
    updated_at: Mapped[datetime_tz] = mapped_column(default=now)
