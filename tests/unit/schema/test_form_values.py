"""Reading the form of a dataset: groups, several values, and what is not there any more."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_schema.domain.conflict import differences, fingerprints
from ckanext.hokkaido_schema.domain.form_groups import grouped
from ckanext.hokkaido_schema.domain.form_values import FormShape, read_form, shape_of, tags_of
from ckanext.hokkaido_schema.domain.resource_form import columns_of

SHAPE = FormShape(frozenset({"title"}), frozenset({"theme"}), {"period": frozenset({"start", "end"})})


def test_the_shape_follows_the_snippets_of_the_fields() -> None:
    fields = [
        {"field_name": "title"},
        {"field_name": "theme", "form_snippet": "multiple_checkbox.html"},
        {"field_name": "hash", "form_snippet": None},
        {"field_name": "period", "repeating_subfields": [{"field_name": "start"}, {"field_name": "end"}]},
    ]
    assert shape_of(fields) == SHAPE


def test_more_than_ten_groups_keep_their_order() -> None:
    items = [(f"period-{number}-start", str(number)) for number in (11, 2, 0, 1, 10, 9)]
    found = read_form(items, SHAPE, complete=True)
    assert [one["start"] for one in found["period"]] == ["0", "1", "2", "9", "10", "11"]


def test_a_removed_group_is_gone_and_a_blank_one_is_none() -> None:
    items = [("period-0-start", "  "), ("period-0-end", ""), ("period-3-end", "2026")]
    assert read_form(items, SHAPE, complete=True)["period"] == [{"end": "2026"}]


def test_what_is_not_ticked_is_not_chosen() -> None:
    assert read_form([("title", "a")], SHAPE, complete=True) == {"title": "a", "theme": [], "period": []}


def test_a_request_with_a_few_fields_speaks_of_no_others() -> None:
    assert read_form([("title", " a\r\nb "), ("other", "x")], SHAPE, complete=False) == {"title": "a\nb"}


@pytest.mark.parametrize("text", ["避難所,AED", "避難所、AED", " 避難所 ，AED、避難所", "避難所；AED,"])
def test_keywords_are_parted_by_any_comma(text: str) -> None:
    assert tags_of(text) == [{"name": "避難所"}, {"name": "AED"}]


def test_columns_of_a_form_keep_their_order_and_leave_nothing_behind() -> None:
    resource = {"name": "x"} | {f"columns-{n:03d}-name": f"c{n}" for n in (10, 2, 0)} | {"columns-002-description": "d"}
    assert columns_of(resource) == [{"name": "c0"}, {"name": "c2", "description": "d"}, {"name": "c10"}]
    assert resource == {"name": "x"}


def test_a_change_of_another_person_is_told_with_both_texts() -> None:
    base = fingerprints({"title": "a", "notes": "n", "url": "u"}, ("title", "notes", "url"))
    mine = {"title": "mine", "notes": "n", "url": "changed"}
    theirs = {"title": "theirs", "notes": "new", "url": "u"}
    found = [(one.field, one.mine, one.theirs, one.choice) for one in differences(base, mine, theirs)]
    assert found == [("title", "mine", "theirs", ""), ("notes", "n", "new", "theirs")]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [("a\r\nb", "a\nb"), ("", None), ([], None), ([{"name": "x", "url": ""}], [{"name": "x"}]), (["a", ""], ["a"])],
)
def test_two_ways_of_writing_the_same_are_no_difference(mine: object, theirs: object) -> None:
    assert differences({"x": "other"}, {"x": mine}, {"x": theirs}) == []


@pytest.mark.parametrize(
    ("data", "errors", "is_open"),
    [({}, {}, False), ({"theme": ["a"]}, {}, True), ({}, {"theme": ["wrong"]}, True), ({"title": "t"}, {}, False)],
)
def test_a_folded_group_opens_for_a_value_and_for_an_error(data: dict, errors: dict, *, is_open: bool) -> None:
    in_sight, groups = grouped([{"field_name": "title"}, {"field_name": "theme"}], data, errors)
    assert [one["field_name"] for one in in_sight] == ["title"]
    assert [(one.name, one.open) for one in groups] == [("find", is_open)]
