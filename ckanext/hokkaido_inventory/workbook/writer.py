"""What every workbook we write has in common: text that stays text, looks, lists to choose from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ckanext.hokkaido_inventory.domain.question_types import AnswerKind, Choice, Question

__all__ = ["FONT", "choose_from", "comment", "head", "input_cell", "note", "print_wide", "put", "shown"]

FONT = "游ゴシック"
_THIN = Side(style="thin", color="9AA5B1")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="DCE6F1")
_QUIET = PatternFill("solid", fgColor="F0F0F0")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_FORMULA_STARTS = tuple("=+-@＝＋－＠\t")


def put(cell: Cell, value: str | int | dt.date | None) -> None:
    """Write a value; text is always written as text, never as a formula, whatever it starts with (UP-07)."""
    if not isinstance(value, str):
        cell.value = value
        return
    # `_x0041_` in a file means the letter A, so that an underscore that looks like its start is written escaped.
    cell.value = _ESCAPED.sub("_x005F_", _NOT_IN_XML.sub(" ", value))
    cell.data_type = "s"
    if value.startswith(_FORMULA_STARTS):
        # Otherwise Excel would make a formula of it as soon as somebody edits the cell.
        cell.quotePrefix = True


def shown(question: Question, value: object, choices: Sequence[Choice]) -> str | int | dt.date | None:
    """Return what stands in a cell for a stored answer: the label of a code, a date for an ISO date."""
    if value in (None, ""):
        return None
    if question.kind is AnswerKind.DATE:
        return dt.date.fromisoformat(str(value))
    if question.kind is AnswerKind.NUMBER:
        return int(str(value))
    return next((choice.label.ja for choice in choices if choice.code == value), str(value))


def head(cell: Cell, text: str, *, size: int = 10) -> None:
    """Write a heading cell."""
    put(cell, text)
    cell.font = Font(name=FONT, bold=True, size=size)
    cell.fill = _HEAD
    cell.border = _BOX
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")


def note(cell: Cell, text: str, *, bold: bool = False, size: int = 10) -> None:
    """Write a line of explanation."""
    put(cell, text)
    cell.font = Font(name=FONT, bold=bold, size=size)
    cell.alignment = Alignment(vertical="top", wrap_text=False)


def input_cell(cell: Cell, *, locked: bool = False, quiet: bool = False) -> None:
    """Give a cell of the table its look; `quiet` ones are computed or examples."""
    cell.border = _BOX
    cell.font = Font(name=FONT, size=10, italic=quiet, color="666666" if quiet else None)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.protection = Protection(locked=locked)
    if quiet:
        cell.fill = _QUIET


def comment(cell: Cell, text: str) -> None:
    """Attach an explanation that appears when the pointer rests on the cell."""
    cell.comment = Comment(text, "棚卸し調査", width=320, height=110)


def choose_from(sheet: Worksheet, area: str, source: str | Sequence[str], *, strict: bool = True) -> None:
    """Offer a list in an area of cells.

    `source` is a list of answers (together at most 255 characters) or a reference to cells; unless `strict`, other
    answers can be typed too.
    """
    formula = source if isinstance(source, str) else f'"{",".join(source)}"'
    rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=strict)
    if strict:
        rule.errorTitle = "選択肢にない回答です"
        rule.error = "一覧から選んでください。"
    rule.add(area)
    sheet.add_data_validation(rule)


def print_wide(sheet: Worksheet, title_rows: str, widths: Mapping[str, float]) -> None:
    """Set column widths (in characters) and print on landscape A4, all columns on one page, headings on each page."""
    for column, width in widths.items():
        sheet.column_dimensions[column].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = title_rows
    sheet.oddFooter.center.text = "&P / &N"
