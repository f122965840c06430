"""What is known of a new dataset before anybody types: from its organisation and from its file."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.hokkaido_schema.service.tree import organization_tree
from ckanext.hokkaido_schema.table_facts import TableFacts
from ckanext.hokkaido_schema.vocabularies import vocabulary

__all__ = [
    "DEFAULT_LICENCE",
    "file_description",
    "from_file",
    "from_organization",
    "organization_contact",
    "organization_contacts",
]

#: The one that the Japanese government's rules of open data put first.
DEFAULT_LICENCE = "CC-BY-4.0"
#: So many columns are named in the description of a file.
_NAMED = 12
_CONTACT = {"name": "contact_name", "email": "contact_email", "phone": "contact_phone", "url": "contact_url"}


def from_organization(organization_id: str) -> dict[str, Any]:
    """Return contact, licence and area of the datasets of an organisation."""
    found: dict[str, Any] = {"license_id": DEFAULT_LICENCE, "language": ["ja"]}
    contact = organization_contact(organization_id)
    if contact:
        found["contact"] = [contact]
    if area := _area(organization_id):
        found["spatial_code"] = [area]
    return found


def organization_contact(organization_id: str) -> dict[str, str]:
    """Return the contact that an organisation gives of itself; an empty one when it gives none."""
    group = model.Group.get(organization_id)
    return _contact_of(group) if group is not None else {}


def organization_contacts(organization_ids: Collection[str]) -> dict[str, dict[str, str]]:
    """Return the contacts that organisations give of themselves, by their ids and one query."""
    groups = model.Session.query(model.Group).filter(model.Group.id.in_(organization_ids)).all()
    return {group.id: _contact_of(group) for group in groups}


def _contact_of(group: model.Group) -> dict[str, str]:
    extras = dict(group.extras or {})
    found = {name: str(extras.get(field) or "") for name, field in _CONTACT.items()}
    if any(found[way] for way in ("email", "phone", "url")):
        found["name"] = found["name"] or group.title or group.name
    return {name: value for name, value in found.items() if value}


def from_file(facts: TableFacts) -> dict[str, Any]:
    """Return title, period and standard data set of a dataset."""
    found: dict[str, Any] = {"title": facts.title}
    if facts.period is not None:
        found["temporal_coverage"] = [{"start": facts.period.start.isoformat(), "end": facts.period.end.isoformat()}]
    if facts.standard:
        found["standard"] = facts.standard
    if facts.year:
        found["subtitle"] = facts.year if facts.year.endswith("版") else f"{facts.year}版"
    return found


def file_description(facts: TableFacts) -> str:
    """Return what can be said of a table without knowing what it is about; nothing of what is no table."""
    if not facts.columns:
        return ""
    names = tk._(", ").join(column.name for column in facts.columns[:_NAMED])
    more = tk._(" and others") if len(facts.columns) > _NAMED else ""
    words = tk._("A table of {rows} rows with the columns {names}{more}.")
    return words.format(rows=f"{facts.rows or 0:,}", names=names, more=more)


def _area(organization_id: str) -> str:
    """Return the code of the area that an organisation, or the nearest unit above it, is in charge of."""
    tree = organization_tree(model.Session)
    known = vocabulary("areas").codes
    for unit_id in (organization_id, *(unit.id for unit in reversed(tree.ancestors(organization_id)))):
        group = model.Group.get(unit_id)
        extras = group.extras or {} if group is not None else {}
        codes = (extras.get("code"), extras.get("bureau") if extras.get("kind") == "bureau" else "")
        if code := next((str(code) for code in codes if code in known), ""):
            return code
    return ""
