"""Descriptions that come in together: a file or a change of many datasets, compared, stored, and perhaps undone."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text

__all__ = ["Exchange", "ExchangeItem"]


class Exchange(BaseModel):
    """One file, or one change of many datasets, and how far it has come."""

    __tablename__ = "hokkaido_schema_exchange"
    __table_args__ = (
        sa.Index("idx_hokkaido_schema_exchange_organization", "organization_id", "created_at"),
        sa.Index("idx_hokkaido_schema_exchange_digest", "digest"),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    #: An `ExchangeKind`.
    kind: Mapped[text]
    #: Name of the file, or what the change is, in the language of whoever asked for it.
    title: Mapped[text]
    #: The organisation whose datasets these are; nothing where the file names one for each.
    organization_id: Mapped[text | None]
    #: SHA-256 of the file and of how it was asked to be taken in, in hexadecimal digits.
    digest: Mapped[text]
    options: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    #: The file until it has been compared.
    content: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    #: An `ExchangeState`.
    state: Mapped[text]
    #: So many records of so many are stored.
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    task_id: Mapped[text | None]
    created_at: Mapped[datetime_tz] = mapped_column(default=now)
    created_by: Mapped[text | None]
    finished_at: Mapped[datetime_tz | None]


class ExchangeItem(BaseModel):
    """What an exchange says of one dataset, and what became of that."""

    __tablename__ = "hokkaido_schema_exchange_item"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["exchange_id"],
            ["hokkaido_schema_exchange.id"],
            name="fk_hokkaido_schema_exchange_item_exchange",
            ondelete="CASCADE",
        ),
    )

    exchange_id: Mapped[text] = mapped_column(primary_key=True)
    #: Its place in the exchange, from 1.
    number: Mapped[int] = mapped_column(primary_key=True)
    #: Number of its first line in the file.
    line: Mapped[int]
    dataset_id: Mapped[text | None]
    name: Mapped[text]
    title: Mapped[text]
    #: An `Outcome`.
    outcome: Mapped[text]
    #: What to write: the whole dataset as the actions take it; taken away once it is stored.
    wanted: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    #: The dataset as it was before, for taking the change back.
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    #: Field by field: `{"field", "before", "after"}`.
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    repairs: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    refusals: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    #: `metadata_modified` of the dataset when it was compared, and once it was stored.
    seen_at: Mapped[text | None]
    stored_at: Mapped[text | None]
