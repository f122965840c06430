"""Actions of the survey office on a round as a whole: the response board, more time for many units, the burden ledger.

They are for the office alone; no name of a person stands in what they return.
"""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now, session_of, spoken
from ckanext.hokkaido_inventory.domain.board import Filters, Group, Node, arranged, path_to, total
from ckanext.hokkaido_inventory.domain.burden_report import summary
from ckanext.hokkaido_inventory.logic.dictize.board import (
    Words,
    entry_dict,
    figures_dict,
    kind_labels,
    share_dict,
    state_labels,
    summary_dict,
)
from ckanext.hokkaido_inventory.logic.dictize.survey import survey_head
from ckanext.hokkaido_inventory.logic.refusal import no_such_response
from ckanext.hokkaido_inventory.logic.schema import board as schema
from ckanext.hokkaido_inventory.logic.schema import burden_report as burden_schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.model import Survey
from ckanext.hokkaido_inventory.service import board, burden_report
from ckanext.hokkaido_inventory.service import response as responses
from ckanext.hokkaido_inventory.service import survey as surveys
from ckanext.hokkaido_inventory.service.unit import resolve_units
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = ["hokkaido_board_extend", "hokkaido_board_show", "hokkaido_burden_list"]


@tk.side_effect_free
@validate_action_data(schema.board_show)
def hokkaido_board_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return how far the units of a survey are, put together as asked.

    :param survey: id of the survey
    :param group: `tree` (departments, municipalities as one), `bureau` (municipalities by bureau), `kind`, or `flat`
    :param at: the row to open: name of a unit in the tree, code of a bureau, or a kind (optional)
    :param state: only units in this state; `unanswered` and `late` too (optional)
    :param bureau: only units of the bureau with this code (optional)
    :param q: only units whose name holds this text; the units found stand by themselves (optional)
    :param sort: a count, `rate`, `deadline`, `state` or `last`, with `-` in front for the largest first (optional)
    :returns: `{survey, group, at, path, total, found, entries}`: `total` counts all units, `found` those looked for
    """
    tk.check_access("hokkaido_board_show", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    survey = _survey(session, viewer, data_dict["survey"])
    # Whoever looks for a name wants the units of that name, not the branches that they hang on.
    group = Group.FLAT if data_dict.get("q") else Group(data_dict["group"])
    bureaus = {item.code: item.label(spoken()) for item in vocabulary("bureaus")}
    lines, nodes = board.lines_of(session, viewer, survey, at=now()), board.nodes(session)
    filters = Filters(data_dict.get("state"), data_dict.get("bureau"), data_dict.get("q", ""))
    found = [line for line in lines if filters.keeps(line)]
    at, sort = data_dict.get("at"), data_dict.get("sort")
    titles = {node.id: node.title for node in nodes}
    above = {node.id: titles[node.parent] for node in nodes if node.parent in titles}
    words = Words(bureaus, state_labels(), kind_labels(), above)
    return {
        "survey": survey_head(survey),
        "group": group.value,
        "at": at,
        "path": _path(group, at, nodes, words),
        "total": figures_dict(total(lines)),
        "found": figures_dict(total(found)),
        "entries": [
            entry_dict(entry, group, words) for entry in arranged(group, found, nodes, bureaus, at=at, sort=sort)
        ],
    }


@validate_action_data(schema.board_extend)
def hokkaido_board_extend(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Give many units a later deadline of their own, all of them or none (AZ-04).

    :param survey: id of the survey
    :param units: ids or names of the organisations
    :param deadline: their last day (YYYY-MM-DD)
    :returns: `extended`, the number of units
    :raises ValidationError: when the survey is not open, the day is over, or one of the units is not known
    """
    tk.check_access("hokkaido_board_extend", context, data_dict)
    viewer, at = viewer_of(context), now()
    with unit_of_work(context) as session:
        # In one order everywhere, so that two of the office who do this at once never wait for one another in a ring.
        units = sorted(resolve_units(session, data_dict["units"]), key=lambda unit: unit.id)
        for unit in units:
            locked = responses.find_locked(session, viewer, data_dict["survey"], unit.id)
            if locked is None:
                raise no_such_response()
            responses.extend(session, *locked, deadline=data_dict["deadline"], actor_id=viewer.user_id, at=at)
    return {"extended": len(units)}


@tk.side_effect_free
@validate_action_data(burden_schema.burden_list)
def hokkaido_burden_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return the minutes that the work of a round took, by unit and by work, beside those of the round before.

    :param survey: id of the survey
    :returns: `{survey, previous: survey|null, summary, units}`; `minutes` of a unit is null when it gave none
    """
    tk.check_access("hokkaido_burden_list", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    survey = _survey(session, viewer, data_dict["survey"])
    previous = burden_report.previous_of(session, viewer, survey)
    shares = burden_report.shares_of(session, viewer, survey, previous)
    return {
        "survey": survey_head(survey),
        "previous": survey_head(previous) if previous else None,
        "summary": summary_dict(summary(shares)),
        "units": [share_dict(share) for share in shares],
    }


def _survey(session: Session, viewer: Viewer, survey_id: str) -> Survey:
    survey = surveys.find(session, viewer, survey_id)
    if survey is None:
        raise tk.ObjectNotFound(tk._("The survey was not found."))
    return survey


def _path(group: Group, at: str | None, nodes: list[Node], words: Words) -> list[dict[str, str]]:
    """Return the way to what was opened, as keys and titles."""
    if at is None:
        return []
    if group is Group.TREE and (path := path_to(nodes, at)):
        return [{"key": node.name, "title": node.title} for node in path]
    return [{"key": at, "title": words.bureaus.get(at) or words.kinds.get(at, at)}]
