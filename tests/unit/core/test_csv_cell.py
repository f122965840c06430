"""Text in published CSV files is never calculated, and can be restored (UP-07)."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ckanext.hokkaido_core.domain.csv_cell import neutralise, restore


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+81", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝１", "＋", "－", "＠", " =1", "　=1", '"=1', "“＝1", "'=1"],
)
def test_what_a_spreadsheet_would_calculate_is_made_text(text):
    assert neutralise(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "河川一覧", "1200", "a=b", "'90年代の記録", "2026-04-01", "〒060-8588", "― 備考"])
def test_other_text_stays_as_it_is(text):
    assert neutralise(text) == text


@given(st.text() | st.text(alphabet="'=＝+-@ \t\"1a"))
@example("''=1")
@example("'")
def test_what_was_written_is_restored(text):
    assert restore(neutralise(text)) == text
