"""One typed answer: what is stored of it, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.hokkaido_inventory.domain.answer_values import AnswerFault, read_answer
from ckanext.hokkaido_inventory.domain.questions import QUESTIONS, question

REASONS = {"reasons": {"law"}}


@pytest.mark.parametrize(
    ("key", "raw", "stored"),
    [
        ("title", "  河川　一覧 \r\n", "河川　一覧"),
        ("title", "\x00河川\u200b", "河川"),
        ("remarks", "一行目\r\n二行目", "一行目\n二行目"),
        ("remarks", "   ", None),
        ("legal_restriction", "unclear", "unclear"),
        ("reason", "law", "law"),
        ("need_confirmed_on", "2026/4/1", "2026-04-01"),
        ("need_confirmed_on", "２０２６－０４－０１", "2026-04-01"),
        ("record_count", "1,200", 1200),
        ("record_count", 1200, 1200),
        ("record_count", None, None),
    ],
)
def test_what_is_meant_is_stored(key, raw, stored):
    assert read_answer(question(key), raw, REASONS) == stored


@pytest.mark.parametrize(
    ("key", "raw", "reason"),
    [
        ("title", "あ" * 301, "too_long"),
        ("title", ["a"], "not_text"),
        ("title", True, "not_text"),
        ("legal_restriction", "有", "not_listed"),
        ("reason", "personal", "not_listed"),
        ("need_confirmed_on", "2026-02-29", "not_date"),
        ("need_confirmed_on", "きのう", "not_date"),
        ("record_count", "-1", "not_number"),
        ("record_count", "1.5", "not_number"),
        ("record_count", "9" * 16, "not_number"),
        ("record_count", True, "not_text"),
    ],
)
def test_what_a_question_does_not_take_is_named(key, raw, reason):
    with pytest.raises(AnswerFault) as refused:
        read_answer(question(key), raw, REASONS)
    assert refused.value.reason == reason


@given(st.sampled_from(QUESTIONS), st.text() | st.none() | st.integers() | st.booleans() | st.lists(st.text()))
def test_nothing_that_is_sent_breaks_the_reading(asked, raw):
    """Whatever comes is read, or refused with a reason; what is stored holds nothing that a database cannot keep."""
    try:
        stored = read_answer(asked, raw, REASONS)
    except AnswerFault:
        return
    assert stored is None or "\x00" not in str(stored)
