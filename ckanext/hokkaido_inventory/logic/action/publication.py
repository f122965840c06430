"""The actions that make a round public and take one holding out again."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import now, tasks
from ckanext.hokkaido_inventory.config import office_organization
from ckanext.hokkaido_inventory.domain.refusal import OfficeMissing
from ckanext.hokkaido_inventory.jobs import inventory_index as _index  # noqa: F401  It handles what is asked for here.
from ckanext.hokkaido_inventory.jobs import inventory_list as _list  # noqa: F401
from ckanext.hokkaido_inventory.jobs.publication import KIND
from ckanext.hokkaido_inventory.logic.dictize.shapes import unit as unit_dict
from ckanext.hokkaido_inventory.logic.reading import whole_survey
from ckanext.hokkaido_inventory.logic.schema import holding as holding_schema
from ckanext.hokkaido_inventory.logic.schema import survey as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.service import catalogue, publication, withdrawal
from ckanext.hokkaido_inventory.service import survey as surveys
from ckanext.hokkaido_inventory.service.unit import find_unit, units_by_id

__all__ = ["hokkaido_holding_withdraw", "hokkaido_survey_publish"]

#: A round with more rows than this is published in the background.
AT_ONCE = 5000


@validate_action_data(schema.survey_publish)
def hokkaido_survey_publish(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Publish the approved answers of a closed survey: the public catalogue at once, its dataset shortly after.

    A large round is published by a background task, all or nothing; the survey stays closed until it is done.

    :param id: id of the survey
    :returns: the survey with its responses, and either `published` (number of rows) and `left_out` (units that are not
        approved), or `task` (id for `hokkaido_task_show`)
    :raises ValidationError: when the survey is not closed or is for training, or no unit is approved
    """
    tk.check_access("hokkaido_survey_publish", context, data_dict)
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        survey = surveys.find_locked(session, viewer, data_dict["id"])
        if survey is None:
            raise tk.ObjectNotFound(tk._("The survey was not found."))
        if find_unit(session, office_organization()) is None:
            raise OfficeMissing
        publication.require_publishable(survey)
        if publication.count_rows(session, survey) > AT_ONCE:
            title = tk._("Publishing: {survey}").format(survey=survey.title)
            task = tasks.start(session, KIND, {"survey": survey.id}, owner_id=viewer.user_id, title=title)
            outcome = None
        else:
            task = None
            outcome = publication.publish(session, survey, actor_id=viewer.user_id, at=now())
    shown = whole_survey(session, viewer, survey)
    if outcome is None:
        return shown | {"task": task}
    names = units_by_id(session, outcome.left_out)
    left_out = [unit_dict(names.get(unit_id), unit_id) for unit_id in outcome.left_out]
    return shown | {"published": outcome.rows, "left_out": left_out}


@validate_action_data(holding_schema.holding_withdraw)
def hokkaido_holding_withdraw(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Take a holding out of the public list, its files and its index at once; the next publication may undo it.

    :param id: id of the holding
    :param reason: `name_tells_too_much`, `personal_information`, `rights`, `mistake` or `other`
    :returns: `{id}`
    """
    tk.check_access("hokkaido_holding_withdraw", context, data_dict)
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        found = catalogue.find_published(session, viewer, data_dict["id"])
        if found is None:
            raise tk.ObjectNotFound(tk._("The data was not found."))
        withdrawal.withdraw(session, found, reason=data_dict["reason"], actor_id=viewer.user_id)
    return {"id": data_dict["id"]}
