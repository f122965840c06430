"""What datasets link to, as far as it is public, and who links to what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_dcat.service.rows import flat
from ckanext.hokkaido_schema.shared import SERIES

__all__ = ["add", "followers", "hidden", "members", "members_of_organization"]

_package = model.package_table
_FIELDS = ("id", "type", "title", "notes", "owner_org", "metadata_created", "metadata_modified", "extras")
#: Field of a dataset -> type of package that it may name.
_LINKS = {"in_series": SERIES, "previous_version": "dataset"}

Owners = Callable[[Collection[str]], dict[str, dict[str, Any]]]


def add(session: Session, datasets: Iterable[dict[str, Any]], owners: Owners, *, held: bool = False) -> None:
    """Put what may be said of it in the place of each id that a dataset links to; what is not public is left out.

    :param owners: ids -> organisations by id.
    :param held: nobody can hide what is linked to until the transaction ends; whoever hides it then finds the link.
    """
    linking = [one for one in datasets if any(one.get(name) for name in _LINKS)]
    if not linking:
        return
    ids = {str(one[name]) for one in linking for name in _LINKS if one.get(name)}
    found = _public(session, ids, owners, held)
    for dataset in linking:
        for name, kind in _LINKS.items():
            target = found.get(str(dataset.get(name) or ""))
            dataset[name] = target if target is not None and target["type"] == kind else None


def _public(session: Session, ids: set[str], owners: Owners, held: bool) -> dict[str, dict[str, Any]]:
    statement = sa.select(*(_package.c[name] for name in _FIELDS)).where(_package.c.id.in_(ids), _is_public())
    rows = session.execute(statement.with_for_update(read=True) if held else statement).mappings()
    found = {row["id"]: {**flat(row), "type": row["type"] or "dataset"} for row in rows}
    series = [one for one in found.values() if one["type"] == SERIES]
    known = owners({one["owner_org"] for one in series if one["owner_org"]}) if series else {}
    for one in series:
        one["organization"] = known.get(one["owner_org"])
    return found


def _is_public() -> sa.ColumnElement[bool]:
    return sa.and_(_package.c.state == "active", sa.not_(sa.func.coalesce(_package.c.private, sa.false())))


def hidden(session: Session, ids: Collection[str]) -> list[str]:
    """Return those of the ids that are not, or not any more, of something public."""
    public = set(session.execute(sa.select(_package.c.id).where(_package.c.id.in_(ids), _is_public())).scalars())
    return sorted(set(ids) - public)


def members(session: Session, series: Collection[str]) -> list[str]:
    """Return the ids of the datasets in these series, in any state."""
    return _linking(session, "in_series", series)


def followers(session: Session, datasets: Collection[str]) -> list[str]:
    """Return the ids of the datasets that replace these, in any state."""
    return _linking(session, "previous_version", datasets)


def members_of_organization(session: Session, organization_id: str) -> list[str]:
    """Return the ids of the datasets in the series of an organisation, in any state."""
    of_it = sa.select(_package.c.id).where(_package.c.owner_org == organization_id, _package.c.type == SERIES)
    series = list(session.execute(of_it).scalars())
    return members(session, series) if series else []


def _linking(session: Session, name: str, ids: Collection[str]) -> list[str]:
    # No index helps here, so nobody who waits for an answer should ask; outbox handlers do.
    statement = sa.select(_package.c.id).where(_package.c.extras[name].astext.in_(ids)).order_by(_package.c.id)
    return list(session.execute(statement).scalars())
