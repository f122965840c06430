"""Who may call the actions on people and invitations.

Looking after the people of a unit is for the survey office and for the admins of the unit or of one above it. To all
others a unit's people do not exist (AZ-01).
"""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_core.shared import session_of
from ckanext.hokkaido_inventory.logic.people import managed, manages
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.service import invitation as invitations
from ckanext.hokkaido_inventory.service.unit import find_unit

__all__ = [
    "hokkaido_invitation_accept",
    "hokkaido_invitation_create",
    "hokkaido_invitation_import",
    "hokkaido_invitation_resend",
    "hokkaido_invitation_revoke",
    "hokkaido_invitation_show",
    "hokkaido_person_list",
    "hokkaido_person_remove",
    "hokkaido_person_reset",
    "hokkaido_person_update",
]

YES: AuthResult = {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_invitation_show(_context: Context, _data_dict: DataDict) -> AuthResult:
    # The secret of the link is the permission; the action looks at it.
    return YES


@tk.auth_allow_anonymous_access
def hokkaido_invitation_accept(_context: Context, _data_dict: DataDict) -> AuthResult:
    return YES


def hokkaido_person_list(context: Context, _data_dict: DataDict) -> AuthResult:
    units = managed(viewer_of(context))
    if units is None or units:
        return YES
    return {"success": False, "msg": tk._("Only the survey office and administrators of a unit look after people.")}


def hokkaido_invitation_import(context: Context, data_dict: DataDict) -> AuthResult:
    return hokkaido_person_list(context, data_dict)


def hokkaido_person_update(context: Context, data_dict: DataDict) -> AuthResult:
    return _manages(context, data_dict.get("unit") or "")


def hokkaido_person_remove(context: Context, data_dict: DataDict) -> AuthResult:
    return _manages(context, data_dict.get("unit") or "")


def hokkaido_person_reset(context: Context, data_dict: DataDict) -> AuthResult:
    return _manages(context, data_dict.get("unit") or "")


def hokkaido_invitation_create(context: Context, data_dict: DataDict) -> AuthResult:
    return _manages(context, data_dict.get("unit") or "")


def hokkaido_invitation_resend(context: Context, data_dict: DataDict) -> AuthResult:
    return _manages_invitation(context, data_dict)


def hokkaido_invitation_revoke(context: Context, data_dict: DataDict) -> AuthResult:
    return _manages_invitation(context, data_dict)


def _manages(context: Context, reference: str) -> AuthResult:
    unit = find_unit(session_of(context), reference)
    if unit is None or not manages(viewer_of(context), unit.id):
        raise tk.ObjectNotFound(tk._("The unit was not found."))
    return YES


def _manages_invitation(context: Context, data_dict: DataDict) -> AuthResult:
    invitation = invitations.find(session_of(context), data_dict.get("id") or "")
    if invitation is None or not manages(viewer_of(context), invitation.unit_id):
        raise tk.ObjectNotFound(tk._("The invitation was not found."))
    return YES
