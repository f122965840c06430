"""Who may call the actions on the plan of openings."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_core.shared import session_of
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.service import opening

__all__ = ["hokkaido_opening_list", "hokkaido_opening_update"]


def hokkaido_opening_list(_context: Context, _data_dict: DataDict) -> AuthResult:
    # Whoever is signed in may ask; the gate decides what the list holds.
    return {"success": True}


def hokkaido_opening_update(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow editors and admins of the unit that holds it, and the survey office."""
    viewer = viewer_of(context)
    holding = opening.find_holding(session_of(context), viewer, data_dict.get("holding") or "")
    if holding is None:
        raise tk.ObjectNotFound(tk._("The data was not found."))
    if viewer.runs_surveys or viewer.may_answer(holding.unit_id):
        return {"success": True}
    return {"success": False, "msg": tk._("Only editors and administrators of the unit can plan its openings.")}
