"""Reading the suite's own template: columns by heading, rows by their visible number."""

from __future__ import annotations

from dataclasses import dataclass, field

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.form_code import read_code
from ckanext.hokkaido_inventory.domain.question_sets import QuestionSet
from ckanext.hokkaido_inventory.domain.questions import question
from ckanext.hokkaido_inventory.workbook.cells import Column, Vocabularies
from ckanext.hokkaido_inventory.workbook.checks import check_contradictions, check_decision
from ckanext.hokkaido_inventory.workbook.grid import Grid
from ckanext.hokkaido_inventory.workbook.layout import DEPARTMENT, FINDINGS_SHEET, PERSON
from ckanext.hokkaido_inventory.workbook.result import ReadResult, RowRead, WorkbookKind
from ckanext.hokkaido_inventory.workbook.template_layout import (
    CHANGE_LABELS,
    CODE_SHEET,
    FORM_CODE,
    FORM_CODE_LABEL,
    GUIDE_SHEET,
    QUESTION_SET,
    TEMPLATE_CHANGE,
    TEMPLATE_COLUMNS,
    TEMPLATE_DECISION,
    TEMPLATE_EXAMPLE,
    TEMPLATE_NUMBER,
    TEMPLATE_SHEET,
    TEMPLATE_TITLE,
    columns_of,
    read_change,
)

__all__ = ["find_answer_sheet", "read_template"]

_SEARCH_ROWS = 20
#: So many of the template's headings must stand in one row for the row to be its heading row.
_RECOGNISED = 6
_MAX_NUMBER = 999_999


@dataclass(slots=True)
class _Table:
    """The table of answers: its heading row, and the column of each heading."""

    grid: Grid
    header_row: int
    places: dict[str, int]
    columns: list[Column] = field(default_factory=list)
    seen: dict[int, int] = field(default_factory=dict)
    indexes: dict[str, int] = field(default_factory=dict)


def _key(heading: str) -> str:
    # The template marks what must be answered with an asterisk.
    return comparison_key(heading).strip("*※")


_HEADINGS = {_key(column.heading): column.heading for column in TEMPLATE_COLUMNS}
#: The headings by which a sheet is recognised; those of the longest set of questions are words of other tables too.
_TELLING = frozenset(_key(column.heading) for column in columns_of(QuestionSet.STANDARD))


def find_answer_sheet(grids: list[Grid]) -> Grid | None:
    """Return the template's sheet of answers, found by name, or by its headings if somebody renamed it."""
    named = [grid for grid in grids if comparison_key(grid.name) == comparison_key(TEMPLATE_SHEET)]
    alike = [grid for grid in grids if _header_row(grid)[1] >= _RECOGNISED]
    return next((grid for grid in [*named, *alike] if grid in alike), (named or [None])[0])


def read_template(grids: list[Grid], grid: Grid, vocabularies: Vocabularies) -> ReadResult:
    """Read a workbook that was made from the template, also one that lost its hidden sheet, checks and protection."""
    result = ReadResult(WorkbookKind.TEMPLATE, sheets=[grid.name])
    header_row, matches = _header_row(grid)
    if not matches:
        result.findings += [grid.at("heading_missing", None, None, heading=item.heading) for item in TEMPLATE_COLUMNS]
        return result
    result.header = _header(grid, header_row)
    result.codes = _codes(grids) | _visible_code(grid, header_row, result)
    table = _Table(grid, header_row, _columns(grid, header_row, result))
    for item in TEMPLATE_COLUMNS:
        if item.key and item.heading in table.places:
            index = table.places[item.heading]
            table.columns.append(Column(question(item.key), index, item.heading, vocabularies))
            table.indexes[item.key] = index
    result.findings += [each.at("sheet_unknown") for each in grids if each.rows and not _belongs(each, grid)]
    for row in range(header_row + 1, grid.height + 1):
        _read_row(table, row, result)
    if not result.rows and not result.findings:
        result.findings.append(grid.at("no_rows", first=header_row + 1))
    return result


def _header_row(grid: Grid) -> tuple[int, int]:
    """Return the row with most of the template's headings, and how many they are."""
    best = (0, 0)
    for row in range(1, min(grid.height, _SEARCH_ROWS) + 1):
        found = {_key(grid.text(row, column)) for column in range(1, grid.width + 1)} & _TELLING
        if len(found) > best[1]:
            best = (row, len(found))
    return best


