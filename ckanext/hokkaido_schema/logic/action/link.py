"""Links of a dataset: what was found at them, looking now, taking over a new address."""

from __future__ import annotations

import json
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import session_of, tasks, unit_of_work
from ckanext.hokkaido_schema.domain.link_state import LinkState
from ckanext.hokkaido_schema.jobs.link import CHECK
from ckanext.hokkaido_schema.model import Link
from ckanext.hokkaido_schema.service import link as links

__all__ = ["hokkaido_link_check", "hokkaido_link_list", "hokkaido_link_update"]


@tk.side_effect_free
def hokkaido_link_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """List the links of a dataset with what was found at them, those that need somebody first.

    :param dataset: id or name of the dataset
    :param state: only links in this state: `unchecked`, `ok`, `moved`, `broken` or `unreachable` (optional)
    :returns: `[{id, dataset, resource, field, url, upload, state, status, fault, moved_to, failed_since, failed_days,
        checked_at}]`
    """
    dataset = _dataset(data_dict)
    tk.check_access("hokkaido_link_list", context, {"dataset": dataset.id})
    state = data_dict.get("state")
    if state and state not in set(LinkState):
        raise tk.ValidationError({"state": [tk._("Unknown state. Choose one of: {states}").format(states=_states())]})
    found = links.of_datasets(session_of(context), [dataset.id], [LinkState(state)] if state else [])
    return [_link_dict(link) for link in found]


def hokkaido_link_check(context: Context, data_dict: DataDict) -> dict[str, str]:
    """Look at all links of a dataset now, in the background.

    :param dataset: id or name of the dataset
    :returns: `{task}`, whose result is `{links}`
    """
    dataset = _dataset(data_dict)
    tk.check_access("hokkaido_link_check", context, {"dataset": dataset.id})
    user = model.User.get(context.get("user"))
    with unit_of_work(context) as session:
        title = tk._("Looking at the links of “{title}”").format(title=dataset.title or dataset.name)
        task = tasks.start(session, CHECK, {"package": dataset.id}, owner_id=user.id if user else None, title=title)
    return {"task": task}


def hokkaido_link_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Write the new address of a link that has moved for good where the old one stands.

    :param id: id of the link
    :returns: the link, as `hokkaido_link_list` has it
    :raises ValidationError: when the link has not moved, or no longer stands in the dataset.
    """
    tk.check_access("hokkaido_link_update", context, data_dict)
    session = session_of(context)
    link_id = str(data_dict.get("id") or "")
    link = links.find(session, link_id)
    if link is None:
        raise tk.ObjectNotFound(tk._("The link was not found."))
    if link.state != LinkState.MOVED or not link.moved_to:
        raise tk.ValidationError({"id": [tk._("This link has not moved. Have the links looked at once more.")]})
    dataset_id, resource_id, field, old, new = link.package_id, link.resource_id, link.field, link.url, link.moved_to
    with unit_of_work(context):
        links.collect(session, [dataset_id])
    if links.find(session, link_id) is None:
        # Somebody has written another address since the links were found; it must not be overwritten.
        raise tk.ValidationError({"id": [tk._("This link is no longer in the dataset. Look at its links once more.")]})
    asking: Context = {"user": context.get("user", ""), "ignore_auth": context.get("ignore_auth", False)}
    kind = "resource" if resource_id else "package"
    shown = tk.get_action(f"{kind}_show")(dict(asking), {"id": resource_id or dataset_id})
    value = [new if one == old else one for one in _listed(shown.get(field))] if field == "documentation" else new
    tk.get_action(f"{kind}_patch")(dict(asking), {"id": shown["id"], field: value})
    with unit_of_work(context):
        links.collect(session, [dataset_id])
    place = (resource_id, field, new)
    return next(
        _link_dict(one)
        for one in links.of_datasets(session, [dataset_id])
        if (one.resource_id, one.field, one.url) == place
    )


def _listed(value: Any) -> list[Any]:
    return json.loads(value) if isinstance(value, str) else list(value or [])


def _dataset(data_dict: DataDict) -> model.Package:
    dataset = model.Package.get(str(data_dict.get("dataset") or ""))
    if dataset is None:
        raise tk.ObjectNotFound(tk._("The dataset was not found."))
    return dataset


def _states() -> str:
    return ", ".join(LinkState)


def _link_dict(link: Link) -> dict[str, Any]:
    return {
        "id": link.id,
        "dataset": link.package_id,
        "resource": link.resource_id or None,
        "field": link.field,
        "url": link.url,
        "upload": not link.host,
        "state": link.state,
        "status": link.status,
        "fault": link.fault,
        "moved_to": link.moved_to,
        "failed_since": link.failed_since.isoformat() if link.failed_since else None,
        "failed_days": link.failed_days,
        "checked_at": link.checked_at.isoformat() if link.checked_at else None,
    }
