"""Rows of a survey that look alike, as the last search found them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Similar(BaseModel):
    """The result of one search over a survey; the next search replaces it."""

    __tablename__ = "hokkaido_inventory_similar"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["survey_id"], ["hokkaido_inventory_survey.id"], name="fk_hokkaido_inventory_similar_survey"
        ),
    )

    survey_id: Mapped[text] = mapped_column(primary_key=True)
    #: `{score, signs, answers: [ids], rows, units}` of each group: ids, codes and numbers only.
    groups: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    #: How many rows were compared.
    rows: Mapped[int] = mapped_column(sa.Integer, default=0)
    found_at: Mapped[datetime_tz] = mapped_column(default=now)
