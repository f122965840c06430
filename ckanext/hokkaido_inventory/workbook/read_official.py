"""Reading the official form (GIF 465-3): sheets 2, 3 and 4 joined by row."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils.cell import column_index_from_string, get_column_letter

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.domain.finding_kinds import kind
from ckanext.hokkaido_inventory.domain.findings import Finding
from ckanext.hokkaido_inventory.domain.form_code import read_code
from ckanext.hokkaido_inventory.domain.questions import of_sheet, question
from ckanext.hokkaido_inventory.workbook.cells import Column, Vocabularies
from ckanext.hokkaido_inventory.workbook.checks import check_contradictions, check_decision
from ckanext.hokkaido_inventory.workbook.grid import Grid
from ckanext.hokkaido_inventory.workbook.headings import Alignment, Expected, align
from ckanext.hokkaido_inventory.workbook.layout import (
    DEPARTMENT,
    EXAMPLE_WORDS,
    FINDINGS_SHEET,
    MAIN_SHEET,
    MANUAL_SHEET,
    OFFICIAL_SHEETS,
    PERSON,
    PURPOSE_SHEET,
    SheetLayout,
)
from ckanext.hokkaido_inventory.workbook.purpose import read_purposes
from ckanext.hokkaido_inventory.workbook.result import ReadResult, RowRead, WorkbookKind
from ckanext.hokkaido_inventory.workbook.template_layout import FORM_CODE, FORM_CODE_LABEL

__all__ = ["find_sheets", "read_official"]

#: So many of a sheet's headings must be there for a renamed sheet to be taken for it.
_RECOGNISED = 0.6
#: The form's headings start within these rows even when somebody put lines above them.
_SEARCH_ROWS = 30
#: The column of sheet 2 in which the form computes the decision.
_DECISION = "L"
#: What the formula of a computed cell shows when nobody typed into it; a cleaned file has only its value left.
_COMPUTED = {"要確認", "未回答項目有り", "検討結果を記入してください", "FALSE"}


@dataclass(slots=True)
class _Part:
    """One worksheet of the form in the file: where its rows start and which columns are which.

    `places` maps the form's column letters to the columns found, `typed_over` are the columns that the form computes
    but people may type into.
    """

    layout: SheetLayout
    grid: Grid
    first_row: int
    alignment: Alignment
    places: dict[str, int]
    columns: list[Column]
    typed_over: frozenset[int]

    def filled(self, row: int) -> bool:
        """Say whether anybody answered anything in a row."""
        return any(
            self.grid.is_filled(row, column.index) and not self.is_computed(row, column.index)
            for column in self.columns
        )

    def is_computed(self, row: int, column: int) -> bool:
        """Say whether a cell people may type into still shows what the form computes."""
        if column not in self.typed_over:
            return False
        return self.grid.is_formula(row, column) or self.grid.text(row, column) in _COMPUTED


def find_sheets(grids: list[Grid]) -> dict[int, Grid]:
    """Return the worksheets of the form by number, found by name, or by their headings if somebody renamed them."""
    found = {}
    for number, layout in OFFICIAL_SHEETS.items():
        named = [grid for grid in grids if comparison_key(grid.name) == comparison_key(layout.title)]
        alike = [grid for grid in grids if _resemblance(layout, grid) >= _RECOGNISED]
        if candidates := named or alike:
            found[number] = candidates[0]
    return found


def read_official(grids: list[Grid], sheets: dict[int, Grid], vocabularies: Vocabularies) -> ReadResult:
    """Read a workbook of the official layout.

    `sheets` is what `find_sheets` gave and holds at least one sheet. Every row of sheet 2 with anything in it becomes a
    row, however many there are; rows of sheets 3 and 4 belong to the row of sheet 2 at the same distance from their
    first row, as the form's own formulas say.
    """
    result = ReadResult(WorkbookKind.OFFICIAL)
    parts = {
        number: _part(layout, sheets[number], vocabularies, result)
        for number, layout in OFFICIAL_SHEETS.items()
        if number in sheets
    }
    for number, layout in OFFICIAL_SHEETS.items():
        if number not in sheets:
            result.findings.append(Finding(kind("sheet_missing"), params={"missing": layout.title}))
    strangers = [grid for grid in grids if grid.rows and not _belongs(grid, sheets)]
    result.findings += [grid.at("sheet_unknown") for grid in strangers]
    result.sheets = [part.grid.name for part in parts.values()]
    _read_header(grids, parts, result)
    result.codes = _visible_code(grids)
    for distance in range(max(part.grid.height - part.first_row + 1 for part in parts.values())):
        _read_row(parts, distance, result)
    if not result.rows and not result.findings:
        first = next(iter(parts.values()))
        result.findings.append(first.grid.at("no_rows", first=first.first_row))
    return result


def _belongs(grid: Grid, sheets: dict[int, Grid]) -> bool:
    known = {comparison_key(MANUAL_SHEET), comparison_key(PURPOSE_SHEET)}
    return grid in sheets.values() or comparison_key(grid.name) in known or grid.name.startswith(FINDINGS_SHEET)


def _resemblance(layout: SheetLayout, grid: Grid) -> float:
    shift = _shift(layout, grid)
    found = grid.leaf_headings(layout.header_row + shift, layout.header_end + shift)
    named = [item for item in _expected(layout) if item.text]
    columns = align(_expected(layout), found).columns
    return sum(item.column in columns for item in named) / len(named)


def _shift(layout: SheetLayout, grid: Grid) -> int:
    """Return by how many rows the headings stand lower than in the form."""
    for row in range(1, min(grid.height, _SEARCH_ROWS) + 1):
        if grid.text(row, 1) == "#":
            return row - layout.header_row
    return 0


def _expected(layout: SheetLayout) -> list[Expected]:
    headings = {column_index_from_string(item.column): item for item in layout.headings}
    return [
        Expected(column, headings[column].text, headings[column].free) if column in headings else Expected(column, "")
        for column in range(1, max(headings) + 1)
    ]


def _part(layout: SheetLayout, grid: Grid, vocabularies: Vocabularies, result: ReadResult) -> _Part:
    shift = _shift(layout, grid)
    last = layout.header_end + shift
    found = grid.leaf_headings(layout.header_row + shift, last)
    alignment = align(_expected(layout), found)
    places = {get_column_letter(form): column for form, column in alignment.columns.items()}
    columns = [
        Column(item, places[item.column], item.label.ja, vocabularies)
        for item in of_sheet(layout.number)
        if item.column in places
    ]
    typed_over = frozenset(places[letter] for letter in layout.overridable if letter in places)
    part = _Part(layout, grid, layout.first_row + shift, alignment, places, columns, typed_over)
    _report_headings(part, found, last, result.findings)
    return part


def _report_headings(part: _Part, found: list[str], row: int, findings: list[Finding]) -> None:
    grid, alignment = part.grid, part.alignment
    remarks = question("remarks").label.ja
    findings += [grid.at("heading_missing", row, item.column, heading=item.text) for item in alignment.missing]
    findings += [
        grid.at("heading_moved", row, column, _short(found[column - 1]), heading=item.text)
        for item, column in alignment.replaced
    ]
    findings += [
        grid.at("heading_unknown", row, column, _short(found[column - 1]), remarks=remarks)
        for column in alignment.unknown
    ]


def _short(text: str) -> str:
    return text.partition("\n")[0][:40]


def _read_header(grids: list[Grid], parts: dict[int, _Part], result: ReadResult) -> None:
    places = [(part.grid, part.first_row) for part in parts.values()]
    places += [(grid, grid.height + 1) for grid in grids if comparison_key(grid.name) == comparison_key(PURPOSE_SHEET)]
    for key, label in (("department", DEPARTMENT), ("person", PERSON)):
        for grid, end in places:
            value, row = _labelled(grid, label, end)
            before = result.header.setdefault(key, value) if value else None
            if before and before != value:
                result.findings.append(grid.at("header_differs", row, None, value, heading=label, expected=before))
    for grid, _end in places:
        if comparison_key(grid.name) == comparison_key(PURPOSE_SHEET):
            result.header |= read_purposes(grid)


def _labelled(grid: Grid, label: str, end: int) -> tuple[str, int]:
    """Return what stands behind a label, in the same cell after its colon or in the next filled cell of the row."""
    for row in range(1, min(end, _SEARCH_ROWS)):
        for column in range(1, grid.width + 1):
            text = grid.text(row, column)
            if text.startswith(label):
                behind = text[len(label) :].lstrip("：: 　")
                rest = (grid.text(row, further) for further in range(column + 1, grid.width + 1))
                return behind or next(filter(None, rest), ""), row
    return "", 0


def _visible_code(grids: list[Grid]) -> dict[str, str]:
    """Return the number that the portal prints below the explanations of a form it wrote."""
    manual = next((grid for grid in grids if comparison_key(grid.name) == comparison_key(MANUAL_SHEET)), None)
    text = _labelled(manual, FORM_CODE_LABEL, manual.height + 1)[0] if manual else ""
    return {FORM_CODE: text} if read_code(text) else {}


def _read_row(parts: dict[int, _Part], distance: int, result: ReadResult) -> None:
    filled = [number for number, part in parts.items() if part.filled(part.first_row + distance)]
    if not filled:
        return
    anchor = parts.get(MAIN_SHEET) or parts[filled[0]]
    row = RowRead(distance + 1, anchor.grid.name, anchor.first_row + distance)
    for number, part in parts.items():
        _read_part(part, part.first_row + distance, row, result)
        if number != MAIN_SHEET and number in filled:
            _check_title(part, part.first_row + distance, row, result)
    title = row.values.get("title")
    if not title and MAIN_SHEET in parts:
        _report_nameless(parts, filled, distance, result)
    if title and any(word in str(title) for word in EXAMPLE_WORDS):
        result.findings.append(anchor.grid.at("example_row", row.row, None, str(title)))
    check_contradictions(anchor.grid, row, {column.question.key: column.index for column in anchor.columns}, result)
    if anchor.layout.number == MAIN_SHEET and _DECISION in anchor.places:
        check_decision(anchor.grid, row, anchor.places[_DECISION], result)
    result.rows.append(row)


def _read_part(part: _Part, at: int, row: RowRead, result: ReadResult) -> None:
    for column in part.columns:
        key = column.question.key
        if part.typed_over and part.is_computed(at, column.index):
            row.values[key] = None
            continue
        row.values[key], finding = part.grid.answer(at, column)
        if finding:
            result.findings.append(finding)


def _check_title(part: _Part, at: int, row: RowRead, result: ReadResult) -> None:
    """Warn where sheet 3 or 4 shows another name for the row, since then its answers may belong to another one."""
    column = part.places.get("B")
    shown = part.grid.text(at, column) if column else ""
    title = row.values.get("title")
    if title and shown and comparison_key(shown) != comparison_key(str(title)):
        params = {"expected": str(title)[:60], "other": row.sheet}
        result.findings.append(part.grid.at("title_differs", at, column, shown[:60], **params))


def _report_nameless(parts: dict[int, _Part], filled: list[int], distance: int, result: ReadResult) -> None:
    main = parts[MAIN_SHEET]
    at = main.first_row + distance
    if MAIN_SHEET in filled:
        result.findings.append(main.grid.at("title_missing", at, main.places.get("B", 2)))
        return
    for number in filled:
        place = {"other": main.grid.name, "expected": at}
        part = parts[number]
        result.findings.append(part.grid.at("answer_without_row", part.first_row + distance, None, **place))
