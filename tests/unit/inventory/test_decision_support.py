"""Advice on a row: reasons, review dates, partial release, machine-readability, columns that speak of persons."""

from __future__ import annotations

from datetime import date

import pytest

from ckanext.hokkaido_inventory.domain.advice import advise
from ckanext.hokkaido_inventory.domain.partial_release import Way, suggestions
from ckanext.hokkaido_inventory.domain.personal_columns import PersonalKind, personal_columns, split_columns
from ckanext.hokkaido_inventory.domain.question_types import AnswerKind
from ckanext.hokkaido_inventory.domain.questions import question
from ckanext.hokkaido_inventory.domain.readability_level import suggested_level
from ckanext.hokkaido_inventory.domain.reasons import LEGAL, PRACTICAL, blocking_step, review_date
from ckanext.hokkaido_inventory.domain.row import Content, Gap, gaps
from ckanext.hokkaido_schema.vocabularies import vocabulary

TODAY = date(2026, 10, 1)
NO = dict.fromkeys(
    (
        "personal_information",
        "specific_personal_information",
        "sensitive_personal_information",
        "anonymised_release_requested",
        "harm_to_order_or_rights",
        "legal_restriction",
    ),
    "no",
)
PERSONAL = NO | {"personal_information": "yes"}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("氏名、住所、電話番号、申請日", ["name", "address", "phone"]),
        ("施設名、所在地、電話番号、開館時間", []),
        ("名称,住所,緯度,経度", []),
        ("申請者名、施設の所在地、許可番号", ["name"]),
        ("受給者番号、生年月日、続柄、口座番号", ["birth", "family", "account"]),
        ("個人番号（マイナンバー）、氏　名", ["number", "name"]),
        ("法人名、代表者名、所在地", ["name", "address"]),
        ("年齢、人口、男、女", []),
        ("障害者用トイレ有無、名称", []),
        ("傷病名、入院日数", ["sensitive"]),
        ("生徒名、学年", ["name"]),
        ("ＴＥＬ、Ｅ－ｍａｉｌ、お名前", ["phone", "email", "name"]),
        ("", []),
    ],
)
def test_columns_that_speak_of_persons_are_known_by_their_headings(columns, expected):
    assert [column.kind.value for column in personal_columns(split_columns(columns))] == expected


def test_every_kind_of_personal_column_has_a_name_in_both_languages():
    assert all(kind.wording.ja and kind.wording.en for kind in PersonalKind)


def test_the_groups_of_reasons_are_those_of_the_vocabulary():
    groups = {item.code: item["group"] for item in vocabulary("reasons")}
    assert {code for code, group in groups.items() if group == "legal"} == LEGAL
    assert {code for code, group in groups.items() if group == "practical"} == PRACTICAL


def test_the_level_of_each_known_format_is_its_number_of_stars():
    """Pictures have one star on the five-star scale, and are level 0 of the question, which names them."""
    pictures = {"JPEG", "PNG", "TIFF"}
    levels = {item.code: suggested_level(item.code) for item in vocabulary("formats")}
    assert levels == {item.code: "0" if item.code in pictures else str(item["stars"]) for item in vocabulary("formats")}


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("紙", "0"),
        ("紙台帳", "0"),
        ("エクセル", "2"),
        ("ＣＳＶ・ＰＤＦ", "3"),
        ("Word文書", "1"),
        ("", None),
        ("？", None),
    ],
)
def test_a_format_in_peoples_words_has_a_level(words, level):
    assert suggested_level(words) == level


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (NO, None),
        (PERSONAL, "2029-10-01"),
        (PERSONAL | {"reason": "personal"}, "2029-10-01"),
        (NO | {"harm_to_order_or_rights": "yes", "reason": "deliberation"}, "2027-10-01"),
        (NO | {"reason": "paper_only"}, "2027-10-01"),
        (NO | {"legal_restriction": "yes"}, "2027-10-01"),
        (NO | {"legal_restriction": "yes", "reason": "law"}, "2029-10-01"),
    ],
)
def test_what_is_not_yet_is_looked_at_after_a_year_and_what_cannot_after_three(answers, expected):
    found = review_date(answers, TODAY)
    assert (found.isoformat() if found else None) == expected


