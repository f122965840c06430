"""Recognising registers that offices keep by law and what their columns answer: 個人情報ファイル簿.

The register of files of personal information (個人情報保護法 第75条) lists, row by row, data that is personal by
definition, so that whoever takes it in need not answer that again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.domain.personal_columns import PersonalKind, personal_columns, split_columns

__all__ = ["is_personal_register", "register_answers", "register_mapping"]

#: What the columns of the register are called, and the question that each answers.
_FIELDS = (
    (re.compile("個人情報ファイル(?:の)?名|^ファイル名"), "title"),
    (re.compile("利用(?:の)?目的"), "description"),
    (re.compile("記録項目"), "columns"),
    (re.compile("要配慮個人情報"), "sensitive_personal_information"),
    (re.compile("匿名加工情報の(?:提案|募集)|提案の募集"), "anonymised_release_requested"),
    (re.compile("備考"), "remarks"),
    (re.compile("電算処理|ファイルの種別|記録媒体"), "format"),
)
_SIGNS = re.compile("個人情報ファイル|記録項目|記録範囲|収集方法|経常的提供先|開示請求等?を受理する組織")
_FEWEST_SIGNS = 3
_YES = re.compile("有|含む|該当(?!なし|しない)|○|はい")
_NO = re.compile("無|含まない|非該当|該当なし|該当しない|なし|×|いいえ")


def is_personal_register(headings: Sequence[str]) -> bool:
    """Tell whether these are the headings of a 個人情報ファイル簿."""
    return sum(bool(_SIGNS.search(comparison_key(heading))) for heading in headings) >= _FEWEST_SIGNS


def register_mapping(headings: Sequence[str]) -> dict[str, str]:
    """Return the question that each heading of the register answers; headings that answer none are left out."""
    mapping: dict[str, str] = {}
    for heading in headings:
        key = next((field for words, field in _FIELDS if words.search(comparison_key(heading))), None)
        if key and key not in mapping.values():
            mapping[heading] = key
    return mapping


def register_answers(cells: Mapping[str, str]) -> dict[str, str]:
    """Return the answers of one row of the register, given by question: personal by definition.

    :param cells: texts by the key of the question, as `register_mapping` names them.
    """
    answers = {key: text.strip() for key, text in cells.items() if text.strip()}
    answers["personal_information"] = "yes"
    kinds = {column.kind for column in personal_columns(split_columns(answers.get("columns")))}
    answers["specific_personal_information"] = "yes" if PersonalKind.NUMBER in kinds else ""
    for key in ("sensitive_personal_information", "anonymised_release_requested"):
        answers[key] = _yes_or_no(answers.get(key, ""))
    if not answers["sensitive_personal_information"] and PersonalKind.SENSITIVE in kinds:
        answers["sensitive_personal_information"] = "unclear"
    return {key: value for key, value in answers.items() if value}


def _yes_or_no(text: str) -> str:
    key = comparison_key(text)
    if _NO.search(key):
        return "no"
    return "yes" if _YES.search(key) else ""
