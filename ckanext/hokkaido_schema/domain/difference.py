"""What a description would change of a dataset that is there, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["changes", "merged", "said", "without_echoes"]

#: A list fills these with what the portal knows by itself: field -> where that stands in the dataset.
_ECHOES = {"issued": "metadata_created", "modified": "metadata_modified", "identifier": "id"}
_FILE_ECHOES = {"issued": "created", "modified": "last_modified", "identifier": "id"}
#: Fields that no description changes.
_FIXED = {"id", "name", "owner_org", "type", "state", "private"}


def without_echoes(dataset: Mapping[str, Any], there: Mapping[str, Any], page: str) -> dict[str, Any]:
    """Return a description without what an export fills in by itself where the dataset holds nothing.

    :param page: address of the dataset's page.
    """
    left = {key: value for key, value in dataset.items() if not _echo(key, value, there, _ECHOES)}
    if left.get("url") == page and not there.get("url"):
        del left["url"]
    contact = _of_organization(there.get("organization") or {})
    if "contact" in left and not there.get("contact") and left["contact"] == [contact]:
        del left["contact"]
    return left


def _echo(key: str, value: Any, there: Mapping[str, Any], echoes: Mapping[str, str]) -> bool:
    known = echoes.get(key)
    return bool(known) and not there.get(key) and str(there.get(known) or "")[: len(str(value))] == str(value)


def _of_organization(organization: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key.removeprefix("contact_"): value
        for key, value in organization.items()
        if key.startswith("contact_") and value
    }


def merged(there: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the dataset that is there with what a description says of it; files are matched, none is taken away."""
    result = {**there, **{key: value for key, value in wanted.items() if key not in _FIXED and key != "resources"}}
    if "tags" in wanted and said(wanted["tags"]) == said(there.get("tags")):
        result["tags"] = there.get("tags")
    if "resources" in wanted:
        result["resources"] = _files(there.get("resources") or [], wanted["resources"])
    return result


def _files(there: Iterable[Mapping[str, Any]], wanted: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    files = [dict(one) for one in there]
    taken: set[int] = set()
    for one in wanted:
        place = _place(files, one, taken)
        if place is None:
            files.append({key: value for key, value in one.items() if value not in (None, "", [])})
            taken.add(len(files) - 1)
            continue
        taken.add(place)
        there_now = files[place]
        fresh = {key: value for key, value in one.items() if not _echo(key, value, there_now, _FILE_ECHOES)}
        fresh.pop("id", None)
        if there_now.get("url_type") == "upload":
            # The file itself is on the portal: its address and its facts are not for a description to change.
            fresh = {key: value for key, value in fresh.items() if key not in {"url", "size", "format", "download_url"}}
        if fresh.get("download_url") == there_now.get("url"):
            del fresh["download_url"]
        files[place] = {**there_now, **fresh}
    return files


def _place(files: list[dict[str, Any]], one: Mapping[str, Any], taken: set[int]) -> int | None:
    free = [(place, file) for place, file in enumerate(files) if place not in taken]
    marks = {str(one[key]) for key in ("id", "identifier") if one.get(key)}
    for place, file in free:
        if marks & {str(file[key]) for key in ("id", "identifier") if file.get(key)}:
            return place
    for place, file in free:
        if one.get("url") and one["url"] == file.get("url") and one.get("format") in {None, "", file.get("format")}:
            return place
    same = [place for place, file in free if one.get("name") and one["name"] == file.get("name")]
    return same[0] if len(same) == 1 else None


def changes(there: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what differs, in the order of the new dataset: `field`, `before` and `after` as people read them."""
    found = []
    for key, value in after.items():
        if key == "resources":
            found += _file_changes(there.get("resources") or [], value or [])
        elif said(there.get(key)) != said(value):
            found.append({"field": key, "before": said(there.get(key)), "after": said(value)})
    return found


def _file_changes(there: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[dict[str, str]]:
    found = []
    for number, file in enumerate(after):
        before = there[number] if number < len(there) else {}
        found += [
            {"field": f"resources.{number + 1}.{key}", "before": said(before.get(key)), "after": said(value)}
            for key, value in file.items()
            if said(before.get(key)) != said(value)
        ]
    return found


def said(value: Any) -> str:
    """Return a value as text; nothing, an empty text and an empty list say the same."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, str) and value[:1] in "[{":
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return value
    if isinstance(value, list):
        return "; ".join(sorted(texts) if _is_tags(value) else texts) if (texts := [said(one) for one in value]) else ""
    if isinstance(value, dict):
        if "name" in value and ("display_name" in value or len(value) == 1):
            return str(value["name"])
        return " / ".join(f"{key}: {text}" for key, one in sorted(value.items()) if (text := said(one)))
    return str(value).replace("\r\n", "\n").strip()


def _is_tags(value: list[Any]) -> bool:
    return all(isinstance(one, dict) and "name" in one for one in value)
