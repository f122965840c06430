"""What the code of a known harvester reads from our pages, and what ckanext-dcat says with our profile."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pyoxigraph as ox
import pytest
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action
from ckanext.dcat.processors import RDFParser, RDFSerializer
from rdflib import Graph
from werkzeug.datastructures import FileStorage

Make = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.usefixtures("empty_feed")


@pytest.mark.ckan_config("ckanext.hokkaido_dcat.page_size", 2)
@pytest.mark.parametrize(("extension", "format_"), [("ttl", "turtle"), ("xml", "xml"), ("jsonld", "json-ld")])
def test_the_parser_of_ckanext_dcat_reads_every_dataset_once(
    app: CKANTestApp, make_dataset: Make, extension: str, format_: str
) -> None:
    owner = factories.Organization()["id"]
    titles = [make_dataset(owner_org=owner, title=f"データ{number}")["title"] for number in range(3)]
    read: list[dict[str, Any]] = []
    address: str | None = f"/catalog.{extension}"
    while address:
        parser = RDFParser(profiles=["euro_dcat_ap_3"])
        parser.parse(app.get(address).body, _format=format_)
        read += parser.datasets()
        following = parser.next_page()
        address = re.sub(r"^https?://[^/]+", "", following) if following else None
    assert sorted(dataset["title"] for dataset in read) == titles
    assert {dataset["resources"][0]["url"] for dataset in read} == {"https://example.lg.jp/hinan.csv"}


def test_our_profile_in_ckanext_dcat_says_what_the_feed_says(app: CKANTestApp, make_dataset: Make) -> None:
    dataset = call_action("package_show", id=make_dataset()["id"])
    theirs = RDFSerializer(profiles=["hokkaido_dcat_ap"]).serialize_dataset(dataset, _format="nt")
    ours = app.get(f"/dataset/{dataset['id']}.nt").body
    assert set(Graph().parse(data=theirs, format="nt")) == set(Graph().parse(data=ours, format="nt"))


def test_an_uploaded_file_has_the_address_that_ckan_gives_it(app: CKANTestApp, make_dataset: Make) -> None:
    dataset = make_dataset()
    upload = FileStorage(BytesIO("名称\n札幌\n".encode()), filename="避難所 一覧.csv")
    user = {"user": factories.Sysadmin()["name"]}
    resource = call_action("resource_create", user, package_id=dataset["id"], name="表", upload=upload)
    shown = call_action("package_show", id=dataset["id"])
    page = app.get(f"/dataset/{dataset['id']}.nt").body
    assert shown["resources"][1]["url"].startswith("http://test.ckan.net/dataset/")
    node = f"<http://test.ckan.net/dataset/{dataset['id']}/resource/{resource['id']}>"
    for name in ("accessURL", "downloadURL"):
        assert f"{node} <http://www.w3.org/ns/dcat#{name}> <{shown['resources'][1]['url']}> ." in page
    theirs = RDFSerializer(profiles=["hokkaido_dcat_ap"]).serialize_dataset(shown, _format="nt")
    assert set(Graph().parse(data=theirs, format="nt")) == set(Graph().parse(data=page, format="nt"))


def test_our_profile_describes_the_catalogue_in_ckanext_dcat_too(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    page = app.get("/catalog.ttl?profiles=hokkaido_dcat_ap").data
    store = ox.Store()
    store.extend(ox.parse(page, format=ox.RdfFormat.TURTLE))
    publisher = ox.NamedNode("http://purl.org/dc/terms/publisher")
    assert list(store.quads_for_pattern(ox.NamedNode("http://test.ckan.net"), publisher, None))
