"""Writing the suite's own template: one sheet to fill, one row per data set, the last answers already in it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.utils.cell import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ckanext.hokkaido_inventory.domain.disclosure import Decision
from ckanext.hokkaido_inventory.domain.question_types import AnswerKind
from ckanext.hokkaido_inventory.domain.questions import DISCLOSURE_KEYS, question
from ckanext.hokkaido_inventory.workbook.cells import Vocabularies, choices_of
from ckanext.hokkaido_inventory.workbook.layout import DECISION_FORMULAS, DEPARTMENT, PERSON
from ckanext.hokkaido_inventory.workbook.template_layout import (
    CODE_SHEET,
    GUIDE_SHEET,
    HEADER_ROW,
    TEMPLATE_COLUMNS,
    TEMPLATE_DECISION,
    TEMPLATE_EXAMPLE,
    TEMPLATE_NUMBER,
    TEMPLATE_SHEET,
    TEMPLATE_TITLE,
    TemplateColumn,
)
from ckanext.hokkaido_inventory.workbook.writer import (
    choose_from,
    comment,
    dress,
    fill,
    head,
    note,
    print_wide,
    put,
    shown,
)

__all__ = ["CONTENT_TYPE", "SPARE_ROWS", "TemplateContent", "decision_formula", "write_template"]

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Blank rows below the filled ones, ready for new data sets.
SPARE_ROWS = 100
_FIRST_ROW = HEADER_ROW + 2
_LETTERS = {column.heading: get_column_letter(place) for place, column in enumerate(TEMPLATE_COLUMNS, 1)}
_KEY_LETTERS = {column.key: get_column_letter(place) for place, column in enumerate(TEMPLATE_COLUMNS, 1) if column.key}
_DECISION_HELP = (
    "六つの回答から自動で計算されます。入力はできません。\n"
    + "・".join(decision.label for decision in Decision)
    + " のどれかになります。"
)
_NUMBER_HELP = "送った回答と結びつける番号です。変えないでください。新しいデータでは空のままで構いません。"
_GUIDE = (
    "1. シート「回答」を開き、データ（表・台帳・ファイル）を一行に一つ書きます。",
    "2. ＊の付いた列が基本の項目です。途中まででも保存・アップロードできます。",
    "3. 六つの問いには、一覧から 有・無・要確認 を選びます。迷ったら 要確認 で構いません。",
    "4. 「公開可否」は自動で計算されます。",
    "5. 前回の回答がすでに入っています。変わったところだけ直してください。行を消しても、送った回答は消えません。",
    "6. 「番号」は送った回答と結びつけるものです。変えないでください。新しいデータは、番号のない空いた行に書きます。",
    "7. 保存して、回答ページからアップロードします。誤りがあれば、シート・行・列を示してお知らせします。",
)


@dataclass(frozen=True, slots=True)
class TemplateContent:
    """What goes into one unit's template.

    `rows` are answers by key with a whole number under `number`; `codes` are machine codes kept in the hidden sheet,
    such as the ids of survey and unit (their loss does no harm); `vocabularies` give the lists of format, frequency and
    reason.
    """

    survey: str = ""
    department: str = ""
    person: str = ""
    rows: Sequence[Mapping[str, object]] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    vocabularies: Vocabularies = field(default_factory=dict)
    spare_rows: int = SPARE_ROWS


def decision_formula(row: int) -> str:
    """Return the official form's decision as one formula over the template's columns, blank for a nameless row."""
    names = dict(zip("CDEGIJ", (f"{_KEY_LETTERS[key]}{row}" for key in DISCLOSURE_KEYS), strict=True))
    for column in "FHKL":
        names[column] = DECISION_FORMULAS[column].removeprefix("=").format(**names)
    return f'=IF({_LETTERS[TEMPLATE_TITLE]}{row}="","",{names["L"]})'


def write_template(content: TemplateContent) -> bytes:
    """Return the template workbook (.xlsx) of one unit, filled with its rows."""
    book = Workbook()
    dress(book)
    guide = book.active
    guide.title = GUIDE_SHEET
    answers = book.create_sheet(TEMPLATE_SHEET)
    lists = _write_codes(book.create_sheet(CODE_SHEET), content)
    _write_guide(guide)
    _write_head(answers, content)
    last = _write_rows(answers, content)
    _write_checks(answers, last, lists)
    _protect(answers)
    book.active = 1
    guide.sheet_view.tabSelected = False
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_guide(sheet: Worksheet) -> None:
    note(sheet["A1"], "保有データ棚卸し調査　使い方", "title")
    for row, line in enumerate(_GUIDE, 3):
        note(sheet.cell(row, 1), line)
    start = len(_GUIDE) + 5
    head(sheet.cell(start, 1), "列")
    head(sheet.cell(start, 2), "説明")
    head(sheet.cell(start, 3), "例")
    for row, column in enumerate((column for column in TEMPLATE_COLUMNS if column.key), start + 1):
        item = question(column.key or "")
        for place, text in enumerate((column.heading, item.help.ja, item.example), 1):
            note(sheet.cell(row, place), text, "text")
    print_wide(sheet, "1:1", {"A": 26, "B": 90, "C": 40})
    sheet.protection.sheet = True


def _write_codes(sheet: Worksheet, content: TemplateContent) -> dict[str, str]:
    """Write machine codes and lists into the hidden sheet; return the area of each vocabulary's list."""
    sheet.sheet_state = "hidden"
    for row, (name, value) in enumerate({"form": "hokkaido-inventory-1", **content.codes}.items(), 1):
        put(sheet.cell(row, 1), name)
        put(sheet.cell(row, 2), value)
    areas = {}
    for place, (name, choices) in enumerate(content.vocabularies.items(), 4):
        for row, choice in enumerate(choices, 1):
            put(sheet.cell(row, place), choice.label.ja)
        letter = get_column_letter(place)
        if choices:
            areas[name] = f"'{CODE_SHEET}'!${letter}$1:${letter}${len(choices)}"
    return areas


