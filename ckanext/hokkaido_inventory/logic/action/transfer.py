"""The action of a reorganisation: units merged, split or renamed."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_inventory.domain.deadline import today
from ckanext.hokkaido_inventory.domain.duty import SuccessionKind
from ckanext.hokkaido_inventory.logic.dictize.shapes import unit as unit_dict
from ckanext.hokkaido_inventory.logic.schema import transfer as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.service import membership
from ckanext.hokkaido_inventory.service.transfer import Order, Outcome, transfer
from ckanext.hokkaido_inventory.service.unit import resolve_units, units_by_id

__all__ = ["hokkaido_unit_transfer"]


@validate_action_data(schema.unit_transfer)
def hokkaido_unit_transfer(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Let the holdings of units go to another unit, with their answers and their history; all or nothing.

    Numbers are made anew in the new unit. Answers of open rounds move to its response; earlier rounds stay as they
    were, and are seen by the unit that holds the data now. Duties and roles of people do not follow.

    :param kind: `merged` (the old units end), `split` (they go on) or `renamed` (only recorded)
    :param from_units: ids or names of the organisations that give
    :param to_unit: id or name of the one that takes
    :param holdings: ids of the holdings (for `split`, optional; all of them unless given)
    :param effective_on: day of the change, not ahead (optional, today)
    :param dry_run: true to be told what would happen (optional)
    :returns: `{kind, from_units, to_unit, effective_on, holdings: [{id, title, unit, number, new_number}],
        surveys: [{id, title, rows, again}], published, datasets: [{id, name, title}], people_losing, stored}`
    """
    tk.check_access("hokkaido_unit_transfer", context, data_dict)
    actor_id, at = viewer_of(context).user_id, now()
    with unit_of_work(context) as session:
        order = _order(session, data_dict)
        outcome = transfer(session, order, actor_id=actor_id, at=at)
        result = _told(session, order, outcome)
        if data_dict["dry_run"]:
            session.rollback()
    return result | {"stored": not data_dict["dry_run"]}


def _order(session: Session, data_dict: DataDict) -> Order:
    kind = SuccessionKind(data_dict["kind"])
    note = tk._(
        "Data of another unit came to this unit in a reorganisation. Look through the rows that were added, and submit "
        "once more."
    )
    return Order(
        kind=kind,
        from_units=[unit.id for unit in resolve_units(session, data_dict["from_units"])],
        to_unit=resolve_units(session, [data_dict["to_unit"]])[0].id,
        effective_on=data_dict.get("effective_on") or today(now()),
        holdings=data_dict.get("holdings") if kind is SuccessionKind.SPLIT else None,
        note=note,
    )


def _told(session: Session, order: Order, outcome: Outcome) -> dict[str, Any]:
    units = units_by_id(session, [*order.from_units, order.to_unit])
    losing = (
        {one.user_id for one in membership.colleagues(session, list(order.from_units))}
        - {one.user_id for one in membership.colleagues(session, [order.to_unit])}
        if outcome.moves
        else set()
    )
    return {
        "kind": order.kind.value,
        "from_units": [unit_dict(units.get(unit_id), unit_id) for unit_id in order.from_units],
        "to_unit": unit_dict(units.get(order.to_unit), order.to_unit),
        "effective_on": order.effective_on.isoformat(),
        "holdings": [
            {
                "id": move.holding_id,
                "title": outcome.titles.get(move.holding_id, ""),
                "unit": unit_dict(units.get(move.unit_id), move.unit_id),
                "number": move.number,
                "new_number": move.new_number,
            }
            for move in outcome.moves
        ],
        "surveys": [
            {"id": moved.survey_id, "title": moved.title, "rows": moved.rows, "again": moved.again}
            for moved in outcome.answers
        ],
        "published": outcome.published,
        "datasets": [{"id": one.id, "name": one.name, "title": one.title} for one in outcome.datasets.values()],
        "people_losing": len(losing),
    }
