"""The workbook a person sent, back with its errors marked: cells coloured and commented, and a list of them all."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.cell import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from ckanext.hokkaido_core.workbook_biff import Encrypted
from ckanext.hokkaido_core.workbook_faults import reading_workbook
from ckanext.hokkaido_core.workbook_scan import MAX_COLUMNS, MAX_ROWS, Damaged, scan_workbook
from ckanext.hokkaido_inventory.domain.findings import Finding, Severity, Translate
from ckanext.hokkaido_inventory.domain.wording import N_
from ckanext.hokkaido_inventory.workbook.cells import plain_text
from ckanext.hokkaido_inventory.workbook.guard import inspect
from ckanext.hokkaido_inventory.workbook.layout import FINDINGS_SHEET
from ckanext.hokkaido_inventory.workbook.writer import dress, head, note, put

__all__ = ["mark"]

_FILLS = {
    Severity.ERROR: PatternFill("solid", fgColor="F8CBAD"),
    Severity.WARNING: PatternFill("solid", fgColor="FFE699"),
}
_NAMES = {Severity.ERROR: N_("Error"), Severity.WARNING: N_("Warning")}
_HEADINGS = (N_("Kind"), N_("Sheet"), N_("Row"), N_("Column"), N_("Value"), N_("Problem"), N_("What to do"))
_WIDTHS = (10, 30, 8, 8, 30, 70, 70)
_AUTHOR = "棚卸し調査"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCODINGS = ("utf-8-sig", "cp932", "euc_jp", "utf-16")
#: A comment longer than this is cut by Excel's box; the list has the whole.
_COMMENT = 1000
#: Parts of a formula that reach outside its workbook: another file, or another program (UP-05).
_OUTSIDE = re.compile(r"\[[0-9]+\]|\|")


def mark(content: bytes, findings: Sequence[Finding], translate: Translate = str) -> bytes:
    """Return a workbook (.xlsx) with the content of a file and its findings marked.

    The file's own sheets and looks are kept where it is an honest .xlsx workbook; of a .csv or .xls file only the
    content is. What cannot be opened safely gives a workbook with the list alone. No formula is ever computed here:
    one that reaches outside the workbook, or stands where an answer is asked, comes back as text.
    """
    book = _opened(content)
    _mark_cells(book, findings, translate)
    _write_list(book, findings, translate)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _opened(content: bytes) -> Workbook:
    if content.startswith(b"PK"):
        return _workbook(content)
    if content.startswith(_OLE):
        return _old_workbook(content)
    return _text_workbook(content)


def _workbook(content: bytes) -> Workbook:
    book = _loaded(content) or _empty()
    for sheet in book.worksheets:
        if sheet.title.startswith(FINDINGS_SHEET):
            book.remove(sheet)
            continue
        for cell in (cell for cells in sheet.iter_rows() for cell in cells):
            if cell.data_type == "f" and _OUTSIDE.search(str(getattr(cell.value, "text", cell.value))):
                _as_text(cell)
    return book


def _loaded(content: bytes) -> Workbook | None:
    """Open a workbook that the reader takes, and no other: this library needs much more memory for the same cells."""
    if inspect(content):
        return None
    # What this library raises for parts of a workbook that it does not know.
    with suppress(Damaged, KeyError, ValueError, TypeError, IndexError, AttributeError):
        if all(scan.reasonable for scan in scan_workbook(content)):
            return load_workbook(io.BytesIO(content), keep_links=False)
    return None


def _old_workbook(content: bytes) -> Workbook:
    book = _empty()
    with suppress(Damaged, Encrypted), reading_workbook():
        old = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in old.sheet_names:
            rows = old.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MAX_ROWS)
            _fill_sheet(book.create_sheet(name), rows)
    return book


def _text_workbook(content: bytes) -> Workbook:
    book = _empty()
    for encoding in _ENCODINGS:
        with suppress(UnicodeDecodeError, UnicodeError, csv.Error):
            text = content.decode(encoding)
            rows = list(csv.reader(io.StringIO(text), delimiter="\t" if text.count("\t") > text.count(",") else ","))
            _fill_sheet(book.create_sheet("CSV"), rows[:MAX_ROWS])
            return book
    return book


def _empty() -> Workbook:
    book = Workbook()
    book.remove(book.active)
    return book


def _fill_sheet(sheet: Worksheet, rows: Sequence[Sequence[object]]) -> None:
    """Write values as text that stays text; numbers and dates of an old workbook are written as people read them."""
    for at, row in enumerate(rows, 1):
        for place, value in enumerate(row[:MAX_COLUMNS], 1):
            if text := plain_text(value):
                put(sheet.cell(at, place), text)


def _mark_cells(book: Workbook, findings: Sequence[Finding], translate: Translate) -> None:
    places: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        sheet = _sheet_of(book, finding)
        if sheet is not None and finding.row:
            places[sheet.title, f"{finding.column or 'A'}{finding.row}"].append(finding)
    for (name, place), found in places.items():
        cell = _cell(book[name], place)
        if any(finding.code == "formula" for finding in found) and cell.data_type == "f":
            _as_text(cell)
        worst = min((finding.severity for finding in found), key=list(Severity).index)
        cell.fill = _FILLS[worst]
        said = "\n".join(f"{each.message(translate)}\n→ {each.remedy(translate)}" for each in found)
        before = f"{cell.comment.text}\n\n" if cell.comment else ""
        cell.comment = Comment(f"{said}\n\n{before}".strip()[:_COMMENT], _AUTHOR, width=380, height=160)


def _sheet_of(book: Workbook, finding: Finding) -> Worksheet | None:
    """Return the sheet a finding speaks of; a file without sheets has but one."""
    if finding.sheet in book.sheetnames:
        return book[finding.sheet]
    return book.worksheets[0] if len(book.worksheets) == 1 else None


def _cell(sheet: Worksheet, place: str) -> Cell:
    """Return a cell, the first of its area where it is merged."""
    cell = sheet[place]
    if isinstance(cell, MergedCell):
        area = next(area for area in sheet.merged_cells.ranges if place in area)
        return sheet.cell(area.min_row, area.min_col)
    return cell


def _as_text(cell: Cell) -> None:
    put(cell, str(getattr(cell.value, "text", None) or cell.value))


def _write_list(book: Workbook, findings: Sequence[Finding], translate: Translate) -> None:
    dress(book)
    sheet = book.create_sheet(FINDINGS_SHEET)
    for place, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True), 1):
        head(sheet.cell(1, place), translate(heading))
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    for at, finding in enumerate(findings, 2):
        values = (
            translate(_NAMES[finding.severity]),
            finding.sheet,
            finding.row,
            finding.column,
            finding.value,
            finding.message(translate),
            finding.remedy(translate),
        )
        for place, value in enumerate(values, 1):
            note(sheet.cell(at, place), "", "text")
            put(sheet.cell(at, place), value)
        target = _sheet_of(book, finding)
        if target is not None and target is not sheet and finding.row:
            name = target.title.replace("'", "''")
            sheet.cell(at, 3).hyperlink = f"#'{name}'!{_letter(finding)}{finding.row}"
    book.active = len(book.sheetnames) - 1
    for each in book.worksheets:
        each.sheet_view.tabSelected = each is sheet


def _letter(finding: Finding) -> str:
    return get_column_letter(column_index_from_string(finding.column)) if finding.column else "A"
