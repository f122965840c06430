"""What a stored file is called, whatever CKAN left of its name."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_standards.file_name import file_name


@pytest.mark.parametrize(
    ("url", "title", "expected"),
    [
        ("https://example.jp/dataset/1/resource/2/download/public_toilet.csv", "公衆トイレ一覧", "public_toilet.csv"),
        ("https://example.jp/dataset/1/resource/2/download/.csv", "公衆トイレ一覧", "公衆トイレ一覧.csv"),
        ("https://example.jp/download/.csv", "公衆トイレ一覧.CSV", "公衆トイレ一覧.CSV"),
        ("_.xlsx", "避難所", "避難所.xlsx"),
        ("-", "避難所", "避難所"),
        ("8_.csv", "令和8年度", "8_.csv"),
        (".csv", "", ".csv"),
        (".csv", "一覧/トイレ", "トイレ.csv"),
        ("", "避難所", "避難所"),
        ("", "", ""),
    ],
)
def test_the_title_stands_in_where_nothing_is_left_of_the_name(url: str, title: str, expected: str) -> None:
    assert file_name({"url": url, "name": title}) == expected


def test_a_file_without_anything_has_no_name() -> None:
    assert file_name({"url": None, "name": None}) == ""
