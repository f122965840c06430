"""Actions on published holdings: finding them, and turning one that can be opened into a dataset.

Nothing here reads answers except through the gate; the dataset is made of the public copy alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import session_of, tasks
from ckanext.hokkaido_inventory.config import index_url
from ckanext.hokkaido_inventory.domain.index_query import FACETS, Query
from ckanext.hokkaido_inventory.domain.listing import Listing
from ckanext.hokkaido_inventory.domain.refusal import Refusal
from ckanext.hokkaido_inventory.jobs.promotion import PROMOTION_TASK
from ckanext.hokkaido_inventory.logic.asking import way_to_ask
from ckanext.hokkaido_inventory.logic.contact import contact_of
from ckanext.hokkaido_inventory.logic.dictize.holding import copy_dict, facet_dicts, holding_dict, label
from ckanext.hokkaido_inventory.logic.dictize.response import answer_dict
from ckanext.hokkaido_inventory.logic.promoting import promote, promote_each, trusted
from ckanext.hokkaido_inventory.logic.refusal import said
from ckanext.hokkaido_inventory.logic.schema import holding as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.service import answer as answers
from ckanext.hokkaido_inventory.service import catalogue, promotion
from ckanext.hokkaido_inventory.service.holding import datasets_of
from ckanext.hokkaido_inventory.service.unit import Place, ids_below, tree

__all__ = [
    "hokkaido_dataset_publish",
    "hokkaido_holding_list",
    "hokkaido_holding_promote",
    "hokkaido_holding_promote_many",
    "hokkaido_holding_search",
    "hokkaido_holding_show",
]

#: So many holdings are promoted while the caller waits.
AT_ONCE = 20


@tk.side_effect_free
@validate_action_data(schema.holding_search)
def hokkaido_holding_search(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Search the published holdings.

    :param q: words that title or description hold, all of them; width, case and blanks do not count (optional)
    :param unit: id or name of an organisation; what the units below it hold counts too (optional)
    :param decision: `open`, `method`, `closed`, `unclear` or `incomplete` (optional)
    :param status: `published` (a public dataset exists), `preparing`, `planned`, or a decision (optional)
    :param theme, format, update_frequency, machine_readability, priority: a value of the facet (optional)
    :param listing: `staff` to search what only staff may see (optional; of the others nothing is found)
    :param sort: `title`, `priority` or `newest`; by fit to the words or by unit unless told (optional)
    :param start: results to skip, at most 10,000 (optional)
    :param rows: results to return, 20 unless told, at most 1000 (optional)
    :returns: `count`, `results`, `facets`, `staff_only` (how many rows the caller finds with `listing`), `withheld`
        (`{reason, label, count}`: rows whose name is withheld) and `degraded` (the index did not answer, so the
        database was searched)
    """
    tk.check_access("hokkaido_holding_search", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    places = tree(session)
    query = _query(places, data_dict)
    staff_only = data_dict.get("listing") == Listing.STAFF
    found = catalogue.search(session, viewer, query, url=index_url(), staff_only=staff_only)
    datasets = datasets_of(session, [entry.row.holding_id for entry in found.entries])
    withheld = catalogue.count_withheld(session, query.units)
    return {
        "count": found.count,
        "results": [holding_dict(entry, datasets.get(entry.row.holding_id), viewer) for entry in found.entries],
        "facets": facet_dicts(found.facets, places),
        "staff_only": catalogue.count_staff(session, viewer) if viewer.staff or viewer.runs_surveys else 0,
        "withheld": [
            {"reason": reason, "label": label("reason", reason), "count": count} for reason, count in withheld.items()
        ],
        "degraded": found.degraded,
    }


@tk.side_effect_free
@validate_action_data(schema.holding_list)
def hokkaido_holding_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """Return some published holdings as they are at this moment; those that the caller may not see are left out.

    :param ids: ids of holdings, at most 2,000
    """
    tk.check_access("hokkaido_holding_list", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    entries = catalogue.find_entries(session, viewer, data_dict["ids"])
    datasets = datasets_of(session, [entry.row.holding_id for entry in entries])
    return [holding_dict(entry, datasets.get(entry.row.holding_id), viewer) for entry in entries]


@tk.side_effect_free
@validate_action_data(schema.holding_show)
def hokkaido_holding_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return a published holding.

    :param id: id of the holding
    :returns: the public copy with `history` (what each round said) and `ask` (`{label, url}`: where to ask for the
        data, or nothing); for those who may see the answers behind it also `answers`, newest round first
    """
    tk.check_access("hokkaido_holding_show", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    entry = catalogue.find_entry(session, viewer, data_dict["id"])
    if entry is None:
        raise tk.ObjectNotFound(tk._("The data was not found."))
    dataset = datasets_of(session, [entry.row.holding_id]).get(entry.row.holding_id)
    shown = holding_dict(entry, dataset, viewer)
    shown["history"] = [copy_dict(copy) for copy in catalogue.copies_of(session, entry)]
    shown["ask"] = way_to_ask(shown, contact_of(context, entry.unit.id))
    rows = answers.of_holding(session, viewer, entry.row.holding_id)
    return shown | {"answers": [answer_dict(row) for row in rows]} if rows else shown


@validate_action_data(schema.holding_promote)
def hokkaido_holding_promote(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Make a private dataset of a published holding that can be opened; the same one when called again.

    :param id: id of the holding
    :returns: the dataset
    :raises ValidationError: when the published decision is another than `open`
    """
    tk.check_access("hokkaido_holding_promote", context, data_dict)
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        package_id = promote(session, context, data_dict["id"], viewer)
    return tk.get_action("package_show")(trusted(context), {"id": package_id})


@validate_action_data(schema.holding_promote_many)
def hokkaido_holding_promote_many(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Make a private dataset of each of several published holdings; each is made wholly or not at all.

    More than twenty are made in the background.

    :param ids: ids of the holdings
    :returns: `results`, in the order given one `{id, outcome: made|present|refused, dataset: {id, name, title}|null,
        message}` a holding, and `task` null; or `results` null and `task` the id of the task whose result has them
    """
    tk.check_access("hokkaido_holding_promote_many", context, data_dict)
    ids = data_dict["ids"]
    if len(ids) <= AT_ONCE:
        return {"results": promote_each(context, ids), "task": None}
    with unit_of_work(context) as session:
        title = tk._("Making the datasets of %(count)d holdings") % {"count": len(ids)}
        task = tasks.start(session, PROMOTION_TASK, {"holdings": ids}, owner_id=viewer_of(context).user_id, title=title)
    return {"results": None, "task": task}


@tk.chained_action
def hokkaido_dataset_publish(
    original: Callable[[Context, DataDict], dict[str, Any]], context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Make a dataset public, unless the holding that it grew out of cannot be opened.

    :param id: id or name of the dataset
    :returns: the dataset
    :raises ValidationError: when something is missing, it is public already, or the holding behind it cannot be opened
    """
    tk.check_access("hokkaido_dataset_publish", context, data_dict)
    package = model.Package.get(data_dict.get("id"))
    holding = promotion.holding_of_package(session_of(context), package.id) if package is not None else None
    if holding is not None:
        try:
            promotion.require_open(holding)
        except Refusal as refusal:
            raise tk.ValidationError(said(refusal)) from refusal
    return original(context, data_dict)


def _query(places: list[Place], data_dict: DataDict) -> Query:
    return Query(
        words=data_dict.get("q") or "",
        # A unit that does not exist has no holdings.
        units=ids_below(places, data_dict["unit"]) if data_dict.get("unit") else None,
        chosen={facet: data_dict[facet] for facet in FACETS if data_dict.get(facet)},
        sort=data_dict.get("sort") or "",
        start=data_dict["start"],
        rows=data_dict["rows"],
    )
