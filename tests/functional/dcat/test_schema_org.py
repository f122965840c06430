"""The page of a dataset holds its description for search engines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

Make = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.usefixtures("empty_feed")


def _blocks(page: str) -> list[Any]:
    return [
        json.loads(one) for one in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    ]


def test_the_description_says_what_the_dataset_is(app: CKANTestApp, make_dataset: Make) -> None:
    dataset = make_dataset()
    (found,) = _blocks(app.get(f"/dataset/{dataset['name']}").body)
    assert found["@type"] == "Dataset"
    assert found["@id"] == f"http://test.ckan.net/dataset/{dataset['id']}"
    assert (found["name"], found["alternateName"]) == ("避難所一覧", "List of shelters")
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert (found["datePublished"], found["dateModified"]) == ("2025-04-01", "2026-04-01")
    assert found["temporalCoverage"] == "2025-04-01/2026-03-31"
    assert {place["name"] for place in found["spatialCoverage"]} == {"北海道", "石狩振興局", "札幌市"}
    assert (found["publisher"]["@type"], found["publisher"]["name"]) == ("GovernmentOrganization", "北海道")
    assert found["distribution"]["contentUrl"] == "https://example.lg.jp/hinan.csv"
    assert found["distribution"]["encodingFormat"] == "text/csv"
    assert found["distribution"]["contentSize"] == "12345 B"


def test_no_text_ends_the_block_that_it_stands_in(app: CKANTestApp, make_dataset: Make) -> None:
    title = "危険</script><script>alert(1)</script>&amp;\u2028"
    dataset = make_dataset(title="危険", notes=title)
    page = app.get(f"/dataset/{dataset['name']}").body
    (found,) = _blocks(page)
    assert found["description"] == title
    assert "<script>alert(1)" not in page


def test_a_private_dataset_has_none(app: CKANTestApp, make_dataset: Make) -> None:
    dataset = make_dataset(private=True)
    admin = factories.SysadminWithToken()
    page = app.get(f"/dataset/{dataset['name']}", headers={"Authorization": admin["token"]}).body
    assert "避難所一覧" in page
    assert _blocks(page) == []
    assert app.get(f"/api/3/action/hokkaido_feed_schema_org_show?id={dataset['id']}", status=404)
