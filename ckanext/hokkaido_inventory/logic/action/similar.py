"""Actions on rows of different units that look as if they were about the same data."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import session_of, tasks
from ckanext.hokkaido_inventory.domain.similar import Sign
from ckanext.hokkaido_inventory.jobs.similar import SIMILAR_TASK
from ckanext.hokkaido_inventory.logic.dictize.shapes import instant
from ckanext.hokkaido_inventory.logic.dictize.shapes import unit as unit_dict
from ckanext.hokkaido_inventory.logic.schema import similar as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.service import opening, similar
from ckanext.hokkaido_inventory.service.unit import units_by_id

__all__ = ["hokkaido_holding_similar", "hokkaido_similar_find", "hokkaido_similar_list"]


@tk.side_effect_free
@validate_action_data(schema.holding_similar)
def hokkaido_holding_similar(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """Return up to ten holdings of other units that look like one of the caller's, the likest first.

    The survey office gets rows of the same round; a unit's people get only what is published for the staff.

    :param id: id of the holding
    :returns: `[{holding, number, title, unit, score, signs: [{code, label}]}]`, `score` up to 100
    """
    tk.check_access("hokkaido_holding_similar", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    holding = opening.find_holding(session, viewer, data_dict["id"])
    found = similar.likes_of(session, viewer, holding) if holding else []
    units = units_by_id(session, [one.unit_id for one in found])
    return [
        {
            "holding": one.holding_id,
            "number": one.number,
            "title": one.title,
            "unit": unit_dict(units.get(one.unit_id), one.unit_id),
            "score": one.likeness.score,
            "signs": _signs([sign.value for sign in one.likeness.signs]),
        }
        for one in found
    ]


@validate_action_data(schema.similar_find)
def hokkaido_similar_find(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Compare all rows of a survey in the background; the result replaces that of the last time.

    :param survey: id of the survey
    :returns: `task`, the id of the task
    """
    tk.check_access("hokkaido_similar_find", context, data_dict)
    with unit_of_work(context) as session:
        task = tasks.start(
            session,
            SIMILAR_TASK,
            {"survey": data_dict["survey"]},
            owner_id=viewer_of(context).user_id,
            title=tk._("Looking for rows that look alike"),
        )
    return {"task": task}


@tk.side_effect_free
@validate_action_data(schema.similar_list)
def hokkaido_similar_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return the groups of rows that look alike, as the last search over a survey found them, the largest first.

    :param survey: id of the survey
    :param start: groups to skip (optional)
    :param rows: groups to return, 20 unless told, at most 100 (optional)
    :returns: `found_at` (null before the first search), `compared` (rows), `count` and `groups`, each `{score, signs,
        rows, units, members: [{answer, holding, number, title, unit}]}`; a group may have more rows than members
    """
    tk.check_access("hokkaido_similar_list", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    kept = similar.stored(session, data_dict["survey"])
    if kept is None:
        return {"found_at": None, "compared": 0, "count": 0, "groups": []}
    page = kept.groups[data_dict["start"] : data_dict["start"] + data_dict["rows"]]
    known = similar.members(session, viewer, [answer for group in page for answer in group["answers"]])
    units = units_by_id(session, {member.unit_id for member in known.values()})
    groups = [
        {
            "score": group["score"],
            "signs": _signs(group["signs"]),
            "rows": group["rows"],
            "units": group["units"],
            "members": [
                {
                    "answer": member.answer_id,
                    "holding": member.holding_id,
                    "number": member.number,
                    "title": member.title,
                    "unit": unit_dict(units.get(member.unit_id), member.unit_id),
                }
                for answer in group["answers"]
                if (member := known.get(answer))
            ],
        }
        for group in page
    ]
    return {"found_at": instant(kept.found_at), "compared": kept.rows, "count": len(kept.groups), "groups": groups}


def _signs(codes: list[str]) -> list[dict[str, str]]:
    labels = {
        Sign.SAME_TITLE: tk._("Same name"),
        Sign.LIKE_TITLE: tk._("Similar name"),
        Sign.LAW: tk._("Same law"),
        Sign.SYSTEM: tk._("Same system"),
        Sign.COLUMNS: tk._("Same columns"),
    }
    return [{"code": code, "label": labels[Sign(code)]} for code in codes]
