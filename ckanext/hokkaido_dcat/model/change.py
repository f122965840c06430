"""What happened in the feed, in the order in which it was committed; rows are only ever added.

Two things are taken away: what was said of a dataset, when that is withdrawn or its files are not for everybody any
more, and what spoke of a series that is not public any more.
"""

from __future__ import annotations

from enum import StrEnum

import sqlalchemy as sa
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, text

__all__ = ["Change", "Kind"]


class Kind(StrEnum):
    """What happened."""

    #: A dataset came into the feed, or came back.
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    #: What the feed says of the catalogue itself changed.
    CATALOG = "catalog"


class Change(BaseModel):
    """One change of the feed, and how the feed stood after it.

    Positions are given under a lock that is held until the transaction ends, so that no reader ever sees a position
    appear below one that it has seen. The newest row tells whether anything changed, and the totals, without counting.
    """

    __tablename__ = "hokkaido_dcat_change"
    __table_args__ = (
        sa.Index("idx_hokkaido_dcat_change_at", "at"),
        sa.Index("idx_hokkaido_dcat_change_dataset", "dataset_id", "position"),
    )

    position: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    #: A `Kind`.
    kind: Mapped[text]
    dataset_id: Mapped[text | None]
    #: Never earlier than that of the position before.
    at: Mapped[datetime_tz]
    #: What DCAT-AP 3 said of the dataset from then on, as the Turtle fragment; none for a deletion, nor for what
    #: has been taken away.
    body: Mapped[text | None]
    #: Datasets in the feed.
    total: Mapped[int] = mapped_column(sa.Integer)
    #: The highest sequence ever given.
    highest: Mapped[int] = mapped_column(sa.BigInteger)
    #: When a dataset last came or went.
    members_at: Mapped[datetime_tz | None]
    #: When the first dataset came.
    first_at: Mapped[datetime_tz | None]
