"""Rows drafted from the datasets that the unit has on the portal already."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.readability_level import suggested_level
from ckanext.hokkaido_inventory.domain.seed import Seed
from ckanext.hokkaido_inventory.service import inventory_list
from ckanext.hokkaido_inventory.service.seeding.source import ALL_NO, Asked, frequency_of

__all__ = ["PortalDatasets"]


class PortalDatasets:
    """The datasets of the organisation: public ones answer for themselves, private ones are described only."""

    takes_file = False

    def seeds(self, session: Session, asked: Asked) -> list[Seed]:
        """Return one row for each dataset, by title; the published lists of the inventory itself are none."""
        package: sa.Table = model.Package.__table__
        lists = [inventory_list.dataset_id(year) for year in inventory_list.years(session)]
        rows = session.execute(
            sa.select(package.c.id, package.c.title, package.c.notes, package.c.private, package.c.extras)
            .where(
                package.c.owner_org == asked.unit_id,
                package.c.state == model.State.ACTIVE,
                package.c.type == "dataset",
                package.c.id.not_in(lists),
            )
            .order_by(package.c.title, package.c.id)
        ).all()
        formats = _formats(session, [row.id for row in rows])
        return [_seed(row, formats.get(row.id, [])) for row in rows]


def _seed(row: sa.Row[Any], formats: list[str]) -> Seed:
    extras = row.extras or {}
    public = not row.private and bool(formats)
    form = "、".join(formats)
    answers = (ALL_NO if public else {}) | {
        "format": form,
        "machine_readability": suggested_level(form),
        "update_frequency": frequency_of(extras.get("frequency") or extras.get("frequency_note")),
        "theme": _first(extras.get("theme")),
    }
    return Seed(row.title or "", row.notes or "", answers, row.id)


def _first(value: object) -> str | None:
    """Return the first of the themes, which CKAN keeps as the text of a JSON list."""
    if isinstance(value, str) and value.startswith("["):
        value = json.loads(value)
    if isinstance(value, list):
        return str(value[0]) if value else None
    return str(value) if value else None


def _formats(session: Session, package_ids: list[str]) -> dict[str, list[str]]:
    resource: sa.Table = model.Resource.__table__
    rows = session.execute(
        sa.select(resource.c.package_id, resource.c.format)
        .where(resource.c.package_id.in_(package_ids), resource.c.state == model.State.ACTIVE)
        .order_by(resource.c.package_id, resource.c.position)
    )
    found: dict[str, list[str]] = {}
    for package_id, format_ in rows:
        of_package = found.setdefault(package_id, [])
        if (format_ or "CSV") not in of_package:
            of_package.append(format_ or "CSV")
    return found
