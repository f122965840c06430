"""What the pages say of a dataset beyond its own fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ckan.tests.helpers import CKANTestApp
from rdflib import DCAT, RDF, Graph, URIRef

from ckanext.hokkaido_dcat import contributors
from ckanext.hokkaido_dcat import shared as feed
from ckanext.hokkaido_dcat.domain.profiles import PROFILES

pytestmark = pytest.mark.usefixtures("empty_feed")

MERGED = "https://opendata.example.lg.jp/combined/shelters"


@pytest.fixture
def merged_table() -> Iterator[None]:
    """Let another plugin give every dataset an API of its own."""

    def contribute(dataset: dict[str, Any], graph: feed.Graph) -> None:
        service = feed.Iri(f"{MERGED}#service")
        of_dataset = next(t.subject for t in graph if t.object == feed.expand("dcat:Dataset"))
        graph.add(service, feed.expand("rdf:type"), feed.expand("dcat:DataService"))
        graph.add(service, feed.expand("dct:title"), feed.Literal(f"{dataset['title']}（全道）", "ja"))
        graph.add(service, feed.expand("dcat:endpointURL"), feed.Iri(MERGED))
        graph.add(service, feed.expand("dcat:servesDataset"), of_dataset)

    feed.contributor("test merged table")(contribute)
    yield
    contributors._contributors.pop("test merged table")


def _page(app: CKANTestApp, profile: str) -> Graph:
    return Graph().parse(data=app.get(f"/catalog.ttl?profile={profile}").data, format="turtle")


@pytest.mark.usefixtures("merged_table")
def test_a_service_that_another_plugin_contributes_is_in_every_profile(
    app: CKANTestApp, make_dataset: Callable[..., Any]
) -> None:
    dataset = make_dataset()
    for profile in PROFILES:
        page = _page(app, profile)
        (served,) = page.objects(URIRef(f"{MERGED}#service"), DCAT.servesDataset)
        assert str(served).endswith(f"/dataset/{dataset['id']}")
        assert (URIRef(f"{MERGED}#service"), RDF.type, DCAT.DataService) in page
