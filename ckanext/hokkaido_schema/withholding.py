"""What leads to the files of restricted datasets is kept from those who may not have them, wherever CKAN shows it.

CKAN reads a dataset from its index for everybody, editors included, so the index holds it whole and each answer is made
for its reader.
"""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.hokkaido_schema.domain.access import access_rights_of, is_closed, withhold
from ckanext.hokkaido_schema.logic.fetching import may_have_files

__all__ = ["from_index", "from_search", "from_shown"]

#: Fields of the index that hold addresses of files, or the dataset as it is.
_TELLING = ("data_dict", "res_url", "validated_data_dict")
#: Fields by which addresses of files are found.
_SEARCHED = ("res_url", "res_extras_access_url", "res_extras_api_description", "res_extras_download_url")


def from_shown(context: Context, dataset: dict[str, Any]) -> None:
    """Withhold in a dataset that an action shows."""
    if is_closed(access_rights_of(dataset)) and not may_have_files(context, dataset):
        withhold(dataset)


def from_search(results: list[dict[str, Any]]) -> None:
    """Withhold in what a search found; CKAN does not say for whom it searches, so the visitor counts."""
    for found in results:
        rights = access_rights_of(found)
        if is_closed(rights) and not may_have_files(_visitor(), found):
            withhold(found)
            for name in _TELLING:
                found.pop(name, None)
        elif rights is None and not found.keys().isdisjoint(_TELLING):
            # Single fields were asked for, and nothing tells whose they are.
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
