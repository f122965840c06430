"""What every workbook we write has in common: text that stays text, looks, lists to choose from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ckanext.hokkaido_inventory.domain.question_types import AnswerKind, Choice, Question

__all__ = ["choose_from", "comment", "dress", "fill", "head", "note", "print_wide", "put", "shown"]

FONT = "游ゴシック"
_THIN = Side(style="thin", color="9AA5B1")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="DCE6F1")
_QUIET = PatternFill("solid", fgColor="F0F0F0")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_FORMULA_STARTS = tuple("=+-@＝＋－＠\t")


def put(cell: Cell, value: str | float | dt.date | None) -> None:
    """Write a value; text is always written as text, never as a formula, whatever it starts with (UP-07)."""
    if not isinstance(value, str):
        if value is not None:
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


def dress(book: Workbook) -> None:
    """Give a workbook the looks that `head`, `note` and `fill` refer to by name; one of ours has them already."""
    base = {"name": FONT, "size": 10}
    middle = Alignment(wrap_text=True, vertical="center", horizontal="center")
    top = Alignment(wrap_text=True, vertical="top")
    quiet = {"font": Font(**base, color="666666"), "fill": _QUIET}
    for name, look in {
        "h_head": {"font": Font(**base, bold=True), "fill": _HEAD, "border": _BOX, "alignment": middle},
        "h_note": {"font": Font(**base)},
        "h_label": {"font": Font(**base, bold=True)},
        "h_title": {"font": Font(name=FONT, size=14, bold=True)},
        "h_input": {"font": Font(**base), "border": _BOX, "alignment": top, "protection": Protection(locked=False)},
        "h_text": {"font": Font(**base), "border": _BOX, "alignment": top},
        "h_quiet": {**quiet, "border": _BOX, "alignment": top},
    }.items():
        if name not in book.named_styles:
            book.add_named_style(NamedStyle(name, **look))


def head(cell: Cell, text: str) -> None:
    """Write a heading cell."""
    cell.style = "h_head"
    put(cell, text)


def note(cell: Cell, text: str, look: str = "note") -> None:
    """Write a line of explanation; `look` is note, label, title, or text for one with a frame."""
    cell.style = f"h_{look}"
    put(cell, text)


def fill(cell: Cell, value: str | int | dt.date | None = None, *, quiet: bool = False) -> None:
    """Write a cell of a table; `quiet` ones are computed or examples, grey and locked."""
    # The look comes first: it would take away the mark that text is text.
    cell.style = "h_quiet" if quiet else "h_input"
    put(cell, value)
    if isinstance(value, dt.date):
        cell.number_format = "yyyy-mm-dd"


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
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.75
    sheet.page_margins.footer = 0.3
    sheet.oddFooter.center.text = "&P / &N"
