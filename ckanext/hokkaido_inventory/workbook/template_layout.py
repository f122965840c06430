"""Where things stand in the suite's own template, as data."""

from __future__ import annotations

from dataclasses import dataclass

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.question_sets import QuestionSet, asked
from ckanext.hokkaido_inventory.domain.questions import DISCLOSURE_KEYS, QUESTIONS

__all__ = [
    "CHANGE_LABELS",
    "CODE_SHEET",
    "FORM_CODE",
    "FORM_CODE_LABEL",
    "GUIDE_SHEET",
    "HEADER_ROW",
    "LAST_NUMBER",
    "QUESTION_SET",
    "ROW_CODE",
    "TEMPLATE_CHANGE",
    "TEMPLATE_COLUMNS",
    "TEMPLATE_DECISION",
    "TEMPLATE_EXAMPLE",
    "TEMPLATE_NUMBER",
    "TEMPLATE_SHEET",
    "TEMPLATE_TITLE",
    "TemplateColumn",
    "columns_of",
    "read_change",
]


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column: the key (None for number, change and decision), the heading, its width."""

    key: str | None
    heading: str
    width: int
    required: bool = False


GUIDE_SHEET, TEMPLATE_SHEET, CODE_SHEET = "使い方", "回答", "_code"
TEMPLATE_NUMBER = "番号"
TEMPLATE_TITLE = "データ名"
TEMPLATE_EXAMPLE = "例"
#: Where the writer puts the headings; the reader finds them wherever they are.
HEADER_ROW = 5
TEMPLATE_DECISION = "公開可否"

TEMPLATE_CHANGE = "変更区分"
#: What a respondent declares of a row; blank is 未確認.
CHANGE_LABELS = {Change.UNCHANGED: "変更なし", Change.CHANGED: "変更あり", Change.GONE: "廃止"}
#: The visible number of the workbook, and machine codes of the hidden sheet: the same number, the set of questions, the
#: highest number of a filled row when the workbook was made, and by its number each row's version and fingerprint.
FORM_CODE_LABEL = "様式番号"
FORM_CODE, QUESTION_SET, LAST_NUMBER, ROW_CODE = "code", "question_set", "last_number", "row."

_WIDTHS = {"title": 32, "description": 44, "reason": 24, "remarks": 30, "system_name": 22, "columns": 30, "law": 22}
_USUAL_WIDTH = 14

_SIX = ("個人情報", "特定個人情報", "要配慮個人情報", "匿名加工での公開要望", "安全・権利を害するおそれ", "法令の制限")
_FIRST = (
    "theme",
    "format",
    "machine_readability",
    "update_frequency",
    "record_count",
    "columns",
    "system_name",
    "reason",
    "reason_note",
    "law",
    "blocking_step",
    "review_on",
    "publication_status",
    "listing",
)
_HEADINGS = {"title": TEMPLATE_TITLE, "description": "説明", "record_count": "件数"} | dict(
    zip(DISCLOSURE_KEYS, _SIX, strict=True)
)
_LABELS = {item.key: item.label.ja for item in QUESTIONS}
_CHANGES = {comparison_key(label): change for change, label in CHANGE_LABELS.items()}


def _own(key: str, *, required: bool = False) -> TemplateColumn:
    return TemplateColumn(key, _HEADINGS.get(key, _LABELS[key]), _WIDTHS.get(key, _USUAL_WIDTH), required)


_FIXED = ("title", "description", *DISCLOSURE_KEYS)
_REST = [item.key for item in QUESTIONS if item.key not in {*_FIXED, *_FIRST, "remarks"}]

#: Every column a template can have, in the order A, B, C …; those up to the decision stand in every template.
TEMPLATE_COLUMNS: tuple[TemplateColumn, ...] = (
    TemplateColumn(None, TEMPLATE_NUMBER, 7),
    TemplateColumn(None, TEMPLATE_CHANGE, 13),
    *(_own(key, required=True) for key in _FIXED),
    TemplateColumn(None, TEMPLATE_DECISION, 16),
    *(_own(key) for key in (*_FIRST, *_REST, "remarks")),
)


def columns_of(question_set: str) -> tuple[TemplateColumn, ...]:
    """Return the columns of the template of a survey that asks a set of questions."""
    keys = asked(question_set if question_set in list(QuestionSet) else QuestionSet.LIGHT)
    return tuple(column for column in TEMPLATE_COLUMNS if column.key is None or column.key in keys)


def read_change(text: str) -> Change | None:
    """Return what a cell of the column 変更区分 declares; raise KeyError where it says something else."""
    key = comparison_key(text)
    return _CHANGES[key] if key and key != comparison_key("未確認") else None
