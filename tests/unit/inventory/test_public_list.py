"""The rules of the public list: harmless queries, kinds of difference, who sees which level."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.hokkaido_inventory.domain.difference import Kind, changed_fields, kinds_of
from ckanext.hokkaido_inventory.domain.index_query import FACETS, MOST_WORDS, Query, request, words_of

SYNTAX = set('+-&|!(){}[]^"~*?:\\/ <>=,;')


@given(st.text(max_size=60))
def test_words_hold_no_syntax_and_are_few(text: str) -> None:
    words = words_of(text)
    assert len(words) <= MOST_WORDS
    assert not any(SYNTAX & set(word) for word in words)
    assert all(word == word.casefold() for word in words)


@given(st.sampled_from(FACETS), st.text(max_size=50))
def test_a_value_stays_inside_its_quotation_marks(facet: str, value: str) -> None:
    (narrowed,) = request(Query(chosen={facet: value}))["filter"]
    head = f'{{!tag={facet}}}{facet}:"'
    assert narrowed.startswith(head)
    assert json.loads(f'"{narrowed[len(head) : -1]}"', strict=False) == value


def test_an_unknown_facet_is_not_asked_for() -> None:
    assert request(Query(chosen={"id": "x"}))["filter"] == []


@pytest.mark.parametrize(
    ("query", "nothing"),
    [
        (Query(), False),
        (Query(words="  "), False),
        (Query(words="%"), True),
        (Query(words="河川 %"), False),
        (Query(units=frozenset()), True),
        (Query(units=frozenset({"a"})), False),
    ],
)
def test_what_can_find_nothing_is_not_asked(query: Query, nothing: bool) -> None:
    assert query.finds_nothing is nothing


ROW = {"title": "河川一覧", "description": "", "decision": "open", "priority": None}


@pytest.mark.parametrize(
    ("before", "after", "opened", "kinds"),
    [
        (None, ROW, False, (Kind.ADDED,)),
        (None, ROW, True, (Kind.ADDED, Kind.OPENED)),
        (ROW, None, True, (Kind.GONE,)),
        (ROW, ROW, False, ()),
        (ROW, ROW, True, (Kind.OPENED,)),
        (ROW, ROW | {"description": None, "priority": 0}, False, ()),
        (ROW, ROW | {"decision": "closed"}, False, (Kind.RECLASSIFIED,)),
        (ROW, ROW | {"decision": "closed", "title": "川"}, False, (Kind.RECLASSIFIED, Kind.CHANGED)),
    ],
)
def test_the_kinds_of_difference(before, after, opened, kinds) -> None:
    assert kinds_of(before, after, opened=opened) == kinds


def test_the_fields_that_changed_stand_in_their_order() -> None:
    assert changed_fields(ROW, ROW | {"law": "統計法", "title": "川"}) == ("title", "law")
