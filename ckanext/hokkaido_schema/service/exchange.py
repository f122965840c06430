"""Rows of exchanges of descriptions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session, defer

from ckanext.hokkaido_schema.domain.exchange_state import ExchangeState
from ckanext.hokkaido_schema.model import Exchange, ExchangeItem

__all__ = ["counts", "datasets", "drop_older", "find", "items", "latest", "unfinished"]


def find(session: Session, exchange_id: str, *, lock: bool = False) -> Exchange | None:
    """Return an exchange, locked for whoever is about to change its state."""
    statement = sa.select(Exchange).where(Exchange.id == exchange_id).execution_options(populate_existing=True)
    return session.execute(statement.with_for_update() if lock else statement).scalar_one_or_none()


def unfinished(session: Session, digest: str) -> Exchange | None:
    """Return the exchange of a file that was being stored when something stopped it."""
    statement = (
        sa.select(Exchange)
        .where(Exchange.digest == digest, Exchange.state == ExchangeState.STORING)
        .order_by(Exchange.created_at.desc())
        .limit(1)
    )
    return session.execute(statement.with_for_update()).scalar_one_or_none()


def latest(session: Session, organization_id: str, limit: int) -> list[Exchange]:
    """Return the last exchanges of an organisation, without their files."""
    statement = (
        sa.select(Exchange)
        .where(Exchange.organization_id == organization_id, Exchange.state != ExchangeState.DROPPED)
        .order_by(Exchange.created_at.desc())
        .limit(limit)
        .options(defer(Exchange.content))
    )
    return list(session.execute(statement).scalars())


def items(session: Session, exchange_id: str, *, after: int = 0, limit: int | None = None) -> list[ExchangeItem]:
    """Return the items of an exchange in their order."""
    statement = (
        sa.select(ExchangeItem)
        .where(ExchangeItem.exchange_id == exchange_id, ExchangeItem.number > after)
        .order_by(ExchangeItem.number)
    )
    return list(session.execute(statement.limit(limit) if limit else statement).scalars())


def counts(session: Session, exchange_id: str) -> dict[str, int]:
    """Return how many items have which outcome."""
    statement = (
        sa.select(ExchangeItem.outcome, sa.func.count())
        .where(ExchangeItem.exchange_id == exchange_id)
        .group_by(ExchangeItem.outcome)
    )
    return {outcome: int(count) for outcome, count in session.execute(statement)}


def datasets(session: Session, organization_id: str) -> list[dict[str, Any]]:
    """Return what a list of an organisation's datasets needs, drafts among them, in the order of their titles."""
    columns = ("id", "name", "title", "state", "private", "license_id", "metadata_modified")
    table = model.package_table
    statement = sa.select(*(table.c[name] for name in columns)).where(
        table.c.owner_org == organization_id, table.c.state.in_(("active", "draft")), table.c.type == "dataset"
    )
    rows = session.execute(statement.order_by(table.c.title, table.c.name)).mappings()
    return [{**row, "metadata_modified": row["metadata_modified"].isoformat()} for row in rows]


def drop_older(session: Session, before: datetime) -> int:
    """Delete what was compared and never confirmed, and return how many that were."""
    waiting = (ExchangeState.COMPARING, ExchangeState.COMPARED, ExchangeState.DROPPED)
    statement = sa.delete(Exchange).where(Exchange.created_at < before, Exchange.state.in_(waiting))
    return session.execute(statement).rowcount
