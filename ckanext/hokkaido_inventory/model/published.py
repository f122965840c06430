"""The public copy of the inventory: the only table that public pages, files and search read."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Published(BaseModel):
    """One holding as it was approved and published; its columns are the whole of what leaves the survey."""

    __tablename__ = "hokkaido_inventory_published"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["survey_id"], ["hokkaido_inventory_survey.id"], name="fk_hokkaido_inventory_published_survey"
        ),
        sa.ForeignKeyConstraint(
            ["holding_id"], ["hokkaido_inventory_holding.id"], name="fk_hokkaido_inventory_published_holding"
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by"], ["hokkaido_inventory_survey.id"], name="fk_hokkaido_inventory_published_superseded"
        ),
        sa.UniqueConstraint("survey_id", "holding_id", name="uq_hokkaido_inventory_published_holding"),
        sa.Index(
            "idx_hokkaido_inventory_published_current",
            "holding_id",
            unique=True,
            postgresql_where=sa.text("superseded_by IS NULL"),
        ),
        sa.Index(
            "idx_hokkaido_inventory_published_unit",
            "unit_id",
            "number",
            postgresql_where=sa.text("superseded_by IS NULL"),
        ),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    survey_id: Mapped[text]
    holding_id: Mapped[text]
    unit_id: Mapped[text]
    number: Mapped[int] = mapped_column(sa.Integer)
    title: Mapped[text]
    description: Mapped[text]
    #: A `Decision`, computed when the copy was made.
    decision: Mapped[text]
    #: Code of the vocabulary of reasons.
    reason: Mapped[text | None]
    format: Mapped[text | None]
    update_frequency: Mapped[text | None]
    #: Code of the vocabulary of themes.
    theme: Mapped[text | None]
    #: Law or clause that bars the data from being opened.
    law: Mapped[text | None]
    #: When the decision is looked at again.
    review_on: Mapped[date | None] = mapped_column(sa.Date)
    #: Code of the step that stands between the data and its opening.
    blocking_step: Mapped[text | None]
    machine_readability: Mapped[text | None]
    record_count: Mapped[int | None] = mapped_column(sa.BigInteger)
    #: How many of the five criteria of suitability apply (GIF 465-3, sheet 4, J); blank when they are not judged.
    priority: Mapped[int | None] = mapped_column(sa.Integer)
    #: A `Listing`: for all, for staff only, or withheld (then title and description are blank here).
    listing: Mapped[text] = mapped_column(default="public")
    #: Title and description, normalised for matching.
    search_text: Mapped[text]
    published_at: Mapped[datetime_tz] = mapped_column(default=now)
    #: The later survey whose publication replaced this copy.
    superseded_by: Mapped[text | None]