def _write_head(sheet: Worksheet, content: TemplateContent) -> None:
    note(sheet["A1"], f"保有データ棚卸し調査　{content.survey}".strip("　"), "title")
    for row, label, value in ((2, DEPARTMENT, content.department), (3, PERSON, content.person)):
        note(sheet.cell(row, 2), f"{label}：", "label")
        fill(sheet.cell(row, 3), value or None, quiet=label == DEPARTMENT)
    note(
        sheet["D2"],
        "データを一行に一つ書いてください。＊は基本の項目です。灰色のセルには入力できません。「例」の行は取り込まれません。",
    )
    note(sheet["D3"], "見出しにカーソルを合わせると説明が出ます。詳しくはシート「使い方」をご覧ください。")
    for place, column in enumerate(TEMPLATE_COLUMNS, 1):
        cell = sheet.cell(HEADER_ROW, place)
        head(cell, f"{column.heading}＊" if column.required else column.heading)
        comment(cell, _help(column))
    sheet.row_dimensions[HEADER_ROW].height = 44
    print_wide(sheet, f"{HEADER_ROW}:{HEADER_ROW}", {_LETTERS[item.heading]: item.width for item in TEMPLATE_COLUMNS})
    sheet.freeze_panes = f"C{HEADER_ROW + 1}"


def _help(column: TemplateColumn) -> str:
    if column.key:
        item = question(column.key)
        return f"{item.help.ja}\n例：{item.example}" if item.example else item.help.ja
    return _NUMBER_HELP if column.heading == TEMPLATE_NUMBER else _DECISION_HELP


def _write_rows(sheet: Worksheet, content: TemplateContent) -> int:
    """Write the example, the rows and the spare rows; return the number of the last row."""
    example = {column.key: question(column.key).example for column in TEMPLATE_COLUMNS if column.key}
    _write_row(sheet, _FIRST_ROW - 1, TEMPLATE_EXAMPLE, example, {})
    at = _FIRST_ROW
    for row in content.rows:
        _write_row(sheet, at, int(str(row["number"])), row, content.vocabularies)
        at += 1
    for spare in range(content.spare_rows):
        # The portal gives the numbers: two people who fill the same spare row mean two data sets.
        _write_row(sheet, at + spare, None, {}, {})
    return at + content.spare_rows - 1


def _write_row(
    sheet: Worksheet, at: int, number: int | str | None, answers: Mapping[str, object], vocabularies: Vocabularies
) -> None:
    is_example = isinstance(number, str)
    for place, column in enumerate(TEMPLATE_COLUMNS, 1):
        cell = sheet.cell(at, place)
        if column.key:
            item = question(column.key)
            # Examples are written as they stand; they need no conversion.
            value = answers.get(column.key)
            shown_value = value if is_example else shown(item, value, choices_of(item, vocabularies))
            fill(cell, shown_value or None if is_example else shown_value, quiet=is_example)
        else:
            is_decision = column.heading == TEMPLATE_DECISION
            fill(cell, None if is_decision else number, quiet=True)
            if is_decision:
                cell.value = decision_formula(at)


def _write_checks(sheet: Worksheet, last: int, lists: Mapping[str, str]) -> None:
    for column in TEMPLATE_COLUMNS:
        if column.key is None:
            continue
        item = question(column.key)
        area = f"{_LETTERS[column.heading]}{_FIRST_ROW}:{_LETTERS[column.heading]}{last}"
        if item.choices:
            choose_from(sheet, area, [choice.label.ja for choice in item.choices])
        elif item.vocabulary in lists:
            choose_from(sheet, area, lists[item.vocabulary], strict=item.kind is AnswerKind.CHOICE)
        elif item.kind is AnswerKind.NUMBER:
            _check(sheet, area, "whole", "greaterThanOrEqual", "0", "0以上の整数を入力してください。")
        else:
            limit = f"{item.max_length}文字までで入力してください。"
            _check(sheet, area, "textLength", "lessThanOrEqual", str(item.max_length), limit)


def _check(sheet: Worksheet, area: str, kind: str, operator: str, value: str, message: str) -> None:
    rule = DataValidation(type=kind, operator=operator, formula1=value, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = "入力できない値です", message
    rule.add(area)
    sheet.add_data_validation(rule)


def _protect(sheet: Worksheet) -> None:
    """Lock the structure without a password: a guard against slips, not against people."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.protection.autoFilter = False
