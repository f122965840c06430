"""Citations, lines of programs, and descriptions of columns for readers."""

from __future__ import annotations

import ast
from datetime import date

import pytest

from ckanext.hokkaido_schema.domain.citation import Cited, bibtex, english, japanese
from ckanext.hokkaido_schema.domain.code_sample import Readable, power_query, python, r
from ckanext.hokkaido_schema.domain.column_list import Column, columns_of

CITED = Cited(
    publisher="北海道",
    publisher_en="Hokkaido Government",
    title="人口_100%",
    title_en="Population",
    name="population-2026",
    year="2026",
    licence="CC BY 4.0",
    url="https://example.jp/dataset/population-2026",
    read_on=date(2026, 11, 6),
)


def test_a_citation_names_publisher_title_year_licence_address_and_day() -> None:
    url = CITED.url
    assert japanese(CITED) == f"北海道「人口_100%」、2026年、CC BY 4.0、{url}（2026年11月6日閲覧）"
    text = f"Hokkaido Government (2026). Population [Data set]. CC BY 4.0. {url} (accessed 6 November 2026)"
    assert english(CITED) == text


def test_bibtex_escapes_what_it_would_take_for_its_own() -> None:
    entry = bibtex(CITED)
    assert entry.startswith("@misc{population-2026,")
    assert r"title = {{人口\_100\%}}" in entry
    assert "urldate = {2026-11-06}" in entry


@pytest.mark.parametrize(
    ("encoding", "pandas", "readr", "page"),
    [
        ("Shift_JIS", 'encoding="cp932"', 'encoding = "CP932"', "Encoding=932"),
        ("UTF-8 (BOM)", 'encoding="utf-8-sig"', 'encoding = "UTF-8"', "Encoding=65001"),
        ("UTF-16", 'encoding="utf-16"', 'encoding = "UTF-16"', "Encoding=1200"),
    ],
)
def test_each_program_gets_the_encoding_by_its_own_name(encoding: str, pandas: str, readr: str, page: str) -> None:
    file = Readable("https://example.jp/a.csv", "CSV", encoding)
    assert pandas in python(file)
    assert readr in r(file)
    assert page in power_query(file)


@pytest.mark.parametrize("format_", ["CSV", "TSV", "XLSX", "XLS", "JSON", "GeoJSON"])
def test_lines_for_python_are_python_whatever_the_address(format_: str) -> None:
    file = Readable('https://example.jp/a"b.csv', format_, "UTF-8", "\t", 'シート"1', 2)
    assert ast.parse(python(file))
    assert '"https://example.jp/a""b.csv"' in power_query(file)


@pytest.mark.parametrize(
    ("stored", "columns"),
    [
        ("", ()),
        ("{broken", ()),
        (None, ()),
        ([{"name": "a"}], ()),
        ('[{"name": "b", "description": "説明"}, 5, {"description": "x"}]', (Column("a"), Column("b", "説明"))),
        ([{"name": "c", "type": "整数"}], (Column("a"), Column("b"), Column("c", "", "整数"))),
    ],
)
def test_columns_are_listed_in_the_order_of_the_file(stored: object, columns: tuple[Column, ...]) -> None:
    found = columns_of(stored, ("a", "b"))
    assert tuple(one for one in found if one in columns) == columns
    assert bool(found) == bool(columns)
