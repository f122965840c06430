"""Corporate numbers (法人番号) and their check digit."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_schema.domain.corporate_number import InvalidNumber, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7000020010006", "7000020010006"),
        ("９００００２００１１００２", "9000020011002"),
        ("7-0000-1205-0002", "7000012050002"),
        ("T7000012050002", "7000012050002"),
        (" 7000012050002 ", "7000012050002"),
    ],
)
def test_numbers_are_read_as_people_type_them(text: str, number: str) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("7000020010007", "check"),
        ("8000020010006", "check"),
        ("700002001000", "length"),
        ("70000200100066", "length"),
        ("北海道", "digits"),
        ("7000020O10006", "digits"),
        ("①", "length"),
    ],
)
def test_wrong_numbers_say_what_is_wrong(text: str, reason: str) -> None:
    with pytest.raises(InvalidNumber) as refused:
        read_number(text)
    assert refused.value.reason == reason
