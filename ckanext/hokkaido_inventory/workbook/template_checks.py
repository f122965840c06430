"""Checks inside the template that say what the server would say: lists, limits, and colours for what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.cell import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ckanext.hokkaido_inventory.domain.disclosure import Decision
from ckanext.hokkaido_inventory.domain.question_types import AnswerKind
from ckanext.hokkaido_inventory.domain.questions import DISCLOSURE_KEYS, question
from ckanext.hokkaido_inventory.workbook.template_layout import (
    CHANGE_LABELS,
    TEMPLATE_CHANGE,
    TEMPLATE_DECISION,
    TemplateColumn,
)
from ckanext.hokkaido_inventory.workbook.writer import choose_from

__all__ = ["add_checks"]

_RED, _AMBER, _YELLOW = "F8CBAD", "FFD966", "FFF2CC"
#: Kinds of personal information, and the request for its release: 有 there speaks against 無 (see `contradictions`).
_PERSONAL, *_KINDS = DISCLOSURE_KEYS[:4]


def add_checks(
    sheet: Worksheet, columns: Sequence[TemplateColumn], first: int, last: int, lists: Mapping[str, str]
) -> None:
    """Add lists, limits and colours to the rows from `first` to `last`.

    :param lists: areas of cells that hold the answers of a vocabulary or a question, by its name.
    """
    letters = {column.key or column.heading: get_column_letter(place) for place, column in enumerate(columns, 1)}
    for name, letter in letters.items():
        area = f"{letter}{first}:{letter}{last}"
        if name == TEMPLATE_CHANGE:
            choose_from(sheet, area, list(CHANGE_LABELS.values()))
        elif name in {column.key for column in columns if column.key}:
            _check_answers(sheet, name, area, lists)
    _colour(sheet, letters, get_column_letter(len(columns)), first, last)


def _check_answers(sheet: Worksheet, key: str, area: str, lists: Mapping[str, str]) -> None:
    item = question(key)
    listed = lists.get(item.vocabulary or item.key)
    if listed:
        choose_from(sheet, area, listed, strict=item.kind is AnswerKind.CHOICE)
    elif item.choices:
        choose_from(sheet, area, [choice.label.ja for choice in item.choices])
    elif item.kind is AnswerKind.NUMBER:
        _check(sheet, area, "whole", "greaterThanOrEqual", "0", "0以上の整数を入力してください。")
    elif item.kind is AnswerKind.TEXT:
        limit = f"{item.max_length}文字までで入力してください。"
        _check(sheet, area, "textLength", "lessThanOrEqual", str(item.max_length), limit)
    # A date is not checked here: the server also takes 令和8年4月1日, which Excel would refuse.


def _check(sheet: Worksheet, area: str, kind: str, operator: str, value: str, message: str) -> None:
    rule = DataValidation(type=kind, operator=operator, formula1=value, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = "入力できない値です", message
    rule.add(area)
    sheet.add_data_validation(rule)


def _colour(sheet: Worksheet, letters: Mapping[str, str], right: str, first: int, last: int) -> None:
    """Mark rows without a name red, contradictions amber, what is missing yellow, and what is gone struck out.

    The rules say of a row what `row.gaps` says of it; a row marked 廃止 lacks nothing.
    """
    at = {name: f"${letter}{first}" for name, letter in letters.items()}
    title, description, decision = at["title"], letters["description"], letters[TEMPLATE_DECISION]
    six = [letters[key] for key in DISCLOSURE_KEYS]
    after = get_column_letter(sheet[f"{decision}1"].column + 1)
    filled = f"COUNTA(${description}{first}:${six[-1]}{first},${after}{first}:${right}{first})>0"
    gone = f'{at[TEMPLATE_CHANGE]}="{CHANGE_LABELS["gone"]}"'
    struck = FormulaRule(formula=[gone], font=Font(strike=True, color="808080"), stopIfTrue=True)
    sheet.conditional_formatting.add(f"A{first}:{right}{last}", struck)
    against = ",".join(f'{at[key]}="有"' for key in _KINDS)
    named = f'TRIM({title})<>""'
    marks = [
        (f"{letters['title']}{first}:{letters['title']}{last}", f'AND(TRIM({title})="",{filled})', _RED),
        (
            f"{letters[_PERSONAL]}{first}:{letters[_KINDS[-1]]}{last}",
            f'AND({at[_PERSONAL]}="無",OR({against}))',
            _AMBER,
        ),
        (f"{description}{first}:{six[-1]}{last}", f'AND({named},TRIM({description}{first})="")', _YELLOW),
    ]
    if "reason" in letters:
        closed = f'AND({at[TEMPLATE_DECISION]}="{Decision.CLOSED.label}",{at["reason"]}="")'
        marks.append((f"{letters['reason']}{first}:{letters['reason']}{last}", closed, _YELLOW))
    for area, formula, colour in marks:
        rule = FormulaRule(formula=[formula], fill=PatternFill(bgColor=colour))
        sheet.conditional_formatting.add(area, rule)
