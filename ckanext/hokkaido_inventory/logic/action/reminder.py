"""Actions on reminders: what went out, what comes next, and reminding units now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now, session_of
from ckanext.hokkaido_inventory.config import office_organization, remind, reminder_schedule
from ckanext.hokkaido_inventory.domain.deadline import today
from ckanext.hokkaido_inventory.domain.reminding import ReminderKind
from ckanext.hokkaido_inventory.logic.dictize.shapes import instant, person
from ckanext.hokkaido_inventory.logic.dictize.shapes import unit as unit_dict
from ckanext.hokkaido_inventory.logic.refusal import name_of
from ckanext.hokkaido_inventory.logic.schema import reminder as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.model import Reminder, Survey
from ckanext.hokkaido_inventory.service import reminder as reminders
from ckanext.hokkaido_inventory.service.calendar import add_working_days
from ckanext.hokkaido_inventory.service.person import people_by_id
from ckanext.hokkaido_inventory.service.unit import Unit, resolve_units, units_by_id

__all__ = ["hokkaido_reminder_list", "hokkaido_reminder_send"]

#: How far the list looks back and ahead.
DAYS_BACK = 30
WORKING_DAYS_AHEAD = 5


@tk.side_effect_free
@validate_action_data(schema.reminder_list)
def hokkaido_reminder_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List the reminders of the last 30 days, what falls on the next working days, and which units can be reminded now.

    :returns: `{automatic, sent: [{day, person, items, outcome, delivered_at}], next: [{day, survey, unit, kind}],
        open: [{survey, unit, state, deadline}]}`
    """
    tk.check_access("hokkaido_reminder_list", context, data_dict)
    session = session_of(context)
    day = today(now())
    sent = reminders.of_days(session, day - timedelta(days=DAYS_BACK))
    people = people_by_id(session, [user for one in sent for user in (one.user_id, one.created_by)])
    names = _Names(session, sent)
    ahead = [add_working_days(day, count) for count in range(1, WORKING_DAYS_AHEAD + 1)]
    coming = reminders.forecast(session, ahead, reminder_schedule()) if remind() else []
    return {
        "automatic": remind(),
        "sent": [
            {
                "day": one.sent_on.isoformat(),
                "person": person(people.get(one.user_id)),
                "asked_by": person(people.get(one.created_by or "")),
                "items": [names.item(item) for item in one.items],
                "outcome": one.outcome,
                "delivered_at": instant(one.delivered_at),
            }
            for one in sent
        ],
        "next": [
            {"day": on.isoformat(), **names.item(item.item(kind)), "deadline": item.deadline.isoformat()}
            for on, item, kind in coming
        ],
        "open": [
            {
                **names.item(item.item(ReminderKind.ASKED)),
                "state": item.state.value,
                "state_label": name_of(item.state.wording),
                "deadline": item.deadline.isoformat(),
            }
            for item in reminders.open_items(session)
        ],
    }


@validate_action_data(schema.reminder_send)
def hokkaido_reminder_send(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Remind the people of some units now; nobody is written to twice on one day.

    :param survey: id of an open survey
    :param units: ids or names of the organisations
    :returns: `{sent: people, already: people, nobody: [unit]}`; `nobody` has units with nothing to remind of, or no
        person to write to
    """
    tk.check_access("hokkaido_reminder_send", context, data_dict)
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        units = {unit.id: unit for unit in resolve_units(session, data_dict["units"])}
        sent, already, nobody = reminders.ask(
            session,
            data_dict["survey"],
            units.keys(),
            day=today(now()),
            office=office_organization(),
            actor_id=viewer.user_id,
        )
    return {"sent": sent, "already": already, "nobody": [unit_dict(units[unit_id], unit_id) for unit_id in nobody]}


class _Names:
    """Titles of the surveys and units that reminders point to."""

    def __init__(self, session: Session, sent: list[Reminder]) -> None:
        found = [*reminders.open_items(session)]
        items = [item for one in sent for item in one.items]
        self.surveys: dict[str, Survey] = {one.survey.id: one.survey for one in found}
        for survey_id in {item["survey"] for item in items} - self.surveys.keys():
            if survey := session.get(Survey, survey_id):
                self.surveys[survey_id] = survey
        ids = {item["unit"] for item in items} | {one.response.unit_id for one in found}
        self.units: dict[str, Unit] = units_by_id(session, ids)

    def item(self, item: dict[str, Any]) -> dict[str, Any]:
        """Return an entry of a reminder with titles in the place of ids."""
        survey = self.surveys.get(item["survey"])
        kind = ReminderKind(item["kind"])
        return {
            "survey": {"id": item["survey"], "title": survey.title if survey else ""},
            "unit": unit_dict(self.units.get(item["unit"]), item["unit"]),
            "kind": kind.value,
            "kind_label": name_of(kind.wording),
        }
