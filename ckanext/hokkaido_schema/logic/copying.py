"""The description of a dataset without its files, as another one begins with it."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context

from ckanext.hokkaido_schema.domain.edition import next_day, next_edition, series_title
from ckanext.hokkaido_schema.domain.series import SERIES
from ckanext.hokkaido_schema.logic.caller import as_caller
from ckanext.hokkaido_schema.logic.form_state import names_of_fields

__all__ = ["description", "moved_on", "series_for"]

#: What is said of one dataset only.
_OWN = {"name", "issued", "modified", "identifier", "version", "previous_version", "tag_string"}
#: What is said of the years that a dataset covers.
_YEARLY = ("title", "subtitle", "title_en", "title_kana", "notes")


def description(dataset: dict[str, Any]) -> dict[str, Any]:
    """Return what a copy of a dataset says: everything but its files, its addresses, dates and numbers."""
    found = {name: dataset[name] for name in names_of_fields() - _OWN if dataset.get(name)}
    found["tags"] = [{"name": tag["name"]} for tag in dataset.get("tags") or []]
    return found


def moved_on(fields: dict[str, Any]) -> dict[str, Any]:
    """Return a description one year on: its periods, and the years in its titles and its text."""
    found = fields | {name: next_edition(fields[name]) for name in _YEARLY if fields.get(name)}
    periods = fields.get("temporal_coverage") or []
    if periods:
        found["temporal_coverage"] = [
            {side: next_day(day) for side, day in period.items() if isinstance(day, str)} for period in periods
        ]
    return found


def series_for(context: Context, dataset: dict[str, Any]) -> str:
    """Return the id of the series of a dataset; where it has none, the one of its name is taken, or made."""
    if dataset.get("in_series"):
        return dataset["in_series"]
    title = series_title(dataset["title"])
    query = model.Session.query(model.Package).filter_by(type=SERIES, state=model.State.ACTIVE, title=title)
    known = query.filter_by(owner_org=dataset["owner_org"]).first()
    if known is not None:
        return known.id
    fields = {
        "type": SERIES,
        "title": title,
        "notes": tk._("The editions of “{title}”.").format(title=title),
        "owner_org": dataset["owner_org"],
        "private": dataset["private"] or dataset["state"] != model.State.ACTIVE,
    }
    for name in ("contact", "frequency", "spatial_code"):
        if dataset.get(name):
            fields[name] = dataset[name]
    return tk.get_action("package_create")(as_caller(context), fields)["id"]
