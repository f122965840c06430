"""What people compare before it is stored: an uploaded file, or one change of many datasets; stored at once, undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_schema.domain.exchange_state import TO_STORE, ExchangeState, Outcome
from ckanext.hokkaido_schema.domain.record import Record
from ckanext.hokkaido_schema.logic.bulk_saving import Batch
from ckanext.hokkaido_schema.logic.planning import Plan, Planner, message_of
from ckanext.hokkaido_schema.logic.taking import Progress, item_of
from ckanext.hokkaido_schema.model import Exchange, ExchangeItem
from ckanext.hokkaido_schema.service import exchange as exchanges

__all__ = ["compare", "note_plans", "store", "undo"]


def compare(context: Context, exchange: Exchange, records: Sequence[Record], progress: Progress) -> None:
    """Note what the records of a file would do; nothing else is written. The caller commits."""
    organization = model.Group.get(exchange.organization_id)
    planner = Planner(context, Batch(context), organization, public=False)
    planner.look_up(records)
    plans: list[Plan] = []
    for number, record in enumerate(records, 1):
        plan = planner.plan(record, clears="version" in record.source)
        if _stale(plan):
            plan.outcome = Outcome.CONFLICT
        plans.append(plan)
        progress(number, len(records))
    note_plans(exchange, plans)


def _stale(plan: Plan) -> bool:
    """Tell whether somebody changed the dataset after the file was downloaded."""
    version = plan.record.source.get("version")
    return bool(version) and plan.outcome is Outcome.UPDATED and _moment(plan.package) != version


def _moment(package: model.Package | None) -> str:
    return package.metadata_modified.isoformat() if package is not None else ""


def note_plans(exchange: Exchange, plans: Sequence[Plan]) -> None:
    """Write the plans of an exchange down."""
    session = model.Session()
    for number, plan in enumerate(plans, 1):
        if plan.record.refused:
            plan.outcome = Outcome.REFUSED
        row = item_of(plan, exchange.id, number)
        row.changes = plan.changes
        session.add(row)
    exchange.state, exchange.total, exchange.content = ExchangeState.COMPARED, len(plans), None


def store(context: Context, exchange: Exchange, progress: Progress) -> None:
    """Store what was compared, in one transaction: what was changed since is left alone and noted as a conflict."""
    batch = Batch(context)
    written: list[tuple[ExchangeItem, Any]] = []
    found = exchanges.items(model.Session(), exchange.id)
    for number, item in enumerate(found, 1):
        if item.outcome in TO_STORE and (saved := _store_one(batch, exchange, item)) is not None:
            written.append((item, saved))
        progress(number, len(found) + 1)
    model.Session.flush()
    for item, saved in written:
        item.dataset_id, item.name = saved.package.id, saved.package.name
        item.stored_at, item.wanted = _moment(saved.package), None
    exchange.done, exchange.state, exchange.finished_at = len(written), ExchangeState.STORED, now()
    batch.commit()
    progress(len(found) + 1, len(found) + 1)


def _store_one(batch: Batch, exchange: Exchange, item: ExchangeItem) -> Any:
    package = _locked(item.dataset_id) if item.dataset_id else None
    if item.dataset_id and not _is_untouched(exchange, item, package, item.seen_at):
        item.outcome = Outcome.CONFLICT
        return None
    checked = batch.check(dict(item.wanted or {}), package)
    if checked.errors:
        _refuse(item, checked.errors)
        return None
    return batch.add(checked.data, package)


def _is_untouched(exchange: Exchange, item: ExchangeItem, package: model.Package | None, moment: str | None) -> bool:
    """Tell whether nobody has changed, deleted or moved a dataset since; CKAN notes no moment of the last two."""
    if package is None or package.state == "deleted" or _moment(package) != moment:
        return False
    home = exchange.organization_id or (item.before or {}).get("owner_org")
    return home in {None, package.owner_org}


def _locked(package_id: str) -> model.Package | None:
    query = model.Session.query(model.Package).filter_by(id=package_id)
    return query.populate_existing().with_for_update().one_or_none()


def _refuse(item: ExchangeItem, errors: dict[str, Any]) -> None:
    refusals = [
        {"field": field, "code": "type", "before": "", "after": "", "message": message_of(told)}
        for field, told in errors.items()
    ]
    item.outcome, item.refusals = Outcome.REFUSED, [*item.refusals, *refusals]


def undo(context: Context, exchange: Exchange) -> dict[str, int]:
    """Bring back what was before, except for what was changed since; the caller has checked that it may be undone."""
    batch = Batch(context)
    back, kept = [], []
    for item in exchanges.items(model.Session(), exchange.id):
        if not item.stored_at or not item.dataset_id:
            continue
        package = _locked(item.dataset_id)
        untouched = _is_untouched(exchange, item, package, item.stored_at)
        if package is None or not untouched or not _take_back(context, batch, item, package):
            kept.append(item.title or item.name)
        else:
            back.append(item.title or item.name)
    exchange.state, exchange.finished_at = ExchangeState.UNDONE, now()
    exchange.options = {**exchange.options, "undone": len(back), "kept": kept}
    batch.commit()
    return {"undone": len(back), "kept": len(kept)}


def _take_back(context: Context, batch: Batch, item: ExchangeItem, package: model.Package) -> bool:
    if item.before is None:
        return _delete(context, batch, package)
    wanted = {key: value for key, value in item.before.items() if key != "metadata_modified"}
    checked = batch.check(wanted, package)
    if checked.errors:
        return False
    batch.add(checked.data, package)
    return True


def _delete(context: Context, batch: Batch, package: model.Package) -> bool:
    """Delete a dataset that the exchange made, as `package_delete` does."""
    asking = Context(user=context.get("user", ""), ignore_auth=context.get("ignore_auth", False))
    try:
        tk.check_access("package_delete", asking, {"id": package.id})
    except tk.NotAuthorized:
        return False
    show = Context(user="", ignore_auth=True, use_cache=False)
    checked = batch.check(tk.get_action("package_show")(show, {"id": package.id}), package)
    if checked.errors:
        return False
    batch.add(checked.data, package)
    package.state = "deleted"
    return True
