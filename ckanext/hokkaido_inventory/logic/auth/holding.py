"""Who may call the actions on holdings and on the datasets they grow into."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_core.shared import session_of
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.service import catalogue

__all__ = [
    "hokkaido_holding_list",
    "hokkaido_holding_promote",
    "hokkaido_holding_promote_many",
    "hokkaido_holding_search",
    "hokkaido_holding_show",
    "hokkaido_holding_withdraw",
    "hokkaido_inventory_difference",
    "hokkaido_inventory_reconcile",
    "hokkaido_inventory_reindex",
]


@tk.auth_allow_anonymous_access
def hokkaido_holding_search(_context: Context, _data_dict: DataDict) -> AuthResult:
    return {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_holding_list(_context: Context, _data_dict: DataDict) -> AuthResult:
    # The gate decides what the list holds.
    return {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_holding_show(_context: Context, _data_dict: DataDict) -> AuthResult:
    # What is published is for all; the action reads nothing else for a caller who may not see it.
    return {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_inventory_difference(_context: Context, _data_dict: DataDict) -> AuthResult:
    # Only what both rounds have published is compared.
    return {"success": True}


def hokkaido_holding_withdraw(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow the survey office."""
    viewer = viewer_of(context)
    if catalogue.find_published(session_of(context), viewer, data_dict.get("id") or "") is None:
        raise tk.ObjectNotFound(tk._("The data was not found."))
    if viewer.runs_surveys:
        return {"success": True}
    return {"success": False, "msg": tk._("Only the survey office can do this.")}


def hokkaido_holding_promote(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow editors and admins of the unit that holds it, and the survey office."""
    viewer = viewer_of(context)
    holding = catalogue.find_published(session_of(context), viewer, data_dict.get("id") or "")
    if holding is None:
        raise tk.ObjectNotFound(tk._("The data was not found."))
    if viewer.runs_surveys or viewer.may_answer(holding.unit_id):
        return {"success": True}
    return {"success": False, "msg": tk._("Only editors and administrators of the unit can prepare its datasets.")}


def hokkaido_holding_promote_many(context: Context, _data_dict: DataDict) -> AuthResult:
    """Allow whoever may promote anything; the rule above is asked for each holding."""
    viewer = viewer_of(context)
    if viewer.runs_surveys or viewer.answers:
        return {"success": True}
    return {"success": False, "msg": tk._("Only editors and administrators of the unit can prepare its datasets.")}


def hokkaido_inventory_reconcile(_context: Context, _data_dict: DataDict) -> AuthResult:
    # System administrators do not come this far.
    return {"success": False, "msg": tk._("Only system administrators can do this.")}


hokkaido_inventory_reindex = hokkaido_inventory_reconcile
