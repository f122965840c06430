"""The action that compares the survey's tables with CKAN's datasets."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_inventory.config import index_url
from ckanext.hokkaido_inventory.jobs.inventory_list import LIST_MESSAGE
from ckanext.hokkaido_inventory.logic.schema import holding as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.service import inventory_upkeep, reconciliation

__all__ = ["hokkaido_inventory_reconcile"]


@validate_action_data(schema.inventory_reconcile)
def hokkaido_inventory_reconcile(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Compare the survey's tables with the datasets; for system administrators.

    :param fix: true to take away links to purged datasets and to ask for missing lists anew (optional)
    :returns: `drift`, a list of `{kind, subject, detail}`, and `fixed`, the number of things mended
    """
    tk.check_access("hokkaido_inventory_reconcile", context, data_dict)
    with unit_of_work(context) as session:
        drift = reconciliation.find(session) + inventory_upkeep.index_drift(session, index_url())
        fixed = 0
        if data_dict["fix"]:
            fixed = reconciliation.unlink_purged(session)
            years = {one.subject for one in drift if one.kind in ("list_missing", "list_not_public")}
            for year in sorted(years):
                outbox.put(session, LIST_MESSAGE, {"year": int(year)}, key=year)
            fixed += len(years)
            if any(one.kind.startswith("index_") for one in drift):
                inventory_upkeep.ask_for_whole(session)
                fixed += 1
    return {"drift": [asdict(one) for one in drift], "fixed": fixed}
