"""Actions on the published inventory as a whole: how rounds differ, and its index."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import session_of
from ckanext.hokkaido_inventory.config import index_url
from ckanext.hokkaido_inventory.domain.difference import Kind
from ckanext.hokkaido_inventory.logic.dictize.difference import item_dict, round_dict
from ckanext.hokkaido_inventory.logic.dictize.holding import facet_dicts
from ckanext.hokkaido_inventory.logic.refusal import name_of
from ckanext.hokkaido_inventory.logic.schema import holding as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.service import inventory_upkeep
from ckanext.hokkaido_inventory.service.difference import Comparison, Round, rounds
from ckanext.hokkaido_inventory.service.unit import ids_below, tree

__all__ = ["hokkaido_inventory_difference", "hokkaido_inventory_reindex"]


@tk.side_effect_free
@validate_action_data(schema.inventory_difference)
def hokkaido_inventory_difference(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Compare two published rounds: what was added, has gone, was reclassified, changed, or is newly open.

    :param from, to: ids of published rounds; the last two unless told (optional)
    :param unit: id or name of an organisation; the units below it count too (optional)
    :param kind: `added`, `gone`, `reclassified`, `changed` or `opened` (optional)
    :param start, rows: part of the list, 20 rows unless told (optional)
    :returns: `rounds` that can be compared, `from`, `to`, `counts` by kind, `unit` (counts by unit) and
        `results`; both rounds and the results
        are empty while fewer than two rounds are published
    :raises ObjectNotFound: when a round is not published
    """
    tk.check_access("hokkaido_inventory_difference", context, data_dict)
    session = session_of(context)
    known = rounds(session)
    later = _chosen(known, data_dict.get("to"), 0)
    earlier = _chosen(known, data_dict.get("from"), known.index(later) + 1 if later else 1)
    shown: dict[str, Any] = {
        "rounds": [round_dict(one) for one in known],
        "from": round_dict(earlier) if earlier else None,
        "to": round_dict(later) if later else None,
        "counts": [],
        "unit": [],
        "results": [],
    }
    if earlier is None or later is None:
        return shown
    places = tree(session)
    units = ids_below(places, data_dict["unit"]) if data_dict.get("unit") else None
    comparison = Comparison(earlier.id, later.id, units)
    kind = Kind(data_dict["kind"]) if data_dict.get("kind") else None
    items = comparison.items(session, kind, start=data_dict["start"], rows=data_dict["rows"])
    return shown | {
        "counts": [
            {"value": one.value, "label": name_of(one.wording), "count": count}
            for one, count in comparison.count(session).items()
        ],
        "unit": facet_dicts({"unit": comparison.count_by_unit(session, kind)}, places)["unit"],
        "results": [item_dict(item) for item in items],
    }


@validate_action_data(schema.inventory_reindex)
def hokkaido_inventory_reindex(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Write the index of the published inventory anew; for system administrators.

    :returns: `count`, the number of holdings in it
    :raises ValidationError: when no index is set
    """
    tk.check_access("hokkaido_inventory_reindex", context, data_dict)
    url = index_url()
    if not url:
        raise tk.ValidationError({"message": [tk._("No index is set (solr_url): the database is searched.")]})
    with unit_of_work(context) as session:
        count = inventory_upkeep.reindex(session, url)
    return {"count": count}


def _chosen(known: list[Round], survey_id: str | None, position: int) -> Round | None:
    if survey_id is None:
        return known[position] if position < len(known) else None
    found = next((one for one in known if one.id == survey_id), None)
    if found is None:
        raise tk.ObjectNotFound(tk._("The round was not found, or it is not published."))
    return found
