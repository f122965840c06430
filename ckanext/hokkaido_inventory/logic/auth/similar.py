"""Who may look for rows that look alike."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_core.shared import session_of
from ckanext.hokkaido_inventory.logic.auth import permission
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.service import opening

__all__ = ["hokkaido_holding_similar", "hokkaido_similar_find", "hokkaido_similar_list"]


def hokkaido_holding_similar(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow the people of the unit that holds it, and the survey office."""
    viewer = viewer_of(context)
    holding = opening.find_holding(session_of(context), viewer, data_dict.get("id") or "")
    if holding is None:
        raise tk.ObjectNotFound(tk._("The data was not found."))
    if viewer.runs_surveys or holding.unit_id in viewer.reads:
        return {"success": True}
    return {"success": False, "msg": tk._("Only the people of the unit can look for data like its own.")}


def hokkaido_similar_find(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_this_survey(context, {"id": data_dict.get("survey")})


def hokkaido_similar_list(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_this_survey(context, {"id": data_dict.get("survey")})