def _columns(grid: Grid, row: int, result: ReadResult) -> dict[str, int]:
    columns: dict[str, int] = {}
    remarks = question("remarks").label.ja
    for column in range(1, grid.width + 1):
        text = grid.text(row, column)
        heading = _HEADINGS.get(_key(text))
        if not text:
            continue
        if heading is None:
            result.findings.append(grid.at("heading_unknown", row, column, text[:40], remarks=remarks))
        elif heading in columns:
            result.findings.append(grid.at("heading_duplicate", row, column, text[:40]))
        else:
            columns[heading] = column
    # A file that lost its codes is asked for the shortest set: nobody can tell which columns somebody took out.
    wanted = columns_of(result.codes.get(QUESTION_SET, QuestionSet.LIGHT))
    there = {*columns, TEMPLATE_DECISION, TEMPLATE_CHANGE}
    missing = [item.heading for item in wanted if item.heading not in there]
    result.findings += [grid.at("heading_missing", row, None, heading=heading) for heading in missing]
    return columns


def _header(grid: Grid, header_row: int) -> dict[str, str]:
    labels = (("department", DEPARTMENT), ("person", PERSON))
    return {key: value for key, label in labels if (value := _beside(grid, label, header_row)[0])}


def _beside(grid: Grid, label: str, header_row: int) -> tuple[str, int, int]:
    """Return what stands in the cell to the right of a label above the headings, and where."""
    for row in range(1, header_row):
        for column in range(1, grid.width):
            if grid.text(row, column).startswith(label) and (value := grid.text(row, column + 1)):
                return value, row, column + 1
    return "", 0, 0


def _visible_code(grid: Grid, header_row: int, result: ReadResult) -> dict[str, str]:
    text, row, column = _beside(grid, FORM_CODE_LABEL, header_row)
    if not text:
        return {}
    if read_code(text) is None:
        result.findings.append(grid.at("form_code_invalid", row, column, text[:40]))
        return {}
    return {FORM_CODE: text}


def _codes(grids: list[Grid]) -> dict[str, str]:
    hidden = next((grid for grid in grids if grid.name == CODE_SHEET), None)
    if hidden is None:
        return {}
    return {name: hidden.text(row, 2) for row in range(1, hidden.height + 1) if (name := hidden.text(row, 1))}


def _belongs(each: Grid, answers: Grid) -> bool:
    if each.name.startswith(FINDINGS_SHEET):
        # The list that the portal put into the workbook it sent back.
        return True
    return each is answers or each.name == CODE_SHEET or comparison_key(each.name) == comparison_key(GUIDE_SHEET)


def _read_row(table: _Table, at: int, result: ReadResult) -> None:
    grid = table.grid
    number_column = table.places.get(TEMPLATE_NUMBER, 0)
    is_example = comparison_key(grid.text(at, number_column)).startswith(TEMPLATE_EXAMPLE)
    if is_example or not any(grid.is_filled(at, column.index) for column in table.columns):
        return
    row = RowRead(_number(table, at, number_column, result), grid.name, at, change=_change(table, at, result))
    for column, value, finding in grid.answers(at, table.columns):
        row.values[column.question.key] = value
        if finding:
            result.findings.append(finding)
    title = table.places.get(TEMPLATE_TITLE)
    if title and not grid.is_filled(at, title):
        result.findings.append(grid.at("title_missing", at, title))
    check_contradictions(grid, row, table.indexes, result)
    if TEMPLATE_DECISION in table.places:
        check_decision(grid, row, table.places[TEMPLATE_DECISION], result)
    result.rows.append(row)


def _change(table: _Table, at: int, result: ReadResult) -> Change | None:
    column = table.places.get(TEMPLATE_CHANGE)
    if not column:
        return None
    text = table.grid.text(at, column)
    try:
        return read_change(text) if text else None
    except KeyError:
        choices = "、".join(CHANGE_LABELS.values())
        finding = table.grid.at("not_in_list", at, column, text[:40], heading=TEMPLATE_CHANGE, choices=choices)
        result.findings.append(finding)
        return None


def _number(table: _Table, at: int, column: int, result: ReadResult) -> int | None:
    text = comparison_key(table.grid.text(at, column))
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= _MAX_NUMBER:
        result.findings.append(table.grid.at("number_invalid", at, column, text[:40]))
        return None
    number = int(text)
    if number in table.seen:
        result.findings.append(table.grid.at("number_duplicate", at, column, str(number), first=table.seen[number]))
    table.seen.setdefault(number, at)
    return number
