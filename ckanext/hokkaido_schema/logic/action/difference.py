"""Two editions or versions of a dataset compared: their descriptions, and the rows of their files."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.hokkaido_schema import config, described
from ckanext.hokkaido_schema.domain.row_diff import compare_rows
from ckanext.hokkaido_schema.domain.table import Table
from ckanext.hokkaido_schema.domain.text_diff import compare_fields
from ckanext.hokkaido_schema.logic.fetching import may_fetch
from ckanext.hokkaido_schema.service.reading import read
from ckanext.hokkaido_schema.stored_file import NoFile, open_stored

__all__ = ["hokkaido_dataset_difference_show"]

#: So many pairs of files are compared for one page.
_MOST_FILES = 3


@tk.side_effect_free
def hokkaido_dataset_difference_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Compare two datasets, such as two editions of a series or two versions.

    :param id: the later dataset.
    :param other: the one it is compared with.
    :returns: a dictionary with `dataset` and `other` (id, name, title), `fields` (`name`, `label`, `before`, `after`
        and `pieces`, each with `kind` `same`, `gone` or `new`, and `text`) and `files`. Of each of the first files
        that have a partner with the same columns: `name`, `rows_before`, `rows_after`, `complete`, `key`, how many rows
        are the `same`, `added`, `removed` and `changed`, and examples of these.
    :raises NotAuthorized: when the user may not see both.
    """
    ids = tk.get_or_bust(data_dict, ["id", "other"])
    tk.check_access("hokkaido_dataset_difference_show", context, {"id": ids[0], "other": ids[1]})
    after, before = (tk.get_action("package_show")(tk.fresh_context(context), {"id": one}) for one in ids)
    changes = compare_fields(described.as_texts(before), described.as_texts(after))
    return {
        "dataset": {key: after[key] for key in ("id", "name", "title")},
        "other": {key: before[key] for key in ("id", "name", "title")},
        "fields": [asdict(one) | {"label": described.label_of(after, one.name)} for one in changes],
        "files": _files(context, before, after),
    }


def _files(context: Context, before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    old = _tables(context, before)
    found = []
    for resource, table in _tables(context, after):
        partner = next((one for one in old if one[1].headings == table.headings), None)
        if partner is None:
            continue
        old.remove(partner)
        difference = compare_rows(table.headings, partner[1].rows, table.rows)
        found.append(
            asdict(difference)
            | {
                "name": resource.get("name") or resource.get("url"),
                "headings": table.headings,
                "rows_before": partner[1].total,
                "rows_after": table.total,
                "complete": _whole(partner[1]) and _whole(table),
            }
        )
    return found


def _whole(table: Table) -> bool:
    return table.complete and len(table.rows) == table.total


def _tables(context: Context, dataset: dict[str, Any]) -> list[tuple[dict[str, Any], Table]]:
    """Return the first tables among the files of a dataset that the user may have."""
    found: list[tuple[dict[str, Any], Table]] = []
    for resource in dataset.get("resources") or ():
        if len(found) == _MOST_FILES:
            break
        if not may_fetch(tk.fresh_context(context), resource["id"]):
            continue
        try:
            stored = open_stored(resource)
        except NoFile:
            continue
        reading = read(stored, str(resource.get("url")), str(resource.get("format") or ""), config.preview_bytes())
        if reading.table is not None:
            found.append((resource, reading.table))
    return found
