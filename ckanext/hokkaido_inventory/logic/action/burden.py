"""The action of the burden ledger."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_inventory.domain.burden import Work
from ckanext.hokkaido_inventory.logic.action.response import locked_response
from ckanext.hokkaido_inventory.logic.dictize.shapes import instant
from ckanext.hokkaido_inventory.logic.schema import burden as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.service import burden

__all__ = ["hokkaido_burden_create"]


@validate_action_data(schema.burden_create)
def hokkaido_burden_create(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Note how many minutes a piece of work on a unit's response took; nobody has to say.

    :param survey: id of the survey
    :param unit: id or name of the organisation
    :param work: answering, reviewing or publishing
    :param minutes: 1 to 6000
    :returns: `{work, minutes, at}`
    """
    tk.check_access("hokkaido_burden_create", context, data_dict)
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        response, _survey = locked_response(session, viewer, data_dict["survey"], data_dict["unit"])
        work = Work(data_dict["work"])
        entry = burden.add(session, response, work, data_dict["minutes"], user_id=viewer.user_id, at=now())
        return {"work": entry.work, "minutes": entry.minutes, "at": instant(entry.at)}
