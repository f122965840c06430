"""How many rows a response has, and of what kind: counts that the database keeps by itself."""

from __future__ import annotations

import sqlalchemy as sa
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import text


class Tally(BaseModel):
    """Counts of the rows of one response; written by the triggers on the table of answers and by nothing else.

    A response without a tally has no rows. `carried` to `gone` are the values of `Change` and add up to `rows`; `open`
    to `incomplete` are the values of `Decision` and add up to the rows that are not `gone`. The triggers run once a
    statement, touch the tallies of the statement's own responses only, and in the order of their ids: whoever writes
    rows holds the lock on their response already, so that nobody waits longer for the tally than for the response.
    """

    __tablename__ = "hokkaido_inventory_tally"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["hokkaido_inventory_response.id"],
            name="fk_hokkaido_inventory_tally_response",
            ondelete="CASCADE",
        ),
    )

    response_id: Mapped[text] = mapped_column(primary_key=True)
    rows: Mapped[int] = mapped_column(sa.Integer)
    carried: Mapped[int] = mapped_column(sa.Integer)
    new: Mapped[int] = mapped_column(sa.Integer)
    changed: Mapped[int] = mapped_column(sa.Integer)
    unchanged: Mapped[int] = mapped_column(sa.Integer)
    gone: Mapped[int] = mapped_column(sa.Integer)
    open: Mapped[int] = mapped_column(sa.Integer)
    method: Mapped[int] = mapped_column(sa.Integer)
    closed: Mapped[int] = mapped_column(sa.Integer)
    unclear: Mapped[int] = mapped_column(sa.Integer)
    incomplete: Mapped[int] = mapped_column(sa.Integer)
