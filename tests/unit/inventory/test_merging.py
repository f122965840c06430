"""How a row of a file and the stored one are told apart, and what the column 変更区分 means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.form_code import make_code, read_code
from ckanext.hokkaido_inventory.domain.merging import fingerprint, settled

MOMENTS = st.datetimes(datetime(2020, 1, 2), datetime(2050, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.uuids(), st.uuids(), MOMENTS)
def test_a_form_code_says_for_whom_and_when(survey, unit, at) -> None:
    code = read_code(make_code(str(survey), str(unit), at))
    assert code is not None
    assert code.is_of_survey(str(survey))
    assert code.is_of_unit(str(unit))
    assert timedelta(0) <= code.made_at - at < timedelta(milliseconds=1)


def test_a_form_code_is_read_as_people_and_cleaners_write_it() -> None:
    code = make_code("s", "u", datetime(2026, 11, 25, tzinfo=UTC))
    full_width = code.translate({ord(sign): ord(sign) + 0xFEE0 for sign in set(code)})
    assert read_code(full_width) == read_code(code.lower().replace("-", " ")) == read_code(code)


@given(st.integers(0, 15), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_a_mistyped_form_code_is_hardly_ever_taken(place, sign) -> None:
    right = make_code("s", "u", datetime(2026, 11, 25, tzinfo=UTC)).replace("-", "")
    wrong = right[:place] + sign + right[place + 1 :]
    assert (read_code(wrong) is None) or wrong == right


@pytest.mark.parametrize("text", ["", "番号", "1234", "AAAA-BBBB-CCCC-DDDD-EEEE"])
def test_other_texts_are_no_form_code(text) -> None:
    assert read_code(text) is None


def test_a_fingerprint_does_not_tell_blanks_apart_but_everything_else() -> None:
    row = {"title": "一覧", "remarks": None, "record_count": 0}
    assert fingerprint(row, None) == fingerprint({"record_count": 0, "title": "一覧", "remarks": ""}, "")
    assert len({fingerprint(row, None), fingerprint(row, "gone"), fingerprint(row | {"record_count": 1}, None)}) == 3


@pytest.mark.parametrize(
    ("stored", "declared", "computed", "expected"),
    [
        ("carried", None, None, "carried"),
        ("carried", Change.UNCHANGED, None, "unchanged"),
        ("carried", Change.CHANGED, None, "changed"),
        ("carried", Change.GONE, None, "gone"),
        ("carried", None, "changed", "changed"),
        # Edited cells weigh more than the word beside them.
        ("carried", Change.UNCHANGED, "changed", "changed"),
        ("unchanged", Change.CHANGED, "unchanged", "changed"),
        ("gone", None, None, "gone"),
        ("gone", Change.UNCHANGED, None, "unchanged"),
        ("gone", Change.GONE, "changed", "gone"),
        # What is new this year has nothing it could be unchanged from.
        ("new", Change.UNCHANGED, None, "new"),
        ("new", Change.GONE, None, "gone"),
    ],
)
def test_a_row_stands_to_the_round_before_as_the_file_says(stored, declared, computed, expected) -> None:
    assert settled(stored, declared, computed) == expected
