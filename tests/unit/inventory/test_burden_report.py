"""Sums of the burden ledger."""

from __future__ import annotations

from ckanext.hokkaido_inventory.domain.burden_report import Share, summary


def test_units_without_minutes_are_not_taken_for_quick_ones() -> None:
    shares = [
        Share("a", "a", "a", rows=10, minutes={"answering": 30, "reviewing": 10}, before=100),
        Share("b", "b", "b", rows=0, minutes={"answering": 5}),
        Share("c", "c", "c", rows=500, before=60),
    ]
    found = summary(shares)
    assert (found.units, found.gave, found.gave_none, found.total) == (3, 2, 1, 45)
    assert found.minutes == {"answering": 35, "reviewing": 10, "publishing": 0}
    assert (found.median, found.per_row, found.difference) == (22.5, 4.5, -60)
    assert [share.per_row for share in shares] == [4.0, None, None]


def test_nobody_gave_any() -> None:
    found = summary([Share("a", "a", "a", rows=3)])
    assert (found.total, found.median, found.per_row, found.difference) == (0, None, None, None)