def test_the_29th_of_february_is_looked_at_on_the_28th():
    assert review_date(NO | {"reason": "effort"}, date(2028, 2, 29)) == date(2029, 2, 28)


def test_every_suggested_step_is_an_answer_of_its_question():
    steps = {choice.code for choice in question("blocking_step").choices}
    found = {blocking_step(NO | {"reason": reason}) for reason in LEGAL | PRACTICAL}
    assert found - {None} <= steps
    assert {blocking_step(NO | {"reason": reason}) for reason in PRACTICAL} <= steps
    assert blocking_step(PERSONAL | {"anonymised_release_requested": "yes"}) == "removal"


@pytest.mark.parametrize(
    ("title", "answers", "ways"),
    [
        ("申請者名簿", PERSONAL | {"columns": "氏名、住所、申請日、区分"}, [Way.DROP, Way.AGGREGATE]),
        ("工事一覧", PERSONAL | {"columns": "担当者名、工事名、期間、金額"}, [Way.DROP]),
        ("工事一覧", PERSONAL | {"columns": "氏名、住所、区分"}, []),
        ("工事一覧", PERSONAL, []),
        ("患者調査", PERSONAL | {"sensitive_personal_information": "yes"}, [Way.AGGREGATE]),
        ("相談記録", PERSONAL | {"anonymised_release_requested": "yes"}, [Way.AGGREGATE, Way.ANONYMISE]),
        ("工業統計 個票", NO | {"legal_restriction": "yes", "law": "統計法第41条"}, [Way.AGGREGATE]),
        ("申請者名簿", PERSONAL | {"columns": "氏名、区分、日付", "harm_to_order_or_rights": "yes"}, []),
        ("申請者名簿", PERSONAL | {"columns": "氏名、区分、日付", "legal_restriction": "yes"}, [Way.AGGREGATE]),
        ("公共施設一覧", NO | {"columns": "氏名、区分、日付"}, []),
    ],
)
def test_a_part_that_can_be_opened_is_suggested(title, answers, ways):
    assert [one.way for one in suggestions(title, answers)] == ways


def test_the_columns_to_leave_out_and_those_that_remain_are_named():
    (drop,) = suggestions("工事一覧", PERSONAL | {"columns": "担当者名、工事名、期間、金額"})
    assert (drop.columns, drop.remaining) == (("担当者名",), ("工事名", "期間", "金額"))


def test_advice_is_silent_about_what_the_row_answers_already():
    answers = NO | {"reason": "paper_only", "format": "紙"}
    said = advise("台帳", answers, TODAY)
    assert (said.review_on, said.blocking_step, said.level) == (date(2027, 10, 1), "digitisation", "0")
    answered = answers | {"review_on": "2028-01-01", "blocking_step": "budget", "machine_readability": "1"}
    said = advise("台帳", answered, TODAY)
    assert (said.review_on, said.blocking_step, said.level, said.law_needed) == (None, None, None, False)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (NO, []),
        (NO | {"legal_restriction": "yes", "reason": "law"}, [Gap.LAW_MISSING]),
        (NO | {"legal_restriction": "yes", "reason": "law", "law": "統計法第41条"}, []),
        (NO | {"reason": "effort"}, [Gap.STEP_MISSING, Gap.REVIEW_MISSING]),
        (NO | {"reason": "effort", "blocking_step": "budget", "review_on": "2027-04-01"}, []),
        (NO | {"columns": "氏名、住所"}, [Gap.LOOKS_PERSONAL]),
    ],
)
def test_a_reason_asks_for_what_belongs_to_it_and_never_blocks(answers, expected):
    found = list(gaps(Content("河川一覧", "説明", answers)))
    assert [problem.gap for problem in found] == expected
    assert not any(problem.blocks for problem in found)


def test_what_is_suggested_can_be_stored():
    """A code that is not among the answers of its question could not be taken over by a click."""
    level = question("machine_readability")
    assert level.kind is AnswerKind.CHOICE
    assert {suggested_level(item.code) for item in vocabulary("formats")} <= {choice.code for choice in level.choices}
