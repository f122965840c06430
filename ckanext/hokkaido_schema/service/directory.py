"""What the directory of organisations is made of, by two queries."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_schema.domain.directory import Entry
from ckanext.hokkaido_schema.service.tree import organization_tree

__all__ = ["directory_entries"]

_NAMES = ("title_kana", "title_en", "bureau", "code")


def directory_entries(session: Session, counts: Mapping[str, int]) -> list[Entry]:
    """Return every active organisation right under its parent.

    :param counts: number of datasets by the organisation's name; who is not in it has none.
    """
    group = model.Group
    columns = [group.extras[name].astext for name in _NAMES]
    statement = sa.select(group.id, *columns).where(group.is_organization.is_(True), group.state == "active")
    names = {row[0]: [value or "" for value in row[1:]] for row in session.execute(statement)}
    entries = []
    for unit, depth in organization_tree(session).listed():
        found = dict(zip(("kana", "english", "bureau", "code"), names[unit.id], strict=True))
        datasets = counts.get(unit.name, 0)
        entries.append(Entry(unit.name, unit.title, unit.kind, depth, **found, datasets=datasets))
    return entries
