"""Actions on whole rounds: making one of the last, and giving many units more time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.domain.eras import fiscal_year_label
from ckanext.hokkaido_core.shared import now, spoken
from ckanext.hokkaido_inventory.domain.deadline import today
from ckanext.hokkaido_inventory.logic.reading import whole_survey
from ckanext.hokkaido_inventory.logic.refusal import no_such_response
from ckanext.hokkaido_inventory.logic.round import changes_of
from ckanext.hokkaido_inventory.logic.schema import survey as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.model import Survey
from ckanext.hokkaido_inventory.service import response as responses
from ckanext.hokkaido_inventory.service import survey as surveys
from ckanext.hokkaido_inventory.service.calendar import add_working_days
from ckanext.hokkaido_inventory.service.rollover import roll_over
from ckanext.hokkaido_inventory.service.survey_making import Changes
from ckanext.hokkaido_inventory.service.unit import resolve_units

__all__ = ["ANSWERING_DAYS", "hokkaido_survey_extend", "hokkaido_survey_roll_over"]

#: Four weeks to answer, counted from the day on which a round is opened; the last day is a working day.
ANSWERING_DAYS = 28


@validate_action_data(schema.survey_roll_over)
def hokkaido_survey_roll_over(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Make a new survey of an earlier one: for the same units, each of which finds its rows again.

    Rows are carried with what was said last, marked `carried` until somebody looks at them; rows that were gone are
    not. Units that were merged or split since are followed by their successors.

    :param id: id of the earlier survey
    :param title: name of the new one (optional; the old name with the new year unless given)
    :param fiscal_year: optional; the year after the earlier one's
    :param deadline: optional; the working day four weeks on
    :param opens_on: day on which the portal opens it (optional)
    :param training: true for a round for practice (optional)
    :param open: true to open it at once (optional)
    :returns: the new survey with its responses
    """
    tk.check_access("hokkaido_survey_roll_over", context, data_dict)
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        previous = surveys.find_locked(session, viewer, data_dict["id"])
        if previous is None:
            raise tk.ObjectNotFound(tk._("The survey was not found."))
        given = _filled(previous, changes_of(session, data_dict))
        survey = roll_over(session, previous, given, actor_id=viewer.user_id, at=now(), open_at_once=data_dict["open"])
    return whole_survey(session, viewer, survey)


@validate_action_data(schema.survey_extend)
def hokkaido_survey_extend(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Give some units of a survey a later deadline, all of them or none (AZ-04).

    :param id: id of the survey
    :param units: ids or names of the organisations
    :param deadline: the last day of these units (YYYY-MM-DD)
    :returns: the survey with its responses
    """
    tk.check_access("hokkaido_survey_extend", context, data_dict)
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        units = sorted(resolve_units(session, data_dict["units"]), key=lambda unit: unit.id)
        for unit in units:
            found = responses.find_locked(session, viewer, data_dict["id"], unit.id)
            if found is None:
                raise no_such_response()
            responses.extend(session, *found, deadline=data_dict["deadline"], actor_id=viewer.user_id, at=now())
    return whole_survey(session, viewer, found[1])


def _filled(previous: Survey, changes: Changes) -> Changes:
    """Return what the new round shall be, filled up so that one click is enough."""
    year = changes.fiscal_year or previous.fiscal_year + 1
    start = changes.opens_on or today(now())
    return replace(
        changes,
        title=changes.title or _title(previous, year),
        fiscal_year=year,
        deadline=changes.deadline or add_working_days(start + timedelta(days=ANSWERING_DAYS), 0),
    )


def _title(previous: Survey, year: int) -> str:
    """Return the name of the earlier round with the new year in the place of the old one."""
    for new, old in zip(_names(year), _names(previous.fiscal_year), strict=True):
        if old in previous.title:
            return previous.title.replace(old, new)
    label = f"FY{year}" if spoken().startswith("en") else _names(year)[0]
    return tk._("{year} survey of the data we hold").format(year=label)


def _names(year: int) -> tuple[str, ...]:
    return (fiscal_year_label(year).split("（")[0], f"{year}年度", f"FY{year}")
