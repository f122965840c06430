"""What the pages about checked tables call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_standards.digest import Digest, Group, digest, groups
from ckanext.hokkaido_standards.domain.encoding_name import encoding_name
from ckanext.hokkaido_standards.domain.linked_address import FORMATS, site_of

__all__ = [
    "hokkaido_table_badge",
    "hokkaido_table_dialect",
    "hokkaido_table_digest",
    "hokkaido_table_encoding",
    "hokkaido_table_groups",
    "hokkaido_table_site",
    "hokkaido_table_standing",
    "hokkaido_table_stars",
    "hokkaido_table_state",
    "hokkaido_table_weight",
]

#: Files of other formats are no tables, or not tables of text: nobody wants to read that they have no headings.
_TABLES = frozenset(FORMATS)


def hokkaido_table_digest(report: Mapping[str, Any]) -> Digest:
    """Return a report at first sight."""
    return digest(report)


def hokkaido_table_groups(report: Mapping[str, Any]) -> list[Group]:
    """Return the findings of a report rule by rule."""
    return groups(report)


def hokkaido_table_standing(resource: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return how the table of a file stands, for those who may have the file; nothing for what is not looked at."""
    is_stored = resource.get("url_type") == "upload"
    if is_stored and str(resource.get("format") or "").casefold() not in _TABLES:
        return None
    try:
        shown = tk.get_action("hokkaido_table_report_show")({}, {"id": resource["id"], "brief": True})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return None
    if shown["state"] == "link":
        return None
    edits = tk.h.check_access("resource_update", {"id": resource["id"]})
    if shown["state"] == "waiting" and not edits:
        return None
    # What was made by a repair is mended in the file that it comes from.
    may_repair = edits and shown["state"] == "checked" and shown["counts"] and not resource.get("derived_from")
    return shown | {"may_repair": bool(may_repair and is_stored), "may_upload": bool(may_repair and not is_stored)}


def hokkaido_table_site(url: str) -> str:
    """Return the host of an address; what is asked for there may be somebody's key."""
    return site_of(url)


def hokkaido_table_badge(dataset_id: str, resource: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return how the table of a file stands, in a list of files; nothing for those that were not checked.

    All files of a dataset are asked about once a page.
    """
    known: dict[str, dict[str, Any]] = tk.g.setdefault("hokkaido_table_badges", {})
    if dataset_id not in known:
        try:
            found = tk.get_action("hokkaido_table_report_list")({}, {"id": dataset_id})
        except (tk.NotAuthorized, tk.ObjectNotFound):
            found = []
        known[dataset_id] = {one["resource_id"]: one for one in found}
    if str(resource.get("format") or "").casefold() not in _TABLES:
        return None
    return known[dataset_id].get(resource["id"])


def hokkaido_table_dialect(dialect: str) -> str:
    """Return how the headings of a table are written."""
    return {
        "current": tk._("headings of the current form"),
        "legacy": tk._("headings of the older form"),
        "english": tk._("English headings"),
    }.get(dialect) or tk._("headings written in other ways")


def hokkaido_table_encoding(encoding: str) -> str:
    """Return what people call an encoding."""
    return encoding_name(encoding)


def hokkaido_table_weight(weight: str) -> dict[str, str]:
    """Return what the weight of a finding is called, and how it looks."""
    label, look, icon = {
        "wrong": (tk._("Mend"), "bad", "circle-xmark"),
        "warn": (tk._("Look at"), "warn", "triangle-exclamation"),
        "told": (tk._("Good to know"), "info", "circle-info"),
        "asked": (tk._("Question"), "plain", "circle-question"),
    }[weight]
    return {"label": label, "look": look, "icon": icon}


def hokkaido_table_stars() -> tuple[str, ...]:
    """Return what each star stands for, the first one first."""
    return (
        tk._("The file can be read."),
        tk._("It holds a table with headings and rows."),
        tk._("It is a CSV file that breaks no rule of the first level of machine-readability."),
        tk._("It has the headings of a standard data set, and each row an identifier of its own."),
        tk._("Right codes of municipalities link it to other data."),
    )


def hokkaido_table_state(state: str) -> str:
    """Return why there is no report of a file."""
    return {
        "waiting": tk._("The file has not been checked yet. The check runs after saving; look again in some minutes."),
        "unreadable": tk._("The file cannot be read as a table."),
        "large": tk._("The file is too large to be checked here. Divide it, by year or by area."),
        "missing": tk._("The file is not where it should be. Upload it once more."),
    }.get(state) or tk._(
        "What is behind this link is not checked here. Tables (CSV, Excel) that public datasets link to are checked "
        "some minutes after saving."
    )
