"""Two editions or versions of a dataset compared: their descriptions, and the rows of their files."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.hokkaido_schema import config, described
from ckanext.hokkaido_schema.domain.row_diff import compare_rows
from ckanext.hokkaido_schema.domain.text_diff import compare_fields
from ckanext.hokkaido_schema.logic.fetching import may_fetch
from ckanext.hokkaido_schema.service.comparing import FileRows
from ckanext.hokkaido_schema.service.converting import NotConvertible, Source, source_of
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
        that have a partner with the same columns: `name`, `rows_before` and `rows_after` (how many were compared),
        `complete` (whether these are all), `most` (how many are compared of a file of this width), `key`, how many rows
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
    old = [source for _resource, source in _tables(context, before)]
    pairs = []
    for resource, source in _tables(context, after):
        partner = next((one for one in old if one.headings == source.headings), None)
        if partner is not None:
            old.remove(partner)
            pairs.append((resource, partner, source))
    return [_file(resource, FileRows(one, len(pairs)), FileRows(two, len(pairs))) for resource, one, two in pairs]


def _file(resource: dict[str, Any], before: FileRows, after: FileRows) -> dict[str, Any]:
    difference = compare_rows(after.source.headings, before, after)
    return asdict(difference) | {
        "name": resource.get("name") or resource.get("url"),
        "headings": after.source.headings,
        "complete": before.whole and after.whole,
        "most": after.most,
    }


def _tables(context: Context, dataset: dict[str, Any]) -> list[tuple[dict[str, Any], Source]]:
    """Return the first tables among the files of a dataset that the user may have."""
    found: list[tuple[dict[str, Any], Source]] = []
    for resource in dataset.get("resources") or ():
        if len(found) == _MOST_FILES:
            break
        if not may_fetch(tk.fresh_context(context), resource["id"]):
            continue
        try:
            source = source_of(open_stored(resource), config.preview_bytes())
        except (NoFile, NotConvertible):
            continue
        found.append((resource, source))
    return found
