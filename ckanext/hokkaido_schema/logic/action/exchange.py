"""Comparing, storing and taking back descriptions of an organisation's datasets."""

from __future__ import annotations

import hashlib
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import tasks
from ckanext.hokkaido_schema.domain.exchange_state import TO_STORE, ExchangeKind, ExchangeState
from ckanext.hokkaido_schema.domain.hidden import said
from ckanext.hokkaido_schema.logic import bulk_change, describing, exchanging
from ckanext.hokkaido_schema.logic.action.dataset_exchange import content_of, organization_of
from ckanext.hokkaido_schema.model import Exchange, ExchangeItem
from ckanext.hokkaido_schema.service import exchange as exchanges

__all__ = [
    "hokkaido_dataset_bulk_change",
    "hokkaido_exchange_confirm",
    "hokkaido_exchange_create",
    "hokkaido_exchange_drop",
    "hokkaido_exchange_list",
    "hokkaido_exchange_show",
    "hokkaido_exchange_undo",
]

#: More records than this are compared and stored in the background.
LARGE = 50
_LATEST = 20
#: Kind of the task that compares or stores; its payload is `{"exchange"}`, an id.
EXCHANGE_TASK = "schema.exchange"


def hokkaido_exchange_create(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Compare a file of descriptions with the datasets of an organisation; nothing is stored yet.

    :param organization: id or name of the organisation.
    :param upload: the file: its workbook, オープンデータ一覧, or JSON lines of CKAN datasets.
    :returns: as `hokkaido_exchange_show`.
    :raises ValidationError: when the file as a whole is not understood.
    """
    tk.check_access("hokkaido_exchange_create", context, data_dict)
    organization, content = organization_of(data_dict.get("organization")), content_of(data_dict)
    try:
        described = describing.read(content)
    except describing.NotUnderstood as error:
        raise tk.ValidationError({"upload": [str(error)]}) from error
    records = described.records
    if not records:
        raise tk.ValidationError({"upload": [tk._("There is no dataset in the file.")]})
    name = getattr(data_dict.get("upload"), "filename", "") or tk._("File without a name")
    exchange = _new(context, organization, ExchangeKind.FILE, name, content)
    exchange.total = len(records)
    exchange.options = {"hidden": [part.stored() for part in described.hidden]}
    if len(records) > LARGE:
        exchange.content, exchange.state = content, ExchangeState.COMPARING
        _in_background(exchange)
    else:
        exchanging.compare(context, exchange, records, _silent)
    model.Session.commit()
    return _shown(exchange)


def hokkaido_dataset_bulk_change(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Compare what a change of many datasets would do; nothing is stored yet.

    :param organization: id or name of the organisation.
    :param datasets: ids of the datasets.
    :param kind: `license` (with `license_id`), `contact` (with `contact_name`, `contact_email`, `contact_phone`,
        `contact_url`), `tags` (with `add_tags`, `remove_tags`), or `publish`.
    :returns: as `hokkaido_exchange_show`; datasets that may not be published are refused with the reason.
    :raises ValidationError: when nothing was chosen, or the change asks for nothing.
    """
    tk.check_access("hokkaido_dataset_bulk_change", context, data_dict)
    organization = organization_of(data_dict.get("organization"))
    ids = data_dict.get("datasets") or []
    if not isinstance(ids, list) or not ids:
        raise tk.ValidationError({"datasets": [tk._("Tick the datasets that you want to change.")]})
    kind = str(data_dict.get("kind") or "")
    wanted = bulk_change.wanted_change(kind, data_dict)
    title = bulk_change.sentence(kind, wanted)
    exchange = _new(context, organization, ExchangeKind.BULK, title, title.encode())
    plans = bulk_change.plan_changes(context, organization.id, [str(one) for one in ids], wanted)
    exchanging.note_plans(exchange, plans)
    model.Session.commit()
    return _shown(exchange)


@tk.side_effect_free
def hokkaido_exchange_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show an exchange with its items: what each does field by field, repairs and refusals.

    :param id: id of the exchange.
    :returns: the exchange; `hidden` lists rows, columns and sheets that a workbook hides, each with its `message`.
    """
    tk.check_access("hokkaido_exchange_show", context, data_dict)
    return _shown(_found(data_dict))


@tk.side_effect_free
def hokkaido_exchange_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List the datasets of an organisation, drafts among them, and its last exchanges, newest first.

    :param organization: id or name of the organisation.
    :returns: `organization`, `datasets` and `exchanges` (without their items).
    """
    tk.check_access("hokkaido_exchange_list", context, data_dict)
    organization = organization_of(data_dict.get("organization"))
    session = model.Session()
    return {
        "organization": {"id": organization.id, "name": organization.name, "title": organization.title},
        "datasets": exchanges.datasets(session, organization.id),
        "exchanges": [_summary(one) for one in exchanges.latest(session, organization.id, _LATEST)],
    }


def hokkaido_exchange_confirm(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Store what was compared, all in one transaction; asking twice stores once.

    :param id: id of the exchange.
    :raises ValidationError: when there is nothing to store, or it was dropped.
    """
    tk.check_access("hokkaido_exchange_confirm", context, data_dict)
    exchange = _found(data_dict, lock=True)
    if exchange.state in {ExchangeState.STORING, ExchangeState.STORED}:
        model.Session.rollback()
        return _shown(_found(data_dict))
    if exchange.state != ExchangeState.COMPARED:
        raise tk.ValidationError({"state": [tk._("This was dropped or undone. Hand the file in again.")]})
    wanted = sum(exchanges.counts(model.Session(), exchange.id).get(outcome, 0) for outcome in TO_STORE)
    if not wanted:
        raise tk.ValidationError({"state": [tk._("There is nothing to store.")]})
    if wanted > LARGE:
        exchange.state = ExchangeState.STORING
        _in_background(exchange)
        model.Session.commit()
    else:
        exchanging.store(context, exchange, _silent)
    return _shown(exchange)


def hokkaido_exchange_drop(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Drop what was compared and not stored.

    :param id: id of the exchange.
    """
    tk.check_access("hokkaido_exchange_drop", context, data_dict)
    exchange = _found(data_dict, lock=True)
    if exchange.state != ExchangeState.COMPARED:
        raise tk.ValidationError({"state": [tk._("Only what was not stored yet can be dropped.")]})
    exchange.state, exchange.content = ExchangeState.DROPPED, None
    model.Session.commit()
    return _summary(exchange)


def hokkaido_exchange_undo(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Bring back what was before an exchange; what was changed since stays, and is listed.

    :param id: id of the exchange.
    :raises ValidationError: when it was not stored, or undone already.
    """
    tk.check_access("hokkaido_exchange_undo", context, data_dict)
    exchange = _found(data_dict, lock=True)
    if exchange.state != ExchangeState.STORED:
        raise tk.ValidationError({"state": [tk._("Only what was stored can be undone, and only once.")]})
    exchanging.undo(context, exchange)
    return _shown(exchange)


def _new(context: Context, organization: model.Group, kind: ExchangeKind, title: str, content: bytes) -> Exchange:
    user = model.User.get(context.get("user") or "")
    exchange = Exchange(
        kind=kind,
        title=title,
        organization_id=organization.id,
        digest=hashlib.sha256(content).hexdigest(),
        options={},
        state=ExchangeState.COMPARED,
        done=0,
        total=0,
        created_by=user.id if user else None,
    )
    model.Session.add(exchange)
    model.Session.flush()
    return exchange


def _in_background(exchange: Exchange) -> None:
    payload = {"exchange": exchange.id}
    owner = exchange.created_by
    exchange.task_id = tasks.start(
        model.Session(), EXCHANGE_TASK, payload, owner_id=owner, title=tk._("Descriptions of datasets")
    )


def _silent(_done: int, _total: int) -> None:
    """Tell nobody: it is done before anybody could look."""


def _found(data_dict: DataDict, *, lock: bool = False) -> Exchange:
    found = exchanges.find(model.Session(), str(data_dict.get("id") or ""), lock=lock)
    if found is None:
        raise tk.ObjectNotFound(tk._("This upload was not found. It may have been dropped."))
    return found


def _summary(exchange: Exchange) -> dict[str, Any]:
    return {
        "id": exchange.id,
        "kind": exchange.kind,
        "title": exchange.title,
        "organization_id": exchange.organization_id,
        "state": exchange.state,
        "done": exchange.done,
        "total": exchange.total,
        "task": exchange.task_id,
        "created_at": exchange.created_at.isoformat(),
        "finished_at": exchange.finished_at.isoformat() if exchange.finished_at else None,
        "undone": exchange.options.get("undone", 0),
        "kept": exchange.options.get("kept", []),
    }


def _shown(exchange: Exchange) -> dict[str, Any]:
    session = model.Session()
    items = exchanges.items(session, exchange.id)
    return _summary(exchange) | {
        "counts": exchanges.counts(session, exchange.id),
        "hidden": [said(part, tk._) for part in exchange.options.get("hidden", [])],
        "items": [_item(one) for one in items],
    }


def _item(item: ExchangeItem) -> dict[str, Any]:
    names = ("number", "line", "name", "title", "outcome", "changes", "repairs", "refusals", "dataset_id")
    return {name: getattr(item, name) for name in names} | {"stored": item.stored_at is not None}
