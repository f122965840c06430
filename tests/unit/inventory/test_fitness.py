"""Suitability and API fitness are counted as the formulas of the official form count them (sheet 4, J and W)."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_inventory.domain.fitness import SUITABILITY_KEYS, Verdict, api_fitness, suitability

CASES = [
    (["unclear"] * 5, "要確認"),
    (["no"] * 5, "非該当"),
    (["yes", "no", "no", "no", None], 1),
    (["yes"] * 5, 5),
    (["no", "no", "unclear", "no", "no"], "要確認"),
    (["no", "no", "no", "no", None], "未回答項目有り"),
    ([None] * 5, "未回答項目有り"),
]


@pytest.mark.parametrize(("cells", "shown"), CASES)
def test_suitability_is_what_the_form_shows(cells: list[str | None], shown: str | int) -> None:
    assert suitability(dict(zip(SUITABILITY_KEYS, cells, strict=True))).shown == shown


@pytest.mark.parametrize(
    ("answers", "number"),
    [
        ({"update_interval": 1, "update_unit": "day"}, 1),
        ({"update_interval": 1, "update_unit": "week"}, 0),
        ({"update_interval": 0, "update_unit": "day"}, 0),
        ({"record_count": 10_000}, 1),
        ({"record_count": 9_999}, 0),
        ({"update_interval": 5, "update_unit": "minute", "record_count": 20_000, "mashup_local": "yes"}, 3),
    ],
)
def test_api_fitness_counts_frequency_and_size(answers: dict[str, object], number: int) -> None:
    assert api_fitness(answers).number == number


def test_nothing_answered_is_incomplete() -> None:
    assert api_fitness({}).verdict is Verdict.INCOMPLETE
