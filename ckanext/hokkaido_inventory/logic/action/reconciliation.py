"""The action that proves that nothing has drifted apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_inventory.config import index_url
from ckanext.hokkaido_inventory.jobs.inventory_list import LIST_MESSAGE
from ckanext.hokkaido_inventory.logic.schema import holding as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.service import (  # noqa: F401 - each of the first four adds its checks.
    drift_datasets,
    drift_index,
    drift_published,
    drift_tally,
    inventory_upkeep,
    reconciliation,
)

__all__ = ["hokkaido_inventory_reconcile"]

#: Kinds of drift that a renewed list takes away.
LISTS = frozenset({"list_missing", "list_not_public"})


def _search_index(session: Session) -> list[reconciliation.Drift]:
    return inventory_upkeep.index_drift(session, index_url())


def _renew_search_index(session: Session, found: Sequence[reconciliation.Drift]) -> int:
    if found:
        inventory_upkeep.ask_for_whole(session)
    return len(found)


#: Here, because only an action knows the address of the index.
reconciliation.CHECKS.add("search index", reconciliation.Check(_search_index, _renew_search_index))


@validate_action_data(schema.inventory_reconcile)
def hokkaido_inventory_reconcile(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Compare the survey's tables with the datasets, the index and each other; for system administrators.

    :param fix: true to mend what is safe to mend: empty links, documents of the index, plans for what is gone, and
        missing lists, which are asked for anew (optional)
    :returns: `drift`, a list of `{kind, subject, detail}`, `fixed`, the number of things mended, and `left`, the drift
        that is still there afterwards; a list that was asked for counts as mended
    """
    tk.check_access("hokkaido_inventory_reconcile", context, data_dict)
    with unit_of_work(context) as session:
        drift = reconciliation.find(session)
        if not data_dict["fix"]:
            return _outcome(drift, 0, drift)
        fixed = reconciliation.mend(session)
        years = sorted({one.subject for one in drift if one.kind in LISTS})
        for year in years:
            outbox.put(session, LIST_MESSAGE, {"year": int(year)}, key=year)
        left = [one for one in reconciliation.find(session) if one.kind not in LISTS]
    return _outcome(drift, fixed + len(years), left)


def _outcome(drift: list[reconciliation.Drift], fixed: int, left: list[reconciliation.Drift]) -> dict[str, Any]:
    return {"drift": [asdict(one) for one in drift], "fixed": fixed, "left": [asdict(one) for one in left]}
