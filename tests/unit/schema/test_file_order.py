"""A file moves so many places, and never out of the list."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_schema.domain.file_order import moved


@pytest.mark.parametrize(
    ("file_id", "step", "order"),
    [
        ("b", -1, "bac"),
        ("b", 1, "acb"),
        ("a", -1, "abc"),
        ("c", 1, "abc"),
        ("c", -2, "cab"),
        ("a", 9, "bca"),
        ("x", 1, "abc"),
    ],
)
def test_a_file_moves_within_the_list(file_id: str, step: int, order: str) -> None:
    assert moved("abc", file_id, step) == list(order)
