"""What a look at a link means, and when the link is called broken."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ckanext.hokkaido_schema.domain.link_state import LinkState, Look, Outcome, Standing, after, judged, waits

MONDAY, TUESDAY, FRIDAY = date(2026, 4, 6), date(2026, 4, 7), date(2026, 4, 10)

MEANING = [
    (Look(200), Outcome.FINE),
    (Look(206), Outcome.FINE),
    (Look(304), Outcome.FINE),
    (Look(200, moved_to="https://example.jp/new"), Outcome.MOVED),
    (Look(404), Outcome.FAILED),
    (Look(410), Outcome.FAILED),
    (Look(404, moved_to="https://example.jp/new"), Outcome.FAILED),
    (Look(500), Outcome.FAILED),
    (Look(502), Outcome.FAILED),
    (Look(401), Outcome.UNKNOWABLE),
    (Look(403), Outcome.UNKNOWABLE),
    (Look(451), Outcome.UNKNOWABLE),
    (Look(429), Outcome.BUSY),
    (Look(503), Outcome.BUSY),
    (Look(0, "not-allowed"), Outcome.UNKNOWABLE),
    (Look(0, "not-resolved"), Outcome.FAILED),
    (Look(0, "not-reached"), Outcome.FAILED),
    (Look(0, "not-trusted"), Outcome.FAILED),
    (Look(0, "too-slow"), Outcome.FAILED),
    (Look(0, "bad-answer"), Outcome.FAILED),
    (Look(0, "redirects"), Outcome.FAILED),
    (Look(0, "no-file"), Outcome.FAILED),
]


@pytest.mark.parametrize(("look", "outcome"), MEANING)
def test_a_look_has_its_meaning(look: Look, outcome: Outcome) -> None:
    assert judged(look) is outcome


def test_a_link_that_fails_twice_on_one_day_is_not_broken() -> None:
    standing = after(after(Standing(LinkState.OK), Look(404), MONDAY), Look(404), MONDAY)
    assert (standing.state, standing.failed_days, standing.failed_since) == (LinkState.OK, 1, MONDAY)


def test_a_link_that_fails_on_two_days_is_broken_since_the_first() -> None:
    standing = after(after(Standing(LinkState.OK), Look(404), MONDAY), Look(0, "not-reached"), FRIDAY)
    assert (standing.state, standing.failed_days, standing.failed_since) == (LinkState.BROKEN, 2, MONDAY)


def test_a_link_that_works_again_is_forgiven() -> None:
    broken = Standing(LinkState.BROKEN, failed_since=MONDAY, failed_on=TUESDAY, failed_days=2)
    assert after(broken, Look(200), FRIDAY) == Standing(LinkState.OK)


def test_a_busy_site_changes_nothing() -> None:
    failing = Standing(LinkState.OK, failed_since=MONDAY, failed_on=MONDAY, failed_days=1)
    assert after(failing, Look(429, retry_after=60), TUESDAY) == failing


def test_what_cannot_be_judged_from_here_is_not_called_broken() -> None:
    broken = Standing(LinkState.BROKEN, failed_since=MONDAY, failed_on=TUESDAY, failed_days=2)
    assert after(broken, Look(403), FRIDAY) == Standing(LinkState.UNREACHABLE)


@pytest.mark.parametrize(
    ("look", "standing", "wait"),
    [
        (Look(200), Standing(LinkState.OK), timedelta(days=7)),
        (Look(404), Standing(LinkState.OK, failed_days=1), timedelta(days=1)),
        (Look(404), Standing(LinkState.BROKEN, failed_days=2), timedelta(days=7)),
        (Look(429, retry_after=7200), Standing(LinkState.OK), timedelta(hours=2)),
        (Look(429), Standing(LinkState.OK), timedelta(hours=1)),
        (Look(503, retry_after=10**9), Standing(LinkState.OK), timedelta(days=1)),
    ],
)
def test_a_link_is_left_alone_for_a_while(look: Look, standing: Standing, wait: timedelta) -> None:
    assert waits(look, standing) == wait
