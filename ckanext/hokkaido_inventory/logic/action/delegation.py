"""Actions on delegations: lending the right to approve while one is away."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import now, session_of
from ckanext.hokkaido_inventory.domain.deadline import today
from ckanext.hokkaido_inventory.domain.refusal import DelegateOutside
from ckanext.hokkaido_inventory.logic.dictize.shapes import person
from ckanext.hokkaido_inventory.logic.dictize.shapes import unit as unit_dict
from ckanext.hokkaido_inventory.logic.schema import review as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.model import Delegation
from ckanext.hokkaido_inventory.service import delegation as delegations
from ckanext.hokkaido_inventory.service.person import people_by_id
from ckanext.hokkaido_inventory.service.unit import find_unit, units_by_id
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = ["hokkaido_delegation_create", "hokkaido_delegation_list", "hokkaido_delegation_revoke"]


@validate_action_data(schema.delegation_create)
def hokkaido_delegation_create(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Let a colleague of the unit approve and return in the caller's place, from day to day.

    :param unit: id or name of the organisation
    :param to: id or name of a user who is a member of the unit
    :param starts_on, ends_on: first and last day (YYYY-MM-DD), both included, by the calendar of Japan
    :returns: the delegation
    """
    tk.check_access("hokkaido_delegation_create", context, data_dict)
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        unit = find_unit(session, data_dict["unit"])
        borrower = model.User.get(data_dict["to"])
        if unit is None or borrower is None or viewer.user_id is None:
            raise DelegateOutside
        made = delegations.create(
            session,
            unit_id=unit.id,
            lender=viewer.user_id,
            borrower=borrower.id,
            starts_on=data_dict["starts_on"],
            ends_on=data_dict["ends_on"],
            on=today(now()),
        )
    return _dicts(context, [made], viewer)[0]


@validate_action_data(schema.delegation_revoke)
def hokkaido_delegation_revoke(context: Context, data_dict: DataDict) -> None:
    """Take back a right to approve that was lent.

    :param id: id of the delegation
    """
    tk.check_access("hokkaido_delegation_revoke", context, data_dict)
    with unit_of_work(context) as session:
        delegation = delegations.find(session, data_dict["id"])
        if delegation is None:
            raise tk.ObjectNotFound(tk._("The delegation was not found."))
        delegations.revoke(session, delegation, actor_id=viewer_of(context).user_id, at=now())


@tk.side_effect_free
@validate_action_data(schema.delegation_list)
def hokkaido_delegation_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List what the caller has lent and borrowed and is not over, and to whom they could lend.

    :returns: `{delegations, units: [{id, name, title, people: [{id, name}]}]}`
    """
    tk.check_access("hokkaido_delegation_list", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    found = delegations.of_person(session, viewer.user_id or "", today(now()))
    own = viewer.approves - viewer.lent.keys()
    people = delegations.colleagues(session, own)
    units = units_by_id(session, own)
    choices = [
        unit_dict(units[unit_id], unit_id)
        | {"people": [{"id": key, "name": name} for key, name in members.items() if key != viewer.user_id]}
        for unit_id, members in people.items()
    ]
    return {
        "delegations": _dicts(context, found, viewer),
        "units": sorted((unit for unit in choices if unit["people"]), key=lambda unit: unit["title"]),
    }


def _dicts(context: Context, found: list[Delegation], viewer: Viewer) -> list[dict[str, Any]]:
    session = session_of(context)
    people = people_by_id(session, [user for one in found for user in (one.from_user_id, one.to_user_id)])
    units = units_by_id(session, {one.unit_id for one in found})
    on = today(now())
    return [
        {
            "id": one.id,
            "unit": unit_dict(units.get(one.unit_id), one.unit_id),
            "from": person(people.get(one.from_user_id)),
            "to": person(people.get(one.to_user_id)),
            "starts_on": one.starts_on.isoformat(),
            "ends_on": one.ends_on.isoformat(),
            "in_force": one.starts_on <= on <= one.ends_on,
            "lent": one.from_user_id == viewer.user_id,
        }
        for one in found
    ]
