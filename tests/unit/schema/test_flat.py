"""Repeating groups of a form."""

from __future__ import annotations

from ckanext.hokkaido_schema.domain.flat import drop_empty_groups, group_numbers

MISSING = object()


def test_empty_groups_go_and_the_others_close_up() -> None:
    data = {
        ("title",): "x",
        ("contact", 0, "name"): "",
        ("contact", 0, "email"): MISSING,
        ("contact", 1, "name"): "道路課",
        ("contact", 2, "name"): "  ",
        ("contact", 3, "name"): "住宅課",
        ("contact", 3, "email"): None,
    }
    drop_empty_groups(data, "contact", blank=(MISSING,))
    assert data == {
        ("title",): "x",
        ("contact", 0, "name"): "道路課",
        ("contact", 1, "name"): "住宅課",
        ("contact", 1, "email"): None,
    }


def test_groups_are_numbered_in_the_order_of_numbers_not_of_text() -> None:
    data = {("contact", number, "name"): "x" for number in (10, 2, 0)}
    assert group_numbers(data, "contact") == [0, 2, 10]


def test_other_fields_do_not_count() -> None:
    assert group_numbers({("contact",): [], ("contacts", 0, "name"): "x"}, "contact") == []
