"""How a row stands to the round before, what two people wrote into one row, and minutes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.row import Content
from ckanext.hokkaido_inventory.domain.standing import edited, progress, said
from ckanext.hokkaido_inventory.domain.three_way import Clash, merge

BEFORE = Content("河川一覧", "名称と延長", {"format": "CSV"})
OTHER = Content("河川一覧", "名称", {"format": "CSV"})


@pytest.mark.parametrize(
    ("word", "content", "before", "result"),
    [
        (Change.UNCHANGED, BEFORE, BEFORE, Change.UNCHANGED),
        (Change.UNCHANGED, OTHER, BEFORE, Change.CHANGED),
        (Change.UNCHANGED, BEFORE, None, Change.NEW),
        (Change.GONE, BEFORE, BEFORE, Change.GONE),
        (Change.GONE, OTHER, BEFORE, Change.GONE),
        (Change.CARRIED, BEFORE, BEFORE, Change.CARRIED),
        (Change.CARRIED, OTHER, BEFORE, Change.CHANGED),
        (Change.CARRIED, BEFORE, None, Change.NEW),
    ],
)
def test_what_a_person_says_meets_what_stands_in_the_row(word, content, before, result):
    assert said(word, content, before) is result


@pytest.mark.parametrize(("word", "before"), [(Change.GONE, None), (Change.NEW, BEFORE), (Change.CHANGED, BEFORE)])
def test_what_cannot_be_said_is_refused(word, before):
    with pytest.raises(ValueError, match=word):
        said(word, BEFORE, before)


@pytest.mark.parametrize(
    ("present", "content", "before", "result"),
    [
        (Change.CARRIED, OTHER, BEFORE, Change.CHANGED),
        (Change.CARRIED, BEFORE, BEFORE, Change.UNCHANGED),
        (Change.CHANGED, BEFORE, BEFORE, Change.UNCHANGED),
        (Change.NEW, OTHER, None, Change.NEW),
        (Change.GONE, OTHER, BEFORE, Change.GONE),
    ],
)
def test_an_edit_compares_and_gone_stays_gone(present, content, before, result):
    assert edited(present, content, before) is result


def test_progress_counts_rows_or_counts():
    from_rows = progress(["carried", "gone", "new", "carried"])
    assert from_rows == progress({"carried": 2, "gone": 1, "new": 1})
    assert (from_rows.rows, from_rows.looked_at, from_rows.carried, from_rows.gone) == (4, 2, 2, 1)


@pytest.mark.parametrize(
    ("was", "mine", "theirs", "settled", "clashes"),
    [
        ({"a": "1"}, {"a": "1"}, {"a": "2"}, {"a": "2"}, ()),
        ({"a": "1"}, {"a": "2"}, {"a": "1"}, {"a": "2"}, ()),
        ({"a": "1"}, {"a": "2"}, {"a": "2"}, {"a": "2"}, ()),
        ({"a": "1"}, {"a": "2"}, {"a": "3"}, {}, (Clash("a", "1", "2", "3"),)),
        ({"a": "1"}, {"a": ""}, {"a": "3"}, {}, (Clash("a", "1", "", "3"),)),
        ({}, {"a": "2"}, {"a": "3"}, {}, (Clash("a", "", "2", "3"),)),
        ({}, {"a": "2"}, {}, {}, (Clash("a", "", "2", ""),)),
        ({"a": 1200}, {"a": "1200"}, {"a": 1300}, {"a": "1300"}, ()),
        ({"a": "x\ny"}, {"a": "x\r\ny"}, {"a": "z"}, {"a": "z"}, ()),
    ],
)
def test_two_people_in_one_row(was, mine, theirs, settled, clashes):
    """CC-01."""
    merged = merge(["a"], was, mine, theirs)
    assert (merged.settled, merged.clashes) == (settled, clashes)


ROW = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["", "1", "2", "3"]))


@given(was=ROW, mine=ROW, theirs=ROW)
def test_of_two_people_nothing_is_lost(was, mine, theirs):
    """CC-01: what somebody changed stands either in the result or in the choice."""
    keys = "abc"
    merged = merge(keys, {key: was.get(key, "") for key in keys}, mine, theirs)
    for version in (mine, theirs):
        for key in keys:
            value = version.get(key, "")
            if value != was.get(key, ""):
                shown = [clash for clash in merged.clashes if clash.key == key]
                assert merged.settled.get(key) == value or value in (shown[0].mine, shown[0].theirs)
