"""Empty tables of standard data sets as files: CSV, and a workbook with dropdowns and a sheet of examples."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ckanext.hokkaido_standards.domain.definition import Obligation
from ckanext.hokkaido_standards.domain.template import FILLED_ROWS, ROWS, Template, TemplateColumn

__all__ = ["EXAMPLES", "as_csv", "as_workbook"]

#: Readers of returned forms know this name, and leave the sheet out.
EXAMPLES = "作成例"
_LISTS = "選択肢"
_EXAMPLE_NOTES = (
    "上の行は作成例です。公開するデータには含めないでください。",
    "データは最初のシートに書きます。使わない行は、行ごと削除してください。",
    "CSVで公開するときは、最初のシートだけを「CSV UTF-8（コンマ区切り）」で保存してください。",
)
_FILLS = {
    Obligation.MANDATORY: "FCE4D6",
    Obligation.RECOMMENDED: "DCE6F1",
    Obligation.OPTIONAL: "EDEDED",
    Obligation.UNKNOWN: "F2F2F2",
}
_MARKS = {Obligation.MANDATORY: "必須", Obligation.RECOMMENDED: "推奨", Obligation.OPTIONAL: "任意"}
_GREY = PatternFill("solid", fgColor="F2F2F2")
_TEXT = "@"
_WIDEST, _NARROWEST = 32, 11
#: Characters that the name of a worksheet must not hold, and how long it may be.
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "・"))
_LONGEST_NAME = 31


def as_csv(template: Template) -> bytes:
    """Return the table as CSV in UTF-8 with BOM: its headings, and one row where the municipality is known."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(template.headings)
    if any(template.blank_row):
        writer.writerow(template.blank_row)
    return written.getvalue().encode("utf-8-sig")


def as_workbook(template: Template) -> bytes:
    """Return the table as a workbook: a sheet to fill in, the sheet 作成例, and one of lists where there are any.

    Columns of codes, dates and the like are texts to their end, so that zeros stay; `FILLED_ROWS` rows have the code
    and name of the municipality in them, where it is known.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = template.standard.ja.translate(_NOT_IN_NAMES)[:_LONGEST_NAME]
    _head(sheet, template.columns)
    if any(template.blank_row):
        for row in range(2, FILLED_ROWS + 2):
            _row(sheet, row, template.columns, template.blank_row)
    _choices(book, sheet, template.columns)
    _examples(book, template)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _head(sheet: Worksheet, columns: Iterable[TemplateColumn]) -> None:
    for place, column in enumerate(columns, 1):
        cell = sheet.cell(1, place, column.heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=_FILLS[column.obligation])
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        mark = _MARKS.get(column.obligation, "")
        cell.comment = Comment("\n".join(filter(None, (mark, column.how))), "template", height=110, width=260)
        width = max(_NARROWEST, min(_WIDEST, 2 * len(column.heading) + 2))
        whole = sheet.column_dimensions[get_column_letter(place)]
        whole.width = width
        if column.text:
            whole.number_format = _TEXT
    sheet.freeze_panes = "A2"


def _row(sheet: Worksheet, row: int, columns: Iterable[TemplateColumn], values: Iterable[str]) -> None:
    for place, (column, value) in enumerate(zip(columns, values, strict=True), 1):
        if not value:
            continue
        # A text even where it looks like a number or a formula: the zero of a code stays.
        cell = sheet.cell(row, place)
        cell.value, cell.data_type = value, "s"
        if column.text:
            cell.number_format = _TEXT


def _choices(book: Workbook, sheet: Worksheet, columns: tuple[TemplateColumn, ...]) -> None:
    """Put dropdowns on the columns whose values are known, from a sheet of their own: lists in a cell are too short."""
    listed = [(place, column) for place, column in enumerate(columns, 1) if column.values and not column.fixed]
    if not listed:
        return
    lists = book.create_sheet(_LISTS)
    for place, column in listed:
        letter = get_column_letter(listed.index((place, column)) + 1)
        for row, value in enumerate((column.heading, *column.values), 1):
            cell = lists[f"{letter}{row}"]
            cell.value, cell.data_type, cell.number_format = value, "s", _TEXT
        area = f"{quote_sheetname(_LISTS)}!${letter}$2:${letter}${len(column.values) + 1}"
        rule = DataValidation(type="list", formula1=area, allow_blank=True)
        rule.showErrorMessage = column.closed
        rule.errorTitle, rule.error = column.heading[:32], "選択肢から選んでください。"
        target = get_column_letter(place)
        rule.add(f"{target}2:{target}{ROWS + 1}")
        sheet.add_data_validation(rule)
    lists.sheet_state = "hidden"


def _examples(book: Workbook, template: Template) -> None:
    sheet = book.create_sheet(EXAMPLES, 1)
    _head(sheet, template.columns)
    _row(sheet, 2, template.columns, template.example_row)
    for cell in sheet[2]:
        cell.fill = _GREY
        cell.font = Font(italic=True, color="595959")
    for row, text in enumerate(_EXAMPLE_NOTES, 4):
        note = sheet.cell(row, 1, text)
        note.number_format = "General"
        note.font = Font(bold=True, color="C00000")
