"""Writing a workbook of the official form's layout (GIF 465-3): sheets, cells and formulas as there, own guide."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils.cell import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ckanext.hokkaido_inventory.domain.questions import of_sheet
from ckanext.hokkaido_inventory.workbook.cells import Vocabularies, choices_of
from ckanext.hokkaido_inventory.workbook.layout import (
    DEPARTMENT,
    MANUAL_SHEET,
    OFFICIAL_SHEETS,
    PERSON,
    PURPOSE_SHEET,
    SheetLayout,
)
from ckanext.hokkaido_inventory.workbook.purpose import write_purposes
from ckanext.hokkaido_inventory.workbook.template_layout import FORM_CODE_LABEL
from ckanext.hokkaido_inventory.workbook.writer import choose_from, dress, fill, head, note, print_wide, put, shown

__all__ = ["FORM_ROWS", "write_official"]

#: The form has rows for so many data sets; more are added below in the same way.
FORM_ROWS = 59

_NUMBER = "オープンデータの推進状況に係る調査票"
_REFERENCE = re.compile(r"\b([A-Z]{1,2})([0-9]+)\b")
_WIDTHS = {
    2: {"A": 5, "B": 28, "I": 24, "L": 18, "M": 30},
    3: {"A": 5, "B": 8, "C": 24, "G": 18, "H": 40, "I": 30},
    4: {"A": 5, "B": 28, "V": 24, "AE": 30, "AF": 30},
}
_HEAD_HEIGHT = 34
_GUIDE = (
    "この調査票は、保有するデータを一つずつ、公開できるかどうか確かめるためのものです。",
    "シート2のデータ名に、表や台帳を一行に一つ書き、六つの問いに 有・無・要確認 で答えてください。",
    "公開可否は自動で計算されます。灰色のセルには入力しないでください。",
    "シート3に需要の確認、シート4に公開の状態と方法を書いてください。公開不可の行は、シート4への回答は要りません。",
)


def write_official(
    rows: Sequence[Mapping[str, object]],
    header: Mapping[str, str] | None = None,
    vocabularies: Vocabularies | None = None,
) -> bytes:
    """Return a workbook of the form's layout, filled with rows in their order.

    `rows` hold answers by key (codes, ISO dates, integers); keys the form does not ask are left out. `header` may hold
    `department`, `person` and the texts of the first worksheet (see `purpose.PURPOSES`), and under `code` the visible
    number of the workbook.
    """
    header = header or {}
    book = Workbook()
    dress(book)
    manual = book.active
    manual.title = MANUAL_SHEET
    note(manual["A1"], f"{_NUMBER}　{MANUAL_SHEET}", "title")
    for number, line in enumerate(_GUIDE, 3):
        note(manual.cell(number, 1), line)
    if code := header.get("code"):
        note(manual.cell(len(_GUIDE) + 4, 1), f"{FORM_CODE_LABEL}：{code}", "label")
    purpose = book.create_sheet(PURPOSE_SHEET)
    note(purpose["A1"], "①オープンデータ化の意義の確認", "title")
    note(purpose["A2"], f"{_NUMBER}（1/4）オープンデータ化の意義確認用ワークシート")
    write_purposes(purpose, header)
    for layout in OFFICIAL_SHEETS.values():
        sheet = book.create_sheet(layout.title)
        _write_head(sheet, layout, header)
        _write_rows(sheet, layout, rows, vocabularies or {})
    book.active = 2
    book.calculation.fullCalcOnLoad = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_head(sheet: Worksheet, layout: SheetLayout, header: Mapping[str, str]) -> None:
    part = layout.title.partition(". ")[2]
    note(sheet["A1"], part, "title")
    note(sheet["A2"], f"{_NUMBER}（{layout.number}/4）{part}")
    label_column = column_index_from_string(layout.label_column)
    for row, label, key in zip(layout.label_rows, (DEPARTMENT, PERSON), ("department", "person"), strict=True):
        note(sheet.cell(row, label_column), f"{label}：", "label")
        fill(sheet.cell(row, label_column + 1), header.get(key))
    for item in (*layout.groups, *layout.headings):
        if item.merged:
            sheet.merge_cells(item.merged)
        if item.text:
            head(sheet[f"{item.column}{item.row}"], item.text)
    widths = {get_column_letter(column): 12 for column in range(1, sheet.max_column + 1)} | _WIDTHS[layout.number]
    print_wide(sheet, f"{layout.header_row}:{layout.header_end}", widths)
    for row in range(layout.header_row, layout.header_end + 1):
        sheet.row_dimensions[row].height = _HEAD_HEIGHT
    sheet.freeze_panes = f"C{layout.first_row}"


def _write_rows(
    sheet: Worksheet, layout: SheetLayout, rows: Sequence[Mapping[str, object]], vocabularies: Vocabularies
) -> None:
    questions = [(item, item.column or "", choices_of(item, vocabularies)) for item in of_sheet(layout.number)]
    count = max(FORM_ROWS, len(rows))
    for distance in range(count):
        at = layout.first_row + distance
        _write_computed(sheet, layout, distance)
        answers = rows[distance] if distance < len(rows) else {}
        for item, column, choices in questions:
            _write_answer(sheet[f"{column}{at}"], shown(item, answers.get(item.key), choices))
        # Merging costs the library more with every merged area, and the form merges in its own rows only.
        if layout.name_columns and distance < FORM_ROWS:
            sheet.merge_cells(layout.name_columns.replace(":", f"{at}:") + str(at))
    last = layout.first_row + count - 1
    for _item, column, choices in questions:
        if choices:
            choose_from(sheet, f"{column}{layout.first_row}:{column}{last}", [choice.label.ja for choice in choices])
    if layout.example_row:
        put(sheet.cell(layout.example_row, 1), "例")
        put(sheet.cell(layout.example_row, 2), "公共施設一覧")
        for item, column, _choices in questions:
            _write_answer(sheet[f"{column}{layout.example_row}"], shown(item, item.example, ()))


def _write_computed(sheet: Worksheet, layout: SheetLayout, distance: int) -> None:
    at = layout.first_row + distance
    if "A" not in layout.formulas:
        put(sheet.cell(at, 1), distance + 1)
    for column, formula in layout.formulas.items():
        cell = sheet[f"{column}{at}"]
        fill(cell, quiet=column not in layout.overridable)
        cell.value = _moved(formula, distance)


def _write_answer(cell: Cell, value: str | int | dt.date | None) -> None:
    """Write an answer; a blank one leaves the formula of a cell that people may type over."""
    if value is not None or cell.value is None:
        fill(cell, value)


def _moved(formula: str, distance: int) -> str:
    """Return a formula of the first row as it stands `distance` rows below; names of sheets stay as they are."""
    pieces = re.split(r"('[^']*'!|\"[^\"]*\")", formula)
    if formula.startswith("=ROW()"):
        return formula
    return "".join(
        piece if piece[:1] in {"'", '"'} else _REFERENCE.sub(lambda at: f"{at[1]}{int(at[2]) + distance}", piece)
        for piece in pieces
    )
