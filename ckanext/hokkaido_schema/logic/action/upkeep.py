"""What is to be done on datasets: overdue, broken, moved, left alone."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.domain.japan_time import JAPAN
from ckanext.hokkaido_core.shared import now, session_of
from ckanext.hokkaido_schema.domain.upkeep import Item, Kind, sorted_items
from ckanext.hokkaido_schema.logic.looking_after import looked_after
from ckanext.hokkaido_schema.service.tree import organization_tree
from ckanext.hokkaido_schema.service.upkeep import items_of

__all__ = ["hokkaido_upkeep_list"]

#: The most that one call returns; a page shows what is worst first.
MOST = 1000


@tk.side_effect_free
def hokkaido_upkeep_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List what is to be done on the datasets that the caller looks after.

    :param organization: id or name: only this organisation and those below it (optional)
    :param kind: only `stale`, `broken`, `moved` or `draft` (optional)
    :param sort: `days`, `title`, `kind` or `organization`, turned by a minus before it (optional, the longest first)
    :param limit: how many at most (optional, 1000)
    :returns: `{total, counts: {kind: number}, organizations: [{id, name, title}], items: [{kind, dataset: {id, name,
        title, type, private}, organization: {id, name, title}, days, since, detail}]}`
    """
    tk.check_access("hokkaido_upkeep_list", context, data_dict)
    session = session_of(context)
    tree = organization_tree(session)
    own = looked_after(context)
    wanted = own
    if name := data_dict.get("organization"):
        unit = tree.find(name)
        below = {one.id for one in (unit, *tree.descendants(unit.id))} if unit else set()
        wanted = below if own is None else below & own
        if not wanted:
            raise tk.ObjectNotFound(tk._("There is no organisation “{name}” that you look after.").format(name=name))
    items = items_of(session, wanted, now().astimezone(JAPAN).date())
    counts = {kind.value: sum(item.kind is kind for item in items) for kind in Kind}
    kind = data_dict.get("kind")
    found = sorted_items((item for item in items if kind in (None, "", item.kind)), str(data_dict.get("sort") or ""))
    return {
        "total": len(found),
        "counts": counts,
        "organizations": [
            {"id": unit.id, "name": unit.name, "title": unit.title, "depth": depth}
            for unit, depth in tree.listed()
            if own is None or unit.id in own
        ],
        "items": [_item_dict(item, tree.units) for item in found[: _limit(data_dict)]],
    }


def _limit(data_dict: DataDict) -> int:
    try:
        return max(0, min(int(data_dict.get("limit", MOST)), MOST))
    except (TypeError, ValueError) as error:
        raise tk.ValidationError({"limit": [tk._("Write a whole number.")]}) from error


def _item_dict(item: Item, units: Any) -> dict[str, Any]:
    unit = units.get(item.organization_id)
    return {
        "kind": item.kind.value,
        "dataset": {
            "id": item.dataset_id,
            "name": item.name,
            "title": item.title,
            "type": item.type,
            "private": item.private,
        },
        "organization": {"id": unit.id, "name": unit.name, "title": unit.title} if unit else None,
        "days": item.days,
        "since": item.since.isoformat(),
        "detail": item.detail,
    }
