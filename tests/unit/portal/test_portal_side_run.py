"""The other half of a whole test run: its closing line is read, and it does not outlive the first half."""

from __future__ import annotations

import pytest
from portal_parts.side_run import SIDE_LANES, counts, side_run
from portal_parts.test_run import LANES


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("• tests\n\n12 passed, 1 failed, 3 skipped\n", (12, 1, 3)),
        ("12 passed, 1 failed, 3 skipped\nTraceback (most recent call last):\n", None),
        ("", None),
    ],
)
def test_the_closing_line_is_the_last_one(printed: str, expected: tuple[int, int, int] | None) -> None:
    assert counts(printed) == expected


def test_its_lanes_are_lanes() -> None:
    assert set(SIDE_LANES) < set(LANES)


def test_what_it_prints_and_its_code_come_back() -> None:
    with side_run(["no-such-lane"], []) as other:
        printed, code = other.finish()
    assert "no-such-lane" in printed
    assert code != 0


def test_it_ends_with_the_first_half() -> None:
    with side_run(["no-such-lane"], []) as other:
        process = other._process
    assert process.poll() is not None
