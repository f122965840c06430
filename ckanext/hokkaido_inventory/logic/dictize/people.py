"""People of units and invitations as dictionaries; only those who look after the unit are given them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ckanext.hokkaido_inventory.domain.duty import Duty
from ckanext.hokkaido_inventory.logic.dictize.shapes import instant
from ckanext.hokkaido_inventory.logic.dictize.shapes import unit as unit_dict
from ckanext.hokkaido_inventory.logic.names import name_of
from ckanext.hokkaido_inventory.model import Invitation
from ckanext.hokkaido_inventory.service.invitation import Guest
from ckanext.hokkaido_inventory.service.membership import Colleague
from ckanext.hokkaido_inventory.service.unit import Unit

__all__ = ["colleague_dict", "guest_dict", "invitation_dict"]


def colleague_dict(one: Colleague, units: Mapping[str, Unit]) -> dict[str, Any]:
    """Return a person of a unit with their duties there."""
    return {
        "user": {"id": one.user_id, "name": one.name, "fullname": one.fullname, "email": one.email},
        "unit": unit_dict(units.get(one.unit_id), one.unit_id),
        "role": one.role,
        "duties": [_duty(duty) for duty in one.duties],
    }


def invitation_dict(invitation: Invitation, units: Mapping[str, Unit], at: datetime) -> dict[str, Any]:
    """Return an invitation without anything that opens it."""
    return {
        "id": invitation.id,
        "unit": unit_dict(units.get(invitation.unit_id), invitation.unit_id),
        "fullname": invitation.fullname,
        "email": invitation.email,
        "duty": _duty(Duty(invitation.duty)),
        "expires_at": instant(invitation.expires_at),
        "expired": invitation.expires_at <= at,
        "created_at": instant(invitation.created_at),
    }


def guest_dict(guest: Guest, kind: str) -> dict[str, Any]:
    """Return somebody of a list, with what a list would do with them: `new`, `invited` or `present`."""
    return {
        "row": guest.row,
        "fullname": guest.fullname,
        "email": guest.email,
        "unit": unit_dict(guest.unit, guest.unit.id),
        "duty": _duty(guest.duty),
        "kind": kind,
    }


def _duty(duty: Duty) -> dict[str, str]:
    return {"code": duty.value, "label": name_of(duty.wording)}
