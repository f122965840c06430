"""What becomes of how a table stands in its file: headings of one row, no blank rows and columns, notes put aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import polars as pl

from ckanext.hokkaido_standards.checks.unfilled import filled as filled_rows
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.repair.change import Change, Note
from ckanext.hokkaido_standards.repair.draft import Draft
from ckanext.hokkaido_standards.tables.grid import filled
from ckanext.hokkaido_standards.tables.headings import Block, spread
from ckanext.hokkaido_standards.tables.table import Table, TableFile

__all__ = [
    "SETTLED",
    "apart",
    "of_file",
    "of_headings",
    "of_notes",
    "without_blank_columns",
    "without_headings_again",
    "without_unfilled_rows",
]

#: Findings that are settled by writing each table into a file of its own.
SETTLED = frozenset((
    "file-extension", "file-encoding", "file-bom", "file-control", "file-line-ends", "file-delimiter", "file-xls",
    "L1-02", "L1-03", "L1-14", "L3-01", "table-blank-column", "table-blank-columns", "table-blank-rows",
    "table-heading-gap", "table-heading-rows", "table-heading-space", "table-linkdata", "table-margin", "table-notes",
    "table-short", "table-title", "table-unfilled", "sheet-digits",
))  # fmt: skip
#: Those of them that are recorded here, as they were found.
_TOLD = frozenset((
    "file-encoding", "file-bom", "file-line-ends", "file-delimiter", "L1-03", "table-blank-columns", "table-blank-rows",
    "table-heading-gap", "table-short",
))  # fmt: skip
_AFTER = {"file-encoding": "UTF-8 (BOM)", "file-bom": "UTF-8 (BOM)", "file-line-ends": "CRLF", "file-delimiter": ","}
_BLANKS = re.compile(r"\s+")
_COUNTS = ("rows", "columns")


def of_file(file: TableFile) -> Iterator[Change]:
    """Yield what is changed by writing each table of a file anew."""
    if file.kind != "csv":
        yield Change("file-format", before=file.kind, after="csv")
    for finding in file.findings:
        if finding.rule in _TOLD:
            yield _change(finding)


def apart(drafts: Sequence[Draft], names: Sequence[str]) -> Iterator[Change]:
    """Yield the tables that stood on a sheet with others, each with the name of its file."""
    sheets = [draft.table.sheet for draft in drafts]
    for draft, name in zip(drafts, names, strict=True):
        if sheets.count(draft.table.sheet) > 1:
            yield Change("L1-02", draft.table.sheet, draft.table.heading_first, after=name)


def _change(finding: Finding) -> Change:
    before = next((str(value) for name, value in finding.params.items() if name not in _COUNTS), "")
    count = next((int(finding.params[name]) for name in _COUNTS if name in finding.params), finding.count)
    after = _AFTER.get(finding.rule, "")
    told = "" if finding.rule == "table-short" or not after else before
    return Change(finding.rule, finding.sheet, finding.row, finding.column, finding.place, told, after, max(1, count))


def of_headings(draft: Draft) -> Iterator[Change]:
    """Yield the headings that were made of several rows."""
    table = draft.table
    if table.heading_row <= table.heading_first:
        return
    first, last = table.heading_first - 1, table.heading_row
    block = Block(draft.grid.rows(first, last), first, draft.grid.merged)
    rows = [spread(block, place)[table.left : table.left + table.frame.width] for place in range(last - first)]
    for place, cells in enumerate(zip(*rows, strict=True)):
        before = " / ".join(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))
        number, heading = draft.places[place], table.headings[place]
        if before != heading:
            yield Change("table-heading-rows", table.sheet, table.heading_first, heading, number, before, heading)


def without_unfilled_rows(draft: Draft) -> None:
    """Take the rows of a template out that hold nothing but the municipality."""
    _table, rows = filled_rows(draft.table, draft.recognized(draft.headings))
    draft.drop_rows("table-unfilled", set(rows))


def without_headings_again(draft: Draft) -> None:
    """Take the rows out that say the headings again, as on each page of a print."""
    names = [_BLANKS.sub("", name) for name in draft.headings]
    if sum(map(bool, names)) > 1:
        cells = (pl.col(str(place)).str.replace_all(_BLANKS.pattern, "") for place in range(len(names)))
        same = pl.all_horizontal(cell == name for cell, name in zip(cells, names, strict=True))
        rows = draft.frame.select(same.alias("0"))["0"].arg_true()
        draft.drop_rows("table-heading-again", {draft.table.row(index) for index in rows})


def without_blank_columns(draft: Draft) -> None:
    """Take the columns out that have neither a heading nor a value, and those that a merged heading covers blankly."""
    blank = [
        place
        for place in range(draft.frame.width)
        if not filled(draft.frame[str(place)]).any() and (not draft.headings[place] or _is_covered(draft, place))
    ]
    if len(blank) < draft.frame.width:
        draft.drop("table-blank-column", blank)


def _is_covered(draft: Draft, place: int) -> bool:
    """Say whether a blank column belongs to the one before it: one merged cell heads both."""
    number, rows = draft.places[place], range(draft.table.heading_first, draft.table.heading_row + 1)
    return any(
        left < number <= right and top in rows and draft.headings[place] == draft.headings[place - 1]
        for top, left, _bottom, right in draft.grid.merged
    )


def of_notes(notes: Sequence[Note], tables: Sequence[Table]) -> Iterator[Change]:
    """Yield what was put aside, by where it stood."""
    for note in notes:
        yield Change(_rule(note, tables), note.sheet, note.row, place=note.place, before=note.text)


def _rule(note: Note, tables: Sequence[Table]) -> str:
    of_sheet = [table for table in tables if table.sheet == note.sheet]
    first = min((table.heading_first for table in of_sheet if table.heading_first), default=0)
    if note.row < first:
        return "L3-01"
    below = all(note.row > table.row(max(0, table.frame.height - 1)) for table in of_sheet)
    return "table-notes" if of_sheet and below else "L1-04"
