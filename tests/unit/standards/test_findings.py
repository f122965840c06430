"""Findings of one rule in one column are told up to a number; one more stands for the others, so that none is lost."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_standards.domain.finding import Finding, limited

FOUND = [
    *(Finding("L1-14", row=row, column="住所", place=2) for row in range(2, 12)),
    Finding("L1-14", row=3, column="備考", place=3),
    Finding("L1-03", row=5),
]


@pytest.mark.parametrize(("most", "rows"), [(None, 12), (100, 12), (10, 12), (3, 6), (0, 3)])
def test_as_many_are_told_as_asked_and_all_are_counted(most: int | None, rows: int) -> None:
    told = list(limited(FOUND, most))
    assert len(told) == rows
    assert sum(finding.count for finding in told) == len(FOUND)
    assert {finding.column for finding in told} == {"住所", "備考", ""}
