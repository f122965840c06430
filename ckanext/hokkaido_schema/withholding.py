"""What leads to the files of restricted datasets is kept from those who may not have them, wherever CKAN shows it.

CKAN reads a dataset from its index for everybody, editors included, so the index holds it whole and each answer is made
for its reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.types import Context

from ckanext.hokkaido_schema.domain.access import access_rights_of, is_closed, withhold
from ckanext.hokkaido_schema.logic.fetching import may_have_files, owners_whose_files

__all__ = ["from_activities", "from_index", "from_question", "from_search", "from_shown"]

#: Fields of the index that hold addresses of files, or the dataset as it is.
_TELLING = ("data_dict", "res_url", "validated_data_dict")
#: Fields by which addresses of files are found.
_SEARCHED = ("res_url", "res_extras_access_url", "res_extras_api_description", "res_extras_download_url")
#: A field of the index by its own name, or some by a pattern; Solr knows other names for them and functions, too.
_PLAIN = re.compile(r"[\w.*?-]+")


def from_shown(context: Context, dataset: dict[str, Any]) -> None:
    """Withhold in a dataset that an action shows."""
    if is_closed(access_rights_of(dataset)) and not may_have_files(context, dataset):
        withhold(dataset)


def from_activities(context: Context, activities: Iterable[dict[str, Any]]) -> bool:
    """Withhold in what CKAN's activity stream tells: datasets as they were at a time, files and all.

    What a dataset is now counts as well as what it was then: its files may have been for everybody once.

    :returns: whether anything was withheld.
    """
    told = [package for one in activities if isinstance(package := (one.get("data") or {}).get("package"), dict)]
    table = model.Package.__table__
    now = {}
    if told:
        rights = table.c.extras["access_rights"].astext.label("access_rights")
        wanted = sa.select(table.c.id, table.c.owner_org, rights).where(table.c.id.in_({one.get("id") for one in told}))
        now = {row["id"]: dict(row) for row in model.Session.execute(wanted).mappings()}
    withheld = False
    for package in told:
        stored = now.get(package.get("id"), package)
        if any(is_closed(access_rights_of(one)) and not may_have_files(context, one) for one in (stored, package)):
            withhold(package)
            withheld = True
    return withheld


def from_question(search: dict[str, Any]) -> dict[str, Any]:
    """Leave out of a search what would give fields of the index under other names, by which they are not known."""
    asked = search.get("fl")
    if asked:
        names = re.split(r"[\s,]+", asked if isinstance(asked, str) else " ".join(asked))
        search["fl"] = [name for name in names if _PLAIN.fullmatch(name)]
    return search


def from_search(results: list[dict[str, Any]]) -> None:
    """Withhold in what a search found; CKAN does not say for whom it searches, so the visitor counts."""
    owners: set[str] | None = None
    asked = False
    for found in results:
        rights = access_rights_of(found)
        if is_closed(rights):
            if not asked:
                owners, asked = owners_whose_files(_visitor()), True
            if owners is not None and found.get("owner_org") not in owners:
                withhold(found)
                _leave_out(found)
        elif rights is None and not found.keys().isdisjoint(_TELLING):
            # Single fields were asked for, and nothing tells whose they are.
            _leave_out(found)


def _leave_out(found: dict[str, Any]) -> None:
    for name in _TELLING:
        found.pop(name, None)


def from_index(document: dict[str, Any]) -> None:
    """Keep addresses of files from being searched for."""
    if is_closed(document.get("access_rights")):
        for name in _SEARCHED:
            document.pop(name, None)


def _visitor() -> Context:
    user = tk.current_user.name if tk.current_user and tk.current_user.is_authenticated else ""
    return {"user": user}
