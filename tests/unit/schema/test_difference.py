"""Two descriptions and two tables compared."""

from __future__ import annotations

from ckanext.hokkaido_schema.domain.row_diff import compare_rows
from ckanext.hokkaido_schema.domain.text_diff import compare_fields, compare_texts

HEADINGS = ("NO", "コード", "名称", "人数")
BEFORE = [("1", "01", "中央", "10"), ("2", "02", "北", "20"), ("3", "03", "南", "30")]


def test_only_fields_that_differ_are_listed() -> None:
    changes = compare_fields({"title": "人口", "notes": "古い", "version": "1"}, {"title": "人口", "notes": "新しい"})
    assert [(one.name, one.before, one.after) for one in changes] == [("notes", "古い", "新しい"), ("version", "1", "")]


def test_words_and_numbers_are_not_cut() -> None:
    pieces = compare_texts("令和7年度 version 12", "令和8年度 version 13")
    assert [(one.kind, one.text) for one in pieces] == [
        ("same", "令和"),
        ("gone", "7"),
        ("new", "8"),
        ("same", "年度 version "),
        ("gone", "12"),
        ("new", "13"),
    ]


def test_rows_are_told_apart_by_a_key_and_not_by_their_number() -> None:
    after = [("1", "02", "北", "25"), ("2", "03", "南", "30"), ("3", "04", "東", "40")]
    found = compare_rows(HEADINGS, BEFORE, after)
    assert found.key == ("コード",)
    assert (found.added, found.removed, found.changed, found.same) == (1, 1, 2, 0)
    assert [(cell.heading, cell.before, cell.after) for cell in found.changed_rows[0].cells] == [
        ("NO", "2", "1"),
        ("人数", "20", "25"),
    ]


def test_two_columns_together_may_be_the_key() -> None:
    before = [("札幌", "男", "1"), ("札幌", "女", "1"), ("函館", "男", "1"), ("函館", "女", "1")]
    after = [*before[:3], ("函館", "女", "2")]
    found = compare_rows(("市", "性別", "人口"), before, after)
    assert (found.key, found.changed, found.same) == (("市", "性別"), 1, 3)


def test_without_a_key_whole_rows_are_counted() -> None:
    found = compare_rows(("a",), [("x",), ("x",), ("y",)], [("x",), ("y",), ("z",)])
    assert (found.key, found.added, found.removed, found.same) == ((), 1, 1, 2)


def test_examples_are_bounded() -> None:
    rows = [(str(number), "a") for number in range(500)]
    found = compare_rows(("コード", "値"), rows, [(key, "b") for key, _value in rows])
    assert (found.changed, len(found.changed_rows)) == (500, 10)
