"""Writing the suite's own template: one sheet to fill, one row per data set, the last answers already in it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.utils.cell import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.disclosure import Decision
from ckanext.hokkaido_inventory.domain.merging import fingerprint
from ckanext.hokkaido_inventory.domain.question_sets import QuestionSet
from ckanext.hokkaido_inventory.domain.question_types import AnswerKind, Choice, Question
from ckanext.hokkaido_inventory.domain.questions import DISCLOSURE_KEYS, question
from ckanext.hokkaido_inventory.workbook.cells import Vocabularies, choices_of
from ckanext.hokkaido_inventory.workbook.layout import DECISION_FORMULAS, DEPARTMENT, PERSON
from ckanext.hokkaido_inventory.workbook.template_checks import add_checks
from ckanext.hokkaido_inventory.workbook.template_layout import (
    CHANGE_LABELS,
    CODE_SHEET,
    FORM_CODE_LABEL,
    GUIDE_SHEET,
    HEADER_ROW,
    ROW_CODE,
    TEMPLATE_CHANGE,
    TEMPLATE_COLUMNS,
    TEMPLATE_DECISION,
    TEMPLATE_EXAMPLE,
    TEMPLATE_NUMBER,
    TEMPLATE_SHEET,
    TEMPLATE_TITLE,
    TemplateColumn,
    columns_of,
)
from ckanext.hokkaido_inventory.workbook.writer import (
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
# The columns up to the decision are the same in every set of questions.
_DECISION_PLACE = next(place for place, column in enumerate(TEMPLATE_COLUMNS, 1) if column.heading == TEMPLATE_DECISION)
_KEY_LETTERS = {column.key: get_column_letter(place) for place, column in enumerate(TEMPLATE_COLUMNS, 1) if column.key}
_DECISION_HELP = (
    "六つの回答から自動で計算されます。入力はできません。\n"
    + "・".join(decision.label for decision in Decision)
    + " のどれかになります。"
)
_NUMBER_HELP = "送った回答と結びつける番号です。変えないでください。新しいデータでは空のままで構いません。"
_CHANGE_HELP = (
    "前回の回答のままでよければ 変更なし、直したら 変更あり、データがなくなったら 廃止 を選びます。\n"
    "空のままの行は「未確認」として残ります。新しいデータの行では空のままで構いません。"
)
_HELPS = {TEMPLATE_NUMBER: _NUMBER_HELP, TEMPLATE_CHANGE: _CHANGE_HELP, TEMPLATE_DECISION: _DECISION_HELP}
_GUIDE = (
    "1. シート「回答」を開き、データ（表・台帳・ファイル）を一行に一つ書きます。前回の回答がすでに入っています。",
    "2. 「変更区分」で一行ずつ答えます。そのままなら 変更なし、直したら 変更あり、なくなったデータは 廃止 です。",
    "3. ＊の付いた列が基本の項目です。途中まででも保存・アップロードできます。",
    "4. 六つの問いには、一覧から 有・無・要確認 を選びます。迷ったら 要確認 で構いません。",
    "5. 「公開可否」は自動で計算されます。",
    "6. 色の付いたセルは、書き忘れ（黄）、食い違い（橙）、データ名のない行（赤）です。黄のままでも送れます。",
    "7. 行を消しても、送った回答は消えません。なくなったデータは 廃止 を選んでください。",
    "8. 「番号」と「様式番号」は送った回答と結びつけるものです。変えないでください。",
    "　　新しいデータは、番号のない空いた行に書きます。",
    "9. 保存して、回答ページからアップロードします。誤りがあれば、シート・行・列を示してお知らせします。",
)


@dataclass(frozen=True, slots=True)
class TemplateContent:
    """What goes into one unit's template.

    `rows` are answers by key with a whole number under `number`, and where the row is stored its `version` and
    `change`; `code` is the visible number of the workbook; `codes` are machine codes kept in the hidden sheet, such as
    the ids of survey and unit (their loss does no harm); `vocabularies` give the lists that questions name;
    `question_set` says which columns there are.
    """

    survey: str = ""
    department: str = ""
    person: str = ""
    rows: Sequence[Mapping[str, object]] = ()
    code: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    vocabularies: Vocabularies = field(default_factory=dict)
    question_set: str = QuestionSet.FULL
    spare_rows: int = SPARE_ROWS

    @property
    def columns(self) -> tuple[TemplateColumn, ...]:
        """Return the columns of the sheet of answers."""
        return columns_of(self.question_set)


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
    _write_guide(guide, content.columns)
    _write_head(answers, content)
    last = _write_rows(answers, content)
    add_checks(answers, content.columns, _FIRST_ROW, last, lists)
    _protect(answers)
    book.active = 1
    guide.sheet_view.tabSelected = False
    book.calculation.fullCalcOnLoad = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_guide(sheet: Worksheet, columns: Sequence[TemplateColumn]) -> None:
    note(sheet["A1"], "保有データ棚卸し調査　使い方", "title")
    for row, line in enumerate(_GUIDE, 3):
        note(sheet.cell(row, 1), line)
    start = len(_GUIDE) + 4
    head(sheet.cell(start, 1), "列")
    head(sheet.cell(start, 2), "説明")
    head(sheet.cell(start, 3), "例")
    for row, column in enumerate((column for column in columns if column.key), start + 1):
        item = question(column.key or "")
        for place, text in enumerate((column.heading, item.help.ja, item.example), 1):
            note(sheet.cell(row, place), text, "text")
    print_wide(sheet, "1:1", {"A": 26, "B": 90, "C": 40})
    sheet.protection.sheet = True


def _write_codes(sheet: Worksheet, content: TemplateContent) -> dict[str, str]:
    """Write machine codes and lists into the hidden sheet; return the area of each vocabulary's list."""
    sheet.sheet_state = "hidden"
    keys = [column.key for column in content.columns if column.key]
    codes = {"form": "hokkaido-inventory-1", **content.codes}
    for row in content.rows:
        if "version" in row:
            change = Change(row["change"]) if row.get("change") in CHANGE_LABELS else None
            mark = fingerprint({key: row.get(key) for key in keys}, change)
            codes[f"{ROW_CODE}{row['number']}"] = f"{row['version']}:{mark}"
    for place, (name, value) in enumerate(codes.items(), 1):
        put(sheet.cell(place, 1), name)
        put(sheet.cell(place, 2), value)
    areas = {}
    for place, (name, choices) in enumerate(_lists(content).items(), 4):
        for at, choice in enumerate(choices, 1):
            put(sheet.cell(at, place), choice.label.ja)
        letter = get_column_letter(place)
        areas[name] = f"'{CODE_SHEET}'!${letter}$1:${letter}${len(choices)}"
    return areas


