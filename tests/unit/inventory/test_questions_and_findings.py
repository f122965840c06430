"""The catalogue of questions, and findings as sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from ckanext.hokkaido_inventory.domain.finding_kinds import KINDS, kind
from ckanext.hokkaido_inventory.domain.findings import Finding, Severity, has_errors, ordered
from ckanext.hokkaido_inventory.domain.questions import PUBLIC_KEYS, QUESTIONS, AnswerKind, of_sheet, question

PLACEHOLDERS = ("size", "limit", "part", "sheets", "first", "missing", "heading", "remarks", "choices", "length")
EVERYTHING = dict.fromkeys(
    (*PLACEHOLDERS, "other", "expected", "count", "last", "byte", "chosen", "field", "hidden"), "x"
)


def test_keys_are_unique() -> None:
    assert len({item.key for item in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("sheet", [2, 3, 4])
def test_no_cell_of_the_form_is_asked_twice(sheet: int) -> None:
    columns = [item.column for item in of_sheet(sheet)]
    assert len(set(columns)) == len(columns)


def test_a_list_question_has_its_list() -> None:
    for item in QUESTIONS:
        listed = item.kind in {AnswerKind.TERNARY, AnswerKind.CHOICE}
        assert bool(item.choices or (item.kind is AnswerKind.CHOICE and item.vocabulary)) == listed


def test_what_the_public_sees_is_named_one_by_one() -> None:
    assert {
        "title",
        "description",
        "format",
        "update_frequency",
        "reason",
        "publication_status",
        "record_count",
        "theme",
        "machine_readability",
        "law",
        "blocking_step",
        "review_on",
    } == PUBLIC_KEYS


def test_an_example_is_an_answer_to_its_question() -> None:
    for item in QUESTIONS:
        if item.choices and item.example:
            assert item.example in {choice.label.ja for choice in item.choices}


def test_an_unknown_question_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        question("nonsense")


def test_a_finding_says_where_what_and_what_to_do() -> None:
    finding = Finding(
        kind("not_in_list"), "回答", 7, "E", "たぶん", {"heading": "個人情報", "choices": "有、無、要確認"}
    )
    assert finding.to_dict() == {
        "code": "not_in_list",
        "severity": "error",
        "sheet": "回答",
        "row": 7,
        "column": "E",
        "value": "たぶん",
        "message": "Sheet “回答”, row 7, column E: “たぶん” is not an answer to “個人情報”.",
        "remedy": "Choose one of: 有、無、要確認.",
    }


def test_a_finding_in_japanese_names_sheet_row_and_column(checkout: Path) -> None:
    po = checkout / "ckanext/hokkaido_inventory/i18n/ja/LC_MESSAGES/ckanext-hokkaido_inventory.po"
    with po.open("rb") as file:
        catalogue = read_po(file, locale="ja")
    finding = Finding(kind("not_in_list"), "回答", 7, "E", "たぶん", {"heading": "個人情報", "choices": "有、無"})
    said = finding.to_dict(lambda text: catalogue.get(text).string)
    assert said["message"] == "シート「回答」の7行目・E列：「個人情報」の回答に「たぶん」は使えません。"
    assert said["remedy"] == "次のどれかを選んでください：有、無"


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_kind_can_be_said_with_the_values_it_names(code: str) -> None:
    said = Finding(KINDS[code], "s", 1, "A", "v", EVERYTHING).to_dict()
    assert said["message"]
    assert said["remedy"]
    assert "%(" not in f"{said['message']}{said['remedy']}"


def test_findings_are_shown_with_errors_first_and_in_reading_order() -> None:
    warning = Finding(kind("example_row"), "a", 1)
    late = Finding(kind("formula"), "a", 9, "AA")
    early = Finding(kind("formula"), "a", 9, "B")
    assert ordered([warning, late, early]) == [early, late, warning]


def test_only_errors_keep_a_file_out() -> None:
    assert not has_errors([Finding(kind("example_row"), "a", 1)])
    assert has_errors([Finding(kind("formula"), "a", 1, "B")])
    assert kind("formula").severity is Severity.ERROR
