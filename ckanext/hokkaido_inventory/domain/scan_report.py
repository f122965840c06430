"""What a scan of a folder says of each file: facts of its form and its headings, never anything that stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ckanext.hokkaido_inventory.domain.personal_columns import personal_columns
from ckanext.hokkaido_inventory.domain.seed import Seed, answers_of_table, title_key

__all__ = ["KIND", "FileFacts", "NotAReport", "Report", "read_report", "seeds_of"]

KIND = "hokkaido-inventory-scan"
VERSION = 1
#: More files, headings or characters than these are not a report that the scan wrote.
MOST_FILES = 20_000
MOST_COLUMNS = 512
LONGEST_TEXT = 400


class NotAReport(ValueError):
    """The file is not what the scan writes."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file: its name and folder, what it is, when it was changed (YYYY-MM-DD), and its headings.

    `problem` is the code of what kept it from being read; then there are no headings and no rows.
    """

    name: str
    folder: str
    title: str
    format: str
    size: int
    modified: str
    encoding: str = ""
    sheets: int = 0
    rows: int | None = None
    columns: tuple[str, ...] = ()
    standard: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All files of a folder, and how many were left out for which reason."""

    files: tuple[FileFacts, ...]
    skipped: Mapping[str, int]

    def as_json(self) -> dict[str, Any]:
        """Return the report as it is written, with what looks personal in each file."""
        return {
            "kind": KIND,
            "version": VERSION,
            "files": [asdict(one) | {"personal": _personal(one.columns)} for one in self.files],
            "skipped": dict(self.skipped),
        }


def _personal(columns: Sequence[str]) -> list[dict[str, str]]:
    return [{"heading": column.heading, "kind": column.kind.value} for column in personal_columns(columns)]


def read_report(data: object) -> Report:
    """Return the report that a JSON object holds; raise `NotAReport` for anything else."""
    if not isinstance(data, Mapping) or data.get("kind") != KIND or data.get("version") != VERSION:
        raise NotAReport
    files = data.get("files")
    if not isinstance(files, list) or len(files) > MOST_FILES:
        raise NotAReport
    return Report(tuple(_file(one) for one in files), {})


def seeds_of(report: Report) -> list[Seed]:
    """Return one row for each title: of files of the same name (other years, other formats) the newest speaks.

    What the report proposes is not believed but worked out again from the facts.
    """
    newest: dict[str, FileFacts] = {}
    for one in sorted(report.files, key=lambda facts: (facts.modified, facts.name), reverse=True):
        newest.setdefault(title_key(one.title), one)
    return [
        Seed(one.title, answers=answers_of_table(one.columns, one.format, one.rows))
        for one in sorted(newest.values(), key=lambda facts: (facts.folder, facts.name))
        if one.title
    ]


def _file(data: object) -> FileFacts:
    if not isinstance(data, Mapping):
        raise NotAReport
    columns = data.get("columns") or ()
    if not isinstance(columns, list | tuple) or len(columns) > MOST_COLUMNS:
        raise NotAReport
    return FileFacts(
        name=_text(data, "name"),
        folder=_text(data, "folder"),
        title=_text(data, "title"),
        format=_text(data, "format"),
        size=_number(data, "size") or 0,
        modified=_text(data, "modified"),
        encoding=_text(data, "encoding"),
        sheets=_number(data, "sheets") or 0,
        rows=_number(data, "rows"),
        columns=tuple(str(column)[:LONGEST_TEXT] for column in columns),
        standard=_text(data, "standard"),
        problem=_text(data, "problem"),
    )


def _text(data: Mapping[str, object], key: str) -> str:
    value = data.get(key) or ""
    if not isinstance(value, str):
        raise NotAReport
    return value[:LONGEST_TEXT]


def _number(data: Mapping[str, object], key: str) -> int | None:
    value = data.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise NotAReport
    return value
