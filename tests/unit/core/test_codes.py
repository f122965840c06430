"""Local government codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.hokkaido_core.domain.codes import (
    BUREAU_AREAS,
    InvalidCode,
    Repair,
    check_digit,
    is_valid,
    read_code,
    with_check_digit,
)

numbers = st.builds("{:02d}{:03d}".format, st.integers(1, 47), st.integers(0, 999))


@pytest.mark.parametrize(
    ("number", "digit"),
    [("01000", "6"), ("01100", "2"), ("01101", "1"), ("01303", "0"), ("13101", "6"), ("14100", "3"), ("47382", "1")],
)
def test_the_check_digit_is_that_of_the_official_list(number: str, digit: str) -> None:
    assert check_digit(number) == digit


@pytest.mark.parametrize(
    ("text", "code", "repairs"),
    [
        ("011002", "011002", ()),
        ("11002", "011002", (Repair.LEADING_ZERO,)),
        ("01100", "011002", (Repair.CHECK_DIGIT,)),
        ("1100", "011002", (Repair.LEADING_ZERO, Repair.CHECK_DIGIT)),
        ("10006", "010006", (Repair.LEADING_ZERO,)),
        ("92011", "092011", (Repair.LEADING_ZERO,)),
        ("13101", "131016", (Repair.CHECK_DIGIT,)),
        ("０１１００２", "011002", (Repair.CHARACTERS,)),
        ("'011002", "011002", (Repair.CHARACTERS,)),
        (" 11002.0 ", "011002", (Repair.CHARACTERS, Repair.LEADING_ZERO)),
        ("01100-2", "011002", (Repair.CHARACTERS,)),
    ],
)
def test_a_broken_code_is_mended_and_the_repair_reported(text: str, code: str, repairs: tuple[Repair, ...]) -> None:
    reading = read_code(text)
    assert (reading.code, reading.repairs) == (code, repairs)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("　", "empty"),
        ("札幌市", "digits"),
        ("1.5", "digits"),
        ("100", "length"),
        ("0110021", "length"),
        ("011003", "check"),
        ("480002", "prefecture"),
        ("000000", "prefecture"),
        ("00100", "prefecture"),
    ],
)
def test_what_is_no_code_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(InvalidCode) as refused:
        read_code(text)
    assert refused.value.reason == reason


def test_a_wrong_check_digit_names_the_right_code() -> None:
    with pytest.raises(InvalidCode) as refused:
        read_code("011003")
    assert refused.value.expected == "011002"


def test_five_digits_with_two_meanings_report_the_other_one() -> None:
    assert read_code("11002").alternative == with_check_digit("11002")


def test_a_list_of_known_codes_decides_between_two_meanings() -> None:
    other = with_check_digit("11002")
    assert read_code("11002", known={other}).code == other


@pytest.mark.parametrize("area", sorted(BUREAU_AREAS))
def test_a_bureau_never_gets_an_invented_check_digit(area: str) -> None:
    assert read_code(area).code == area
    assert read_code(area.lstrip("0")).repairs == (Repair.LEADING_ZERO,)


@given(numbers)
def test_every_code_is_read_as_itself(number: str) -> None:
    assert read_code(with_check_digit(number)).code == with_check_digit(number)


@given(numbers, st.integers(0, 5), st.integers(1, 9))
def test_one_wrong_digit_before_the_last_is_noticed_or_gives_another_prefecture(
    number: str, place: int, step: int
) -> None:
    code = with_check_digit(number)
    wrong = code[:place] + str((int(code[place]) + step) % 10) + code[place + 1 :]
    # Rests 0 and 10 of the sum share the digit of rest 1 and 0, so a single slip can stay valid; it is never unread.
    assert is_valid(wrong) == (1 <= int(wrong[:2]) <= 47 and check_digit(wrong[:5]) == wrong[5])


@given(numbers.filter(lambda number: number.startswith("0") and number not in BUREAU_AREAS))
def test_a_lost_zero_comes_back(number: str) -> None:
    code = with_check_digit(number)
    assert read_code(code[1:]).code == code


@given(st.text(max_size=12))
def test_any_text_is_either_read_or_refused(text: str) -> None:
    try:
        reading = read_code(text)
    except InvalidCode:
        return
    assert is_valid(reading.code) or reading.code in BUREAU_AREAS
