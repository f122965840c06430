"""What the feed knows of a dataset, kept for ever: its place on the pages, and that it was withdrawn."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, text

__all__ = ["Entry", "State"]


class State(StrEnum):
    """Where a dataset stands in the feed."""

    #: It should be in the feed but has never been written without a fault.
    WAITING = "waiting"
    PUBLISHED = "published"
    #: It was in the feed and is not any more: a tombstone.
    WITHDRAWN = "withdrawn"


class Entry(BaseModel):
    """A dataset that is or was in the feed; without a foreign key, because a tombstone outlives its dataset."""

    __tablename__ = "hokkaido_dcat_entry"
    __table_args__ = (
        sa.UniqueConstraint("sequence", name="uq_hokkaido_dcat_entry_sequence"),
        sa.Index("idx_hokkaido_dcat_entry_state", "state"),
        sa.Index("idx_hokkaido_dcat_entry_dirty", "dataset_id", postgresql_where=sa.text("dirty")),
    )

    dataset_id: Mapped[text] = mapped_column(primary_key=True)
    #: Place on the pages, given once, in the order of commits; a republished dataset gets its old place back.
    sequence: Mapped[int | None] = mapped_column(sa.BigInteger)
    #: A `State`.
    state: Mapped[text]
    published_at: Mapped[datetime_tz | None]
    #: When what the feed says of the dataset last changed.
    changed_at: Mapped[datetime_tz | None]
    withdrawn_at: Mapped[datetime_tz | None]
    #: The fragment does not show the dataset as it is now, because writing it failed.
    dirty: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    error: Mapped[text | None]
    #: Values that were repaired or left out: `{field, fault, value}`.
    problems: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    #: SHA-256 over the hashes of all fragments; none before they were written by a version that keeps it.
    fingerprint: Mapped[text | None]
    #: How well the dataset is described, as `domain.quality.Assessment.as_dict` gives it; none of a tombstone.
    quality: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
