"""Taking descriptions in: planned and saved batch by batch, each batch in a transaction with the note of it."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context
from sqlalchemy.exc import IntegrityError

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_schema.domain.exchange_state import TO_STORE, ExchangeState, Outcome
from ckanext.hokkaido_schema.domain.record import REFUSED, REPAIRS, Record
from ckanext.hokkaido_schema.logic.bulk_saving import Batch
from ckanext.hokkaido_schema.logic.planning import Plan, Planner
from ckanext.hokkaido_schema.model import Exchange, ExchangeItem
from ckanext.hokkaido_schema.service import exchange as exchanges
from ckanext.hokkaido_schema.solr_batch import reindex

__all__ = ["BATCH", "Progress", "item_of", "report", "take"]

#: Datasets that are saved in one transaction.
BATCH = 200

#: Told how many of how many records are done.
Progress = Callable[[int, int], None]


def take(
    context: Context,
    records: Sequence[Record],
    organization: model.Group | None,
    exchange: Exchange | None,
    progress: Progress,
    *,
    public: bool,
) -> list[dict[str, Any]]:
    """Take records in and return the report of each.

    :param exchange: where it is noted what is stored; without one nothing is stored (dry run).
    """
    names: set[str] = set()
    reports = _resumed(exchange, names)
    with _seldom_collecting():
        for start in range(len(reports), len(records), BATCH):
            part = records[start : start + BATCH]
            reports += _batch(context, part, organization, exchange, start, names, public=public)
            progress(start + len(part), len(records))
    if exchange is not None:
        exchange.state, exchange.finished_at = ExchangeState.STORED, now()
        model.Session.commit()
    return reports


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Have Python look for garbage in circles less often: thousands of rows live at once, and each look takes them all.

    A seventh of the time of an import went there.
    """
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _resumed(exchange: Exchange | None, names: set[str]) -> list[dict[str, Any]]:
    """Return the reports of what a run before has stored, with its last batch made searchable."""
    if exchange is None or not exchange.done:
        return []
    stored = exchanges.items(model.Session(), exchange.id)
    names |= {one.dataset_id for one in stored if one.dataset_id}
    reindex([one.dataset_id for one in stored[-BATCH:] if one.stored_at and one.dataset_id])
    return [_stored_report(one) for one in stored]


def _batch(
    context: Context,
    records: Sequence[Record],
    organization: model.Group | None,
    exchange: Exchange | None,
    start: int,
    names: set[str],
    *,
    public: bool,
) -> list[dict[str, Any]]:
    exchange_id = exchange.id if exchange is not None else None
    # Planning writes on the records, and they may have to be planned once more.
    kept = pickle.dumps(records)
    try:
        return _attempt(context, records, organization, exchange, start, names, public=public)
    except IntegrityError:
        # Somebody took a name between the check and the commit: the records go one by one, and that one gets another.
        model.Session.rollback()
        if len(records) == 1:
            raise
        found: list[dict[str, Any]] = []
        for number, record in enumerate(pickle.loads(kept)):  # noqa: S301 - our own, of a moment ago.
            again = exchanges.find(model.Session(), exchange_id) if exchange_id else None
            found += _batch(context, [record], organization, again, start + number, names, public=public)
        return found


def _attempt(
    context: Context,
    records: Sequence[Record],
    organization: model.Group | None,
    exchange: Exchange | None,
    start: int,
    names: set[str],
    *,
    public: bool,
) -> list[dict[str, Any]]:
    batch = Batch(context)
    planner = Planner(context, batch, organization, names, public=public)
    planner.look_up(records)
    plans = [planner.plan(record) for record in records]
    if exchange is None:
        found = [report(plan) for plan in plans]
        model.Session.rollback()
        names |= planner.names
        return found
    rows = list(_saved(batch, plans, exchange, start))
    exchange.done = start + len(records)
    batch.commit()
    names |= planner.names
    return [_stored_report(row) for row in rows]


def _saved(batch: Batch, plans: Sequence[Plan], exchange: Exchange, start: int) -> Iterator[ExchangeItem]:
    items = []
    for number, plan in enumerate(plans, start + 1):
        saved = batch.add(plan.data, plan.package) if plan.outcome in TO_STORE else None
        row = item_of(plan, exchange.id, number)
        items.append((row, saved))
    model.Session.flush()
    for row, saved in items:
        if saved is not None:
            row.dataset_id, row.stored_at = saved.package.id, saved.package.metadata_modified.isoformat()
            row.wanted = None
        model.Session.add(row)
        yield row


def item_of(plan: Plan, exchange_id: str, number: int) -> ExchangeItem:
    """Return the row that notes a plan."""
    told = report(plan)
    return ExchangeItem(
        exchange_id=exchange_id,
        number=number,
        line=plan.record.line,
        dataset_id=plan.package.id if plan.package else None,
        name=plan.name,
        title=str(plan.wanted.get("title") or (plan.package.title if plan.package else "") or _title(plan)),
        outcome=plan.outcome.value,
        wanted=plan.wanted or None,
        before=plan.before,
        changes=plan.changes if plan.package is not None else [],
        repairs=told["repairs"],
        refusals=told["refusals"],
        seen_at=plan.package.metadata_modified.isoformat() if plan.package else None,
    )


def _title(plan: Plan) -> str:
    return str(plan.record.dataset.get("title") or "")


def report(plan: Plan) -> dict[str, Any]:
    """Return what a record does, for people and programs: `line, name, outcome, repairs[], refusals[]`."""
    record = plan.record
    return {
        "line": record.line,
        "name": plan.name,
        "title": str(plan.wanted.get("title") or _title(plan)),
        "outcome": (Outcome.REFUSED if record.refused else plan.outcome).value,
        "repairs": [note.said(_REPAIRED, tk._) for note in record.repairs],
        "refusals": [note.said(REFUSED, tk._) for note in record.refusals],
    }


def _stored_report(row: ExchangeItem) -> dict[str, Any]:
    return {
        "line": row.line,
        "name": row.name,
        "title": row.title,
        "outcome": row.outcome,
        "repairs": row.repairs,
        "refusals": row.refusals,
    }


class _Repaired(dict[str, str]):
    """Sentences of repairs; what a validator mended without a sentence of ours is said in general."""

    def __missing__(self, code: str) -> str:
        return REPAIRS["date"] if code == "date" else REPAIRS["code"]


_REPAIRED = _Repaired(REPAIRS)
