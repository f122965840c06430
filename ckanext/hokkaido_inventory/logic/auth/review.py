"""Who may call the actions on reviews, delegations, the trail and reminders."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_core.shared import session_of
from ckanext.hokkaido_inventory.logic.auth import permission
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.model import Delegation

__all__ = [
    "hokkaido_delegation_create",
    "hokkaido_delegation_list",
    "hokkaido_delegation_revoke",
    "hokkaido_reminder_list",
    "hokkaido_reminder_send",
    "hokkaido_review_approve",
    "hokkaido_review_list",
    "hokkaido_trail_list",
]


def hokkaido_review_list(_context: Context, _data_dict: DataDict) -> AuthResult:
    # The list holds what waits for the caller; for whoever reviews nothing it is empty.
    return {"success": True}


def hokkaido_review_approve(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow whoever may approve each single one (AZ-04)."""
    for item in data_dict.get("responses") or []:
        result = permission.approves_for(context, item)
        if not result["success"]:
            return result
    return {"success": True}


def hokkaido_delegation_create(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.approves_in_own_right(context, data_dict)


def hokkaido_delegation_list(_context: Context, _data_dict: DataDict) -> AuthResult:
    # The list holds what the caller lent and borrowed.
    return {"success": True}


def hokkaido_delegation_revoke(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow the lender and the survey office; the borrower knows of it and may not."""
    viewer = viewer_of(context)
    delegation = session_of(context).get(Delegation, data_dict.get("id") or "")
    if delegation is None or not (
        viewer.runs_surveys or viewer.user_id in (delegation.from_user_id, delegation.to_user_id)
    ):
        raise tk.ObjectNotFound(tk._("The delegation was not found."))
    if viewer.runs_surveys or viewer.user_id == delegation.from_user_id:
        return {"success": True}
    return {"success": False, "msg": tk._("Only the person who lent the right to approve can take it back.")}


def hokkaido_trail_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow the office the whole round, and whoever may know of a response its part."""
    if data_dict.get("unit"):
        return permission.knows_response(context, data_dict)
    return permission.runs_this_survey(context, {"id": data_dict.get("survey")})


def hokkaido_reminder_list(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_surveys(context, data_dict)


def hokkaido_reminder_send(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_this_survey(context, {"id": data_dict.get("survey")})
