"""Requests that were carried out already: the same one again makes no second row (CC-03)."""

from __future__ import annotations

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Receipt(BaseModel):
    """The key a program gave to one bulk request on a response, and the rows that came of it."""

    __tablename__ = "hokkaido_inventory_receipt"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["response_id"], ["hokkaido_inventory_response.id"], name="fk_hokkaido_inventory_receipt_response"
        ),
        sa.UniqueConstraint("response_id", "key", name="uq_hokkaido_inventory_receipt_key"),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    response_id: Mapped[text]
    key: Mapped[text]
    #: SHA-256 of what was asked, so that a key used for something else is noticed.
    digest: Mapped[text]
    #: Ids of the rows, in the order of the request.
    answers: Mapped[list[str]] = mapped_column(JSONB, default=list)
    at: Mapped[datetime_tz] = mapped_column(default=now)
