"""Narrowing the catalogue by `q`, `fq` and `modified_since`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

Make = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.usefixtures("empty_feed", "clean_index")


def _titles(app: CKANTestApp, address: str) -> list[str]:
    """Follow the links of the pages to the end; return all titles of datasets."""
    found: list[str] = []
    following: str | None = address
    while following:
        page = app.get(following).body
        found += re.findall(r'/dataset/[0-9a-f-]{36}> <http://purl.org/dc/terms/title> "([^"]*)"@ja', page)
        links = re.findall(r"hydra/core#next> <https?://[^/]+([^>]+)>", page)
        following = links[0] if links else None
    return found


@pytest.mark.ckan_config("ckanext.hokkaido_dcat.page_size", 2)
def test_a_japanese_question_is_kept_on_every_page(app: CKANTestApp, make_dataset: Make) -> None:
    owner = factories.Organization()["id"]
    titles = ["避難所 & 水 A", "避難所 & 水 B", "避難所 & 水 C"]
    for title in titles:
        make_dataset(owner_org=owner, title=title, tag_string="中央 区")
    make_dataset(owner_org=owner, title="観光", notes="観光地", tag_string="観光")
    assert _titles(app, '/catalog.nt?q=title:"避難所 %26 水"') == titles
    assert _titles(app, '/catalog.nt?fq=tags:"中央 区"') == titles


def test_the_number_of_items_is_that_of_the_found(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset(title="避難所")
    make_dataset(title="観光", notes="観光地", tag_string="観光")
    page = app.get("/catalog.nt?q=title:観光").body
    assert "hydra/core#totalItems" in page
    assert '"1"^^<http://www.w3.org/2001/XMLSchema#integer>' in page


def test_modified_since_leaves_out_what_is_older(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset(title="避難所")
    assert _titles(app, "/catalog.nt?modified_since=2020-01-01") == ["避難所"]
    assert _titles(app, "/catalog.nt?modified_since=2999-01-01T00:00:00%2B09:00") == []


@pytest.mark.parametrize("question", ["modified_since=昨日", "q=title:(", "fq=title:[1 TO"])
def test_what_cannot_be_understood_is_refused_in_plain_text(app: CKANTestApp, question: str) -> None:
    response = app.get(f"/catalog.ttl?{question}", status=400)
    assert response.content_type == "text/plain; charset=utf-8"


def test_a_private_dataset_is_not_found_by_anybody(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset(title="秘密の一覧", private=True)
    admin = factories.SysadminWithToken()
    page = app.get("/catalog.nt?q=秘密の一覧", headers={"Authorization": admin["token"]})
    assert "秘密の一覧" not in page.body
