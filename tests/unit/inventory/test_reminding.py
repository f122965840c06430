"""When whom is reminded of what, and what the mail says (LK-08, TM-02, TM-06)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.hokkaido_inventory.domain.reminder_text import Line, body_of, subject_of
from ckanext.hokkaido_inventory.domain.reminding import (
    ReminderKind,
    Schedule,
    Standing,
    kind_on,
    newest_due,
    still_due,
)
from ckanext.hokkaido_inventory.domain.response_state import ResponseState
from ckanext.hokkaido_inventory.service.calendar import add_working_days, is_working_day, working_days_between

#: A Friday; the Monday after is a holiday.
DEADLINE = date(2026, 11, 20)
OPENED = date(2026, 10, 1)
SCHEDULE = Schedule()
S, K = ResponseState, ReminderKind


def _kind(state: ResponseState, day: date, **changes: date) -> ReminderKind | None:
    standing = Standing(**{"state": state, "deadline": DEADLINE, "opened": OPENED, **changes})
    return kind_on(standing, day, SCHEDULE, working_days_between)


@pytest.mark.parametrize(
    ("state", "day", "expected"),
    [
        (S.NOT_STARTED, date(2026, 11, 12), None),
        (S.NOT_STARTED, date(2026, 11, 13), K.BEFORE),
        (S.IN_PROGRESS, date(2026, 11, 16), None),
        (S.IN_PROGRESS, date(2026, 11, 19), K.BEFORE),
        (S.RETURNED, date(2026, 11, 20), None),
        (S.RETURNED, date(2026, 11, 24), K.OVERDUE),
        (S.NOT_STARTED, date(2026, 11, 25), None),
        (S.NOT_STARTED, date(2026, 11, 26), K.OVERDUE),
        (S.NOT_STARTED, date(2026, 11, 30), K.ESCALATED),
        (S.NOT_STARTED, date(2026, 12, 7), K.ESCALATED_ABOVE),
        (S.NOT_STARTED, date(2026, 12, 8), None),
        (S.SUBMITTED, date(2026, 11, 19), None),
        (S.APPROVED, date(2026, 11, 24), None),
        (S.NONE_HELD, date(2026, 11, 24), None),
    ],
)
def test_a_unit_is_reminded_by_working_days(state: ResponseState, day: date, expected: ReminderKind | None) -> None:
    """TM-02: 23 November is a holiday, so the first working day after the deadline is Tuesday."""
    assert _kind(state, day) is expected


@pytest.mark.parametrize(
    ("state", "day", "expected"),
    [
        (S.SUBMITTED, date(2026, 11, 10), None),
        (S.SUBMITTED, date(2026, 11, 11), K.REVIEW),
        (S.NONE_HELD, date(2026, 11, 13), K.REVIEW),
        (S.ENDORSED, date(2026, 11, 17), K.REVIEW),
        (S.APPROVED, date(2026, 11, 11), None),
    ],
)
def test_an_approver_is_reminded_from_the_submission_on(
    state: ResponseState, day: date, expected: ReminderKind | None
) -> None:
    assert _kind(state, day, waits_since=date(2026, 11, 10)) is expected


def test_a_round_that_was_opened_today_reminds_of_nothing_yet() -> None:
    assert _kind(S.NOT_STARTED, date(2026, 11, 19), opened=date(2026, 11, 19)) is None


@pytest.mark.parametrize(
    ("today", "last_sent", "expected"),
    [
        (date(2026, 11, 16), None, K.BEFORE),
        (date(2026, 11, 16), date(2026, 11, 13), None),
        (date(2026, 11, 19), date(2026, 11, 13), K.BEFORE),
        (date(2026, 11, 18), None, None),
    ],
    ids=["missed on Friday", "sent on Friday", "the next one", "too long ago"],
)
def test_what_a_stopped_clock_missed_is_made_up_for_once(
    today: date, last_sent: date | None, expected: ReminderKind | None
) -> None:
    """TM-06."""
    days = [add_working_days(today, -back) if back else today for back in range(3)]
    standing = Standing(S.NOT_STARTED, DEADLINE, OPENED)
    assert newest_due(standing, days, last_sent, SCHEDULE, working_days_between) is expected


@given(st.dates(date(2026, 6, 1), date(2027, 6, 1)), st.sets(st.integers(0, 60)))
def test_each_step_of_the_schedule_is_sent_exactly_once_whatever_days_the_clock_ran(
    deadline: date, stopped: set[int]
) -> None:
    """TM-06: with runs on any days, no day is used twice, and a clock that never stands still sends all six."""
    standing = Standing(S.NOT_STARTED, deadline, deadline - timedelta(days=60))
    sent: list[date] = []
    for number in range(60):
        today = deadline + timedelta(days=number - 25)
        if not is_working_day(today) or number in stopped:
            continue
        days = [today, *(add_working_days(today, -back) for back in range(1, 3))]
        if newest_due(standing, days, sent[-1] if sent else None, SCHEDULE, working_days_between):
            sent.append(today)
    assert len(set(sent)) == len(sent) <= 6
    if not stopped:
        assert len(sent) == 6


@pytest.mark.parametrize(
    ("state", "kind", "due"),
    [
        (S.IN_PROGRESS, K.BEFORE, True),
        (S.SUBMITTED, K.BEFORE, False),
        (S.SUBMITTED, K.REVIEW, True),
        (S.RETURNED, K.REVIEW, False),
        (S.APPROVED, K.ASKED, False),
        (S.ENDORSED, K.ASKED, True),
    ],
)
def test_an_answer_stops_a_reminder_that_waits(state: ResponseState, kind: ReminderKind, due: bool) -> None:
    assert still_due(state, kind) is due


def _line(**changes: object) -> Line:
    values = {
        "kind": K.BEFORE,
        "survey": "令和8年度 棚卸し調査",
        "unit": "河川課",
        "deadline": DEADLINE,
        "left": 1,
        "state": "回答中",
        "link": "https://opendata.example.lg.jp/survey/1/unit/kasen-ka",
        "training": False,
        "reviews": False,
    }
    return Line(**{**values, **changes})


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([_line()], "保有データ棚卸し調査の回答をお願いします（あと1営業日）"),
        ([_line(left=0), _line(left=5)], "保有データ棚卸し調査の回答をお願いします（今日が期限です）"),
        ([_line(left=-1), _line(left=5)], "保有データ棚卸し調査の回答期限を過ぎています（1件）"),
        ([_line(reviews=True)], "保有データ棚卸し調査の承認をお願いします（1件）"),
        ([_line(training=True)], "【訓練】保有データ棚卸し調査の回答をお願いします（あと1営業日）"),
    ],
)
def test_the_subject_says_what_presses_most(lines: list[Line], expected: str) -> None:
    assert subject_of(lines) == expected


def test_the_text_names_each_unit_its_day_and_the_way_there() -> None:
    lines = [_line(), _line(unit="道路課", reviews=True, kind=K.REVIEW, state="承認待ち"), _line(training=True)]
    body = body_of(lines, name="河川 太郎", site="北海道オープンデータポータル", link="https://x.example/survey")
    assert body.startswith("河川 太郎 様")
    assert "2026年11月20日（金）" in body
    assert "あと1営業日" in body
    assert body.index("■ 回答をお願いします") < body.index("■ 承認をお願いします")
    assert "【訓練】河川課" in body
    assert body.count("https://opendata.example.lg.jp/survey/1/unit/kasen-ka") == 3


def test_working_days_are_not_counted_for_a_deadline_that_is_centuries_away() -> None:
    counted: list[tuple[date, date]] = []

    def between(first: date, last: date) -> int:
        counted.append((first, last))
        return working_days_between(first, last)

    far, near = (Standing(S.NOT_STARTED, day, OPENED) for day in (date(2999, 3, 31), DEADLINE))
    assert kind_on(far, date(2026, 11, 13), SCHEDULE, between) is None
    assert counted == []
    assert kind_on(near, date(2026, 11, 13), SCHEDULE, between) is K.BEFORE


@pytest.mark.parametrize("lead", [1, 5, 20, 60])
@pytest.mark.parametrize("deadline", [date(2026, 1, 6), date(2026, 5, 8), DEADLINE])
def test_a_reminder_falls_however_many_holidays_lie_before_the_deadline(lead: int, deadline: date) -> None:
    standing = Standing(S.NOT_STARTED, deadline, date(2025, 1, 1))
    day = add_working_days(deadline, -lead)
    assert kind_on(standing, day, Schedule(before=(lead,)), working_days_between) is K.BEFORE
