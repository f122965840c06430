"""The resources of a dataset that a repair has made, beside the one that they were made from."""

from __future__ import annotations

import io
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import FileStorage

if TYPE_CHECKING:
    from ckanext.hokkaido_standards.repair.change import Note, Repaired, RepairedTable

__all__ = ["derived_of", "resources_with"]

#: What holds of the repaired file, too.
_SAME = ("license", "rights", "copyright", "language", "documentation", "availability", "status", "modified")
#: Descriptions are data and in the language of the portal's data; what begins so was written here.
_ABOUT = "「{name}」を、機械で読み取りやすい形（CSV）に整えたファイルです。もとのファイルもあわせて公開しています。"
_NOTES = "もとのファイルにあった題名や注記："
_LONGEST_NOTES = 5_000


def derived_of(dataset: dict[str, Any], resource_id: str) -> list[dict[str, Any]]:
    """Return the resources of a dataset that were made from one of its resources, in their order."""
    return [one for one in dataset["resources"] if one.get("derived_from") == resource_id]


def resources_with(dataset: dict[str, Any], source: dict[str, Any], repaired: Repaired) -> list[dict[str, Any]]:
    """Return the resources of a dataset, with one for each repaired table right after the one that they come from.

    Those that stand there already get the new file and keep their ids and names.
    """
    before = derived_of(dataset, source["id"])
    made = [
        _resource(source, repaired, table, before[number] if number < len(before) else None)
        for number, table in enumerate(repaired.tables)
    ]
    others = [one for one in dataset["resources"] if one not in before]
    at = others.index(source) + 1
    return [*others[:at], *made, *others[at:]]


def _resource(
    source: dict[str, Any], repaired: Repaired, table: RepairedTable, before: dict[str, Any] | None
) -> dict[str, Any]:
    from ckanext.hokkaido_standards.repair.written import csv_bytes

    name = f"{PurePosixPath(table.name).stem}-repaired.csv"
    file = {
        "upload": FileStorage(io.BytesIO(csv_bytes(table)), filename=name, content_type="text/csv"),
        "url": name,
        "url_type": "upload",
        "format": "CSV",
        "mimetype": "text/csv",
        "derived_from": source["id"],
    }
    title = source.get("name") or repaired.name
    about = _described(title, [note for note in repaired.notes if note.sheet == table.sheet])
    if before is None:
        part = table.name.removeprefix(PurePosixPath(repaired.name).stem).removesuffix(".csv").strip("_")
        named = f"{title}（CSV に整えたもの{f'：{part}' if part else ''}）"
        return {**{key: source[key] for key in _SAME if source.get(key)}, "name": named, "description": about, **file}
    written_here = str(before.get("description") or "").startswith(_ABOUT.partition("{")[0])
    return {**before, **({"description": about} if written_here else {}), **file}


def _described(title: str, notes: list[Note]) -> str:
    from ckanext.hokkaido_standards.repair.written import notes_text

    text = notes_text(notes).replace("\r\n", "\n").strip()
    if len(text) > _LONGEST_NOTES:
        text = f"{text[:_LONGEST_NOTES]}…"
    about = _ABOUT.format(name=title)
    return f"{about}\n\n{_NOTES}\n\n{_as_quoted(text)}" if text else about


def _as_quoted(text: str) -> str:
    """Return lines as a block that Markdown leaves as it is."""
    return "\n".join(f"    {line}" for line in text.splitlines())
