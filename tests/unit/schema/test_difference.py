"""Two descriptions and two tables compared."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_schema.domain.row_diff import compare_rows
from ckanext.hokkaido_schema.domain.text_diff import compare_fields, compare_texts
from ckanext.hokkaido_schema.service.comparing import MOST_CELLS, FileRows
from ckanext.hokkaido_schema.service.converting import source_of
from ckanext.hokkaido_schema.stored_file import StoredFile

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


def _file(content: bytes, share: int = 1) -> FileRows:
    pieces = [content[at : at + 1000] for at in range(0, len(content), 1000)]
    # Less is read at first than the file has: comparing goes on to its end.
    return FileRows(source_of(StoredFile(len(content), lambda: pieces), 5000), share)


def _numbers(first: int, last: int, value: str = "値") -> bytes:
    return "".join(["題名\r\nコード,値,備考\r\n", *(f"{at},{value},\r\n" for at in range(first, last))]).encode("cp932")


def test_files_are_compared_to_their_ends() -> None:
    before, after = _file(_numbers(0, 9000)), _file(_numbers(3, 9002))
    found = compare_rows(after.source.headings, before, after)
    assert (found.key, found.rows_before, found.rows_after) == (("コード",), 9000, 8999)
    assert (found.same, found.added, found.removed, found.changed) == (8997, 2, 3, 0)
    assert found.added_rows == (("9000", "値", ""), ("9001", "値", ""))
    assert before.whole
    assert after.whole


def test_what_lies_beyond_the_limit_is_not_compared_and_said() -> None:
    share = MOST_CELLS // 3 // 100
    before, after = (_file(_numbers(0, rows, value), share) for rows, value in ((100, "a"), (101, "b")))
    found = compare_rows(after.source.headings, before, after)
    assert (found.rows_before, found.rows_after, found.changed, before.most) == (100, 100, 100, 100)
    assert (before.whole, after.whole) == (True, False)


@pytest.mark.parametrize(
    ("content", "rows", "whole"),
    [
        (b"a,b\n1\n\n2,3,4\n\n", [("1", "", ""), ("2", "3", "4")], True),
        (b"a,b\r1,x\r", [("1", "x")], True),
        (b'a,b\n1,2\n"3,' + b"x\n" * 100_000, [("1", "2")], False),
    ],
)
def test_odd_rows_are_as_wide_as_the_headings(content: bytes, rows: list[tuple[str, ...]], whole: bool) -> None:
    found = _file(content)
    assert (list(found), found.whole) == (rows, whole)


def test_an_example_of_a_long_cell_is_cut() -> None:
    found = compare_rows(("コード", "値"), [("1", "a")], [("1", "b" * 5000)])
    assert len(found.changed_rows[0].cells[0].after) == 2001