def _lists(content: TemplateContent) -> dict[str, Sequence[Choice]]:
    """Return the lists too long or too changeable to stand in a check itself: vocabularies, and some questions' own."""
    lists = {name: choices for name, choices in content.vocabularies.items() if choices}
    items = (question(column.key) for column in content.columns if column.key)
    return lists | {item.key: item.choices for item in items if item.kind is AnswerKind.CHOICE and item.choices}


def _write_head(sheet: Worksheet, content: TemplateContent) -> None:
    note(sheet["A1"], f"保有データ棚卸し調査　{content.survey}".strip("　"), "title")
    labels = (
        (2, DEPARTMENT, content.department),
        (3, PERSON, content.person),
        (HEADER_ROW - 1, FORM_CODE_LABEL, content.code),
    )
    for row, label, value in labels:
        note(sheet.cell(row, 2), f"{label}：", "label")
        fill(sheet.cell(row, 3), value or None, quiet=label != PERSON)
    note(sheet["D2"], "データを一行に一つ書いてください。＊は基本の項目です。灰色のセルと「例」の行は入力できません。")
    note(
        sheet["D3"],
        "前回の行には「変更区分」で 変更なし・変更あり・廃止 と答えてください。空は未確認です。",
    )
    note(sheet["D4"], "見出しにカーソルを合わせると説明が出ます。詳しくはシート「使い方」をご覧ください。")
    for place, column in enumerate(content.columns, 1):
        cell = sheet.cell(HEADER_ROW, place)
        head(cell, f"{column.heading}＊" if column.required else column.heading)
        comment(cell, _help(column))
    sheet.row_dimensions[HEADER_ROW].height = 44
    widths = {get_column_letter(place): item.width for place, item in enumerate(content.columns, 1)}
    print_wide(sheet, f"{HEADER_ROW}:{HEADER_ROW}", widths)
    sheet.freeze_panes = f"D{HEADER_ROW + 1}"


def _help(column: TemplateColumn) -> str:
    if column.key:
        item = question(column.key)
        return f"{item.help.ja}\n例：{item.example}" if item.example else item.help.ja
    return _HELPS[column.heading]


def _write_rows(sheet: Worksheet, content: TemplateContent) -> int:
    """Write the example, the rows and the spare rows; return the number of the last row."""
    places = _places(content)
    example = {column.key: question(column.key).example for column in content.columns if column.key}
    for place, column in enumerate(content.columns, 1):
        # Examples are written as they stand; they need no conversion.
        text = example.get(column.key) or (TEMPLATE_EXAMPLE if column.heading == TEMPLATE_NUMBER else None)
        fill(sheet.cell(_FIRST_ROW - 1, place), text, quiet=True)
    sheet.cell(_FIRST_ROW - 1, _DECISION_PLACE).value = decision_formula(_FIRST_ROW - 1)
    blank: Mapping[str, object] = {}
    # The portal gives the numbers: two people who fill the same spare row mean two data sets.
    for at, row in enumerate((*content.rows, *[blank] * content.spare_rows), _FIRST_ROW):
        fill(sheet.cell(at, 1), int(str(row["number"])) if row else None, quiet=True)
        fill(sheet.cell(at, 2), CHANGE_LABELS.get(row.get("change")))
        cell = sheet.cell(at, _DECISION_PLACE)
        fill(cell, quiet=True)
        cell.value = decision_formula(at)
        for place, item, choices in places:
            value = shown(item, row.get(item.key), choices)
            # As text a date is a date also in a file that lost its formats; as a number it would not be.
            fill(sheet.cell(at, place), value.isoformat() if isinstance(value, dt.date) else value)
    return _FIRST_ROW + len(content.rows) + content.spare_rows - 1


def _places(content: TemplateContent) -> list[tuple[int, Question, Sequence[Choice]]]:
    """Return the input columns with their place, question and choices."""
    asked = [(place, question(column.key)) for place, column in enumerate(content.columns, 1) if column.key]
    return [(place, item, choices_of(item, content.vocabularies)) for place, item in asked]


def _protect(sheet: Worksheet) -> None:
    """Lock the structure without a password: a guard against slips, not against people."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.protection.autoFilter = False
