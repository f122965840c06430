"""The first worksheet of the official form: six texts on what opening means, about the unit as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping

from openpyxl.worksheet.worksheet import Worksheet

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.workbook.grid import Grid
from ckanext.hokkaido_inventory.workbook.layout import DEPARTMENT, PERSON
from ckanext.hokkaido_inventory.workbook.writer import fill, head, note

__all__ = ["PURPOSES", "read_purposes", "write_purposes"]

#: The texts by key: the group, the words beside the cell, and the row in which the form asks.
PURPOSES: dict[str, tuple[str, str, int]] = {
    "policy_purpose": ("プロジェクトの目的", "システム化の背景となる政策の目的", 10),
    "system_purpose": ("プロジェクトの目的", "システム化の目的", 11),
    "law_purpose": ("プロジェクトの目的", "システム化の背景となる法律の主旨", 12),
    "effect_economy": ("検討結果", "国民参加・官民協働の推進を通じた諸課題の解決、経済活性化", 16),
    "effect_administration": ("検討結果", "行政の高度化・効率化", 17),
    "effect_trust": ("検討結果", "透明性・信頼の向上", 18),
}
_MAX_LENGTH = 4000
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_WORDS, _ANSWER = 2, 3


def write_purposes(sheet: Worksheet, header: Mapping[str, str]) -> None:
    """Write the unit's names and its six texts at the form's places."""
    for row, label, key in ((6, DEPARTMENT, "department"), (7, PERSON, "person")):
        note(sheet.cell(row, 1), f"{label}：")
        fill(sheet.cell(row, 2), header.get(key))
    for key, (group, words, row) in PURPOSES.items():
        if not sheet.cell(row, 1).value and row in {10, 16}:
            head(sheet.cell(row, 1), group)
            sheet.merge_cells(f"A{row}:A{row + 2}")
        head(sheet.cell(row, _WORDS), words)
        fill(sheet.cell(row, _ANSWER), header.get(key))
    for column, width in {"A": 18, "B": 40, "C": 80}.items():
        sheet.column_dimensions[column].width = width


def read_purposes(grid: Grid) -> dict[str, str]:
    """Return the texts of the sheet by key, found by the words beside them; blank ones are not there."""
    wanted = {comparison_key(words): key for key, (_group, words, _row) in PURPOSES.items()}
    found = {}
    for row in range(1, grid.height + 1):
        key = wanted.get(comparison_key(grid.text(row, _WORDS)))
        text = _FORBIDDEN.sub(" ", grid.text(row, _ANSWER)).strip()[:_MAX_LENGTH]
        if key and text and not grid.is_formula(row, _ANSWER):
            found[key] = text
    return found
