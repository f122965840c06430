"""The disclosure decision equals the official form's own formulas, for every combination of answers.

The formulas are evaluated by a reader of their text (see conftest) that shares nothing with the implementation.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from ckanext.hokkaido_inventory.domain.disclosure import Decision, decide, judge
from ckanext.hokkaido_inventory.domain.questions import DISCLOSURE_KEYS, Ternary, question

#: The formulas of GIF 465-3, sheet 2, as the form has them in its first data row.
FORMULAS = {
    "F": '=IF(OR(C9="有",D9="有",E9="有"),"公開不可",IF(AND(C9="無",D9="無",E9="無"),"公開可能",'
    'IF(OR(C9="",D9="",E9=""),"未回答項目有り","要確認")))',
    "H": '=IF(G9="有","公開方法要検討",IF(G9="","未回答項目有り",IF(G9="要確認","要確認",F9)))',
    "K": '=IF(J9="有","公開方法要検討",IF(J9="無","公開可能",IF(J9="要確認","要確認","未回答項目有り")))',
    "L": '=IF(OR(H9="公開不可",I9="有"),"公開不可",IF(OR(H9="要確認",I9="要確認"),"要確認",'
    'IF(OR(H9="未回答項目有り",I9=""),"未回答項目有り",IF(H9="公開方法要検討","公開方法要検討",K9))))',
}
COLUMNS = ("C", "D", "E", "G", "I", "J")
CELLS = {"有": Ternary.YES, "無": Ternary.NO, "要確認": Ternary.UNCLEAR, "": None}
SHEET = "2. 不適合要件への該当確認用ワークシート"


def rows():
    return itertools.product(CELLS, repeat=len(COLUMNS))


def test_the_combinations_are_all_there() -> None:
    assert len(list(rows())) == 4096


def test_every_combination_of_answers_gives_what_the_form_computes(computed_sheet) -> None:
    differing = []
    for row in rows():
        sheet = computed_sheet(dict(zip(COLUMNS, row, strict=True)), FORMULAS)
        expected = tuple(sheet.value(column) for column in "FHKL")
        judged = judge({key: CELLS[cell] for key, cell in zip(DISCLOSURE_KEYS, row, strict=True)})
        got = (judged.personal.label, judged.release.label, judged.law.label, judged.decision.label)
        if got != expected:
            differing.append((row, expected, got))
    assert differing == []


def test_the_six_answers_stand_in_the_columns_of_the_form() -> None:
    assert tuple(question(key).column for key in DISCLOSURE_KEYS) == COLUMNS


def test_the_formulas_of_the_table_are_those_of_the_official_file(shared_dir: Path) -> None:
    from openpyxl import load_workbook

    sheet = load_workbook(shared_dir / "reference/gif/xlsx/465-3.xlsx")[SHEET]
    for row in range(9, 68):
        found = {column: sheet[f"{column}{row}"].value for column in FORMULAS}
        assert found == {
            column: re.sub(r"\b([A-Z])9\b", rf"\g<1>{row}", formula) for column, formula in FORMULAS.items()
        }


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        # Anonymised release wins over personal information.
        (("有", "無", "無", "有", "無", "無"), Decision.METHOD),
        # ... and then the law is not looked at, not even when it is blank.
        (("有", "有", "有", "有", "無", ""), Decision.METHOD),
        # A blank there hides even personal information.
        (("有", "無", "無", "", "無", "無"), Decision.INCOMPLETE),
        # Harm wins over every blank.
        (("", "", "", "", "有", ""), Decision.CLOSED),
        # Doubt wins over a blank, but not over personal information.
        (("", "", "", "要確認", "", ""), Decision.UNCLEAR),
        (("有", "要確認", "", "無", "要確認", ""), Decision.CLOSED),
        # Within the three personal answers a blank wins over doubt.
        (("要確認", "", "無", "無", "無", "無"), Decision.INCOMPLETE),
    ],
)
def test_the_surprises_of_the_form_are_kept(row: tuple[str, ...], expected: Decision) -> None:
    assert decide({key: CELLS[cell] for key, cell in zip(DISCLOSURE_KEYS, row, strict=True)}) is expected


def test_stored_codes_and_missing_keys_are_understood() -> None:
    assert decide({"harm_to_order_or_rights": "yes"}) is Decision.CLOSED
    assert decide({}) is Decision.INCOMPLETE


def test_an_answer_outside_the_three_is_refused() -> None:
    with pytest.raises(ValueError, match="maybe"):
        decide({"legal_restriction": "maybe"})
