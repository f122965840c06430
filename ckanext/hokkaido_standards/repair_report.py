"""A repair as data: for people in their language, and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ckanext.hokkaido_standards.repair.change import Change, Repaired, RepairedTable
from ckanext.hokkaido_standards.report import finding_dict
from ckanext.hokkaido_standards.wording import done

__all__ = ["output_dict", "repair_dict"]


def repair_dict(repaired: Repaired, path: str, language: str = "ja", most: int | None = None) -> dict[str, Any]:
    """Return a repair as the command and the action give it.

    :param path: what the file is called.
    :param language: of the messages, `ja` or `en`.
    :param most: changes, places left and notes that are given of each kind at most; nothing for all. `counts` is exact.
    """
    standards = [table.standard for table in repaired.tables if table.standard]
    return {
        "path": path,
        "standard": standards[0] if standards else None,
        "changed": repaired.changed,
        "counts": [
            {"rule": rule, "message": done(rule, language), "count": count} for rule, count in repaired.counts.items()
        ],
        "changes": [_change_dict(one, language) for one in _first(repaired, most)],
        "left": [finding_dict(one, language) for one in repaired.left[:most]],
        "notes": [
            {"sheet": note.sheet, "row": note.row, "place": note.place, "text": note.text}
            for note in repaired.notes[:most]
        ],
    }


def _first(repaired: Repaired, most: int | None) -> Iterator[Change]:
    """Yield the changes, at most so many of each kind: one that is made everywhere hides no other."""
    told: dict[str, int] = {}
    for change in repaired.changes:
        told[change.rule] = told.get(change.rule, 0) + 1
        if most is None or told[change.rule] <= most:
            yield change


def _change_dict(change: Change, language: str) -> dict[str, Any]:
    return {
        "rule": change.rule,
        "message": done(change.rule, language),
        "sheet": change.sheet,
        "row": change.row,
        "column": change.column,
        "place": change.place,
        "before": change.before,
        "after": change.after,
        "count": change.count,
    }


def output_dict(table: RepairedTable) -> dict[str, Any]:
    """Return what a repaired table is, without its records."""
    return {
        "name": table.name,
        "sheet": table.sheet,
        "standard": table.standard,
        "rows": table.frame.height,
        "columns": table.frame.width,
    }
