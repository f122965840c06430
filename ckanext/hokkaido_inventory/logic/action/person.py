"""Actions on the people of units: who they are, what they do, and letting them go."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now, outbox, session_of
from ckanext.hokkaido_inventory.domain.audit import Act
from ckanext.hokkaido_inventory.domain.duty import Duty
from ckanext.hokkaido_inventory.domain.refusal_people import NoAddress
from ckanext.hokkaido_inventory.jobs.invitation import PASSWORD_MESSAGE
from ckanext.hokkaido_inventory.logic.dictize.people import colleague_dict, invitation_dict
from ckanext.hokkaido_inventory.logic.people import managed, manages
from ckanext.hokkaido_inventory.logic.schema import people as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.service import invitation as invitations
from ckanext.hokkaido_inventory.service import membership
from ckanext.hokkaido_inventory.service.event import record_unit
from ckanext.hokkaido_inventory.service.unit import find_unit, units_by_id

__all__ = ["hokkaido_person_list", "hokkaido_person_remove", "hokkaido_person_reset", "hokkaido_person_update"]


@tk.side_effect_free
@validate_action_data(schema.person_list)
def hokkaido_person_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List the people of the units that the caller looks after, and the invitations that wait for an answer.

    :param unit: id or name of one organisation (optional)
    :returns: `{people: [{user, unit, role, duties}], invitations: [{id, unit, fullname, email, duty, expires_at}]}`
    """
    tk.check_access("hokkaido_person_list", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    wanted = managed(viewer)
    if data_dict.get("unit"):
        unit = find_unit(session, data_dict["unit"])
        if unit is None or not manages(viewer, unit.id):
            raise tk.ObjectNotFound(tk._("The unit was not found."))
        wanted = frozenset({unit.id})
    people = membership.colleagues(session, wanted)
    waiting = invitations.list_open(session, wanted)
    units = units_by_id(session, {one.unit_id for one in people} | {one.unit_id for one in waiting})
    return {
        "people": [colleague_dict(one, units) for one in people],
        "invitations": [invitation_dict(one, units, now()) for one in waiting],
    }


@validate_action_data(schema.person_update)
def hokkaido_person_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Let a person of a unit have just these duties; the role in the organisation follows.

    :param unit: id or name of the organisation
    :param user: id or name of the user
    :param duties: list of `coordinator`, `approver`, `respondent`, `deputy`
    :returns: the person
    :raises ValidationError: when nobody would be left to approve
    """
    tk.check_access("hokkaido_person_update", context, data_dict)
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        person = _person(session, data_dict)
        duties = [Duty(duty) for duty in data_dict["duties"]]
        membership.set_duties(session, person.unit_id, person.user_id, duties, actor_id=viewer.user_id)
    return colleague_dict(_person(session, data_dict), units_by_id(session, [person.unit_id]))


@validate_action_data(schema.person_remove)
def hokkaido_person_remove(context: Context, data_dict: DataDict) -> None:
    """Take a person out of a unit; the account stays.

    :param unit: id or name of the organisation
    :param user: id or name of the user
    :raises ValidationError: when nobody would be left to approve
    """
    tk.check_access("hokkaido_person_remove", context, data_dict)
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        person = _person(session, data_dict)
        membership.remove(session, person.unit_id, person.user_id, actor_id=viewer.user_id, at=now())


@validate_action_data(schema.person_reset)
def hokkaido_person_reset(context: Context, data_dict: DataDict) -> None:
    """Send a person of a unit the link for a new password; the present password works until it is used.

    :param unit: id or name of the organisation
    :param user: id or name of the user
    """
    tk.check_access("hokkaido_person_reset", context, data_dict)
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        person = _person(session, data_dict)
        if not person.email:
            raise NoAddress
        outbox.put(session, PASSWORD_MESSAGE, {"id": person.user_id}, key=person.user_id)
        record_unit(session, person.unit_id, Act.PERSON_CHANGED, viewer.user_id, user=person.user_id, reset=True)


def _person(session: Session, data_dict: DataDict) -> membership.Colleague:
    unit = find_unit(session, data_dict["unit"])
    person = membership.find(session, unit.id, data_dict["user"]) if unit else None
    if person is None:
        raise tk.ObjectNotFound(tk._("The person was not found in this unit."))
    return person
