"""When a file at another site is asked for again, and when it is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ckanext.hokkaido_standards.domain.linked_address import linked_name, site_of
from ckanext.hokkaido_standards.domain.linked_state import LinkedState, Outcome, Standing, after, waits

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)
KEEP, WEEK = timedelta(days=30), timedelta(days=7)
HOUR = timedelta(hours=1)


def walked(*steps: tuple[str, float], start: str = "good") -> Standing:
    """Return what is known after some outcomes, each so many hours after the beginning."""
    standing = Standing(LinkedState(start))
    for outcome, hours in steps:
        standing = after(standing, Outcome(outcome), AT + hours * HOUR, KEEP)
    return standing


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ([("not-there", 0)], "failing"),
        ([("not-there", 0), ("not-there", 19)], "failing"),
        ([("not-there", 0), ("not-there", 20)], "lost"),
        ([("not-there", 0), ("same", 10), ("not-there", 24)], "failing"),
        ([("no-table", 0), ("not-there", 24)], "lost"),
        ([("away", 0), ("not-there", 24)], "failing"),
        ([("not-there", 0), ("away", 24)], "lost"),
        ([("away", 0), ("busy", 719)], "failing"),
        ([("away", 0), ("away", 720)], "lost"),
        ([("taken-back", 0)], "lost"),
        ([("refused", 0)], "lost"),
        ([("large", 0)], "large"),
        ([("taken-back", 0), ("fresh", 1)], "good"),
        ([("taken-back", 0), ("away", 1000)], "lost"),
    ],
    ids=str,
)
def test_what_its_site_says_decides_when_a_file_is_lost(steps: list[tuple[str, float]], state: str) -> None:
    assert walked(*steps).state == state


@pytest.mark.parametrize(
    ("outcome", "state", "failures"),
    [("no-table", "no-table", 0), ("away", "waiting", 1), ("not-there", "waiting", 1), ("refused", "waiting", 1)],
)
def test_what_was_never_read_cannot_be_lost(outcome: str, state: str, failures: int) -> None:
    found = walked((outcome, 0), start="waiting")
    assert (found.state, found.failures) == (state, failures)


def hours(standing: Standing, outcome: str, rest: int = 0, seed: str = "a") -> float:
    return waits(standing, Outcome(outcome), WEEK, rest, seed) / HOUR


def test_each_failure_makes_the_next_wait_longer_up_to_the_interval() -> None:
    found = [round(hours(Standing(LinkedState.FAILING, number), "away")) for number in (1, 2, 3, 4, 5, 50)]
    assert found[:4] == [1, 4, 16, 64]
    assert found[4] == found[5] == round(hours(Standing(LinkedState.GOOD), "same"))


@pytest.mark.parametrize(("outcome", "rest", "wait"), [("busy", 7200, 2), ("busy", 0, 1), ("not-there", 0, 24)])
def test_a_site_is_left_alone_for_as_long_as_it_asks(outcome: str, rest: int, wait: float) -> None:
    assert hours(Standing(LinkedState.FAILING, 1), outcome, rest) == wait


def test_each_file_has_an_interval_of_its_own() -> None:
    found = {hours(Standing(LinkedState.GOOD), "fresh", seed=str(number)) for number in range(50)}
    assert min(found) >= 24 * 7 * 0.9
    assert max(found) <= 24 * 7 * 1.1
    assert len(found) == 50


@pytest.mark.parametrize(
    ("url", "disposition", "name"),
    [
        ("https://www.example.jp/data/aed.csv?key=secret#a", "", "aed.csv"),
        ("https://www.example.jp/%E3%83%88%E3%82%A4%E3%83%AC.xlsx", "", "トイレ.xlsx"),
        ("https://www.example.jp/a%2Fb.csv", "", "b.csv"),
        ("https://www.example.jp/d.php?id=3", 'attachment; filename="aed.csv"', "aed.csv"),
        ("https://www.example.jp/d.php", "attachment; filename*=UTF-8''%E3%83%88.csv", "ト.csv"),
        ("https://www.example.jp/d", 'attachment; filename="../../etc/x.csv"', "x.csv"),
        ("https://www.example.jp/d", 'attachment; filename="run.exe"', "d"),
        ("https://www.example.jp/", "", ""),
        ("http://[x/a.csv", "", ""),
    ],
)
def test_a_file_is_called_by_the_end_of_its_address_without_what_is_asked_for(
    url: str, disposition: str, name: str
) -> None:
    assert linked_name(url, disposition) == name


@pytest.mark.parametrize(("url", "site"), [("https://WWW.Example.jp:8443/a", "www.example.jp"), ("http://[x/a", "")])
def test_a_site_is_called_by_its_host(url: str, site: str) -> None:
    assert site_of(url) == site
