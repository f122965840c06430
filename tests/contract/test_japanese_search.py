"""The running Solr reads Japanese (design D14); CKAN's own schema would keep a title as one long word."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request

import ckan.plugins.toolkit as tk
import pytest


def _tokens(text: str, kind: str, field_type: str = "text") -> set[str]:
    """Return what the core makes of a text, as its index (`fieldvalue`) or its query analyser sees it."""
    values = {"wt": "json", "analysis.fieldtype": field_type, "analysis.fieldvalue": "x", f"analysis.{kind}": text}
    address = f"{tk.config['solr_url']}/analysis/field?{urllib.parse.urlencode(values)}"
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - the address of the test instance.
        steps = json.load(answer)["analysis"]["field_types"][field_type]["index" if kind == "fieldvalue" else "query"]
    return {token["text"] for token in steps[-1]}


def _finds(query: str, text: str, field_type: str = "text") -> bool:
    """Return whether every word of one reading of the query is among the words of the text."""
    return bool(found := _tokens(query, "query", field_type)) and bool(found & _tokens(text, "fieldvalue", field_type))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("北海道", "北海道の市町村一覧"),
        ("一覧", "北海道の市町村一覧"),
        ("市町村", "北海道の市町村一覧"),
        ("ﾊｻﾞｰﾄﾞﾏｯﾌﾟ", "ハザードマップ"),
        ("ＣＳＶ", "csv"),
        ("サーバ", "サーバー"),
        ("除雪した", "除雪する路線"),
        ("リスト", "施設の一覧"),
        ("支庁", "石狩振興局"),
        ("statistics", "a statistic"),
    ],
)
def test_a_query_finds_the_text(query: str, text: str) -> None:
    assert _finds(query, text)


@pytest.mark.parametrize(("query", "text"), [("京都", "東京都の人口"), ("の", "北海道の人口"), ("札幌", "函館市")])
def test_a_query_does_not_find_what_only_shares_characters(query: str, text: str) -> None:
    assert not _finds(query, text)


def test_part_of_a_title_is_found_while_it_is_typed() -> None:
    assert _finds("ｵｰﾌﾟﾝ", "オープンデータ", "text_ngram")


def test_the_schema_keeps_the_name_that_ckan_checks() -> None:
    with urllib.request.urlopen(f"{tk.config['solr_url']}/schema?wt=schema.xml", timeout=10) as answer:  # noqa: S310 - the address of the test instance.
        assert b'name="ckan-2.12"' in answer.read()
