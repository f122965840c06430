"""APIs and compressed files: what is said of a resource that is more than a plain file."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.hokkaido_dcat.domain.graph import Graph
from ckanext.hokkaido_dcat.domain.names import expand
from ckanext.hokkaido_dcat.domain.profiles import PROFILES, Sources, dcat_ap_3
from ckanext.hokkaido_dcat.mapping import mapping
from ckanext.hokkaido_dcat.service.vocabularies import lookup

BASE = "https://opendata.example.lg.jp"
DATASET = f"{BASE}/dataset/abc"
RESOURCE = f"{DATASET}/resource/r1"
API = f"{RESOURCE}#api"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
SOURCES = Sources(BASE, mapping(), lookup)


def _dataset(**resource: Any) -> dict[str, Any]:
    return {
        "id": "abc",
        "title": "避難所一覧",
        "notes": "一覧です。",
        "license_id": "CC-BY-4.0",
        "organization": {"id": "o1", "title": "札幌市"},
        "contact": [{"name": "危機対策課", "email": "kiki@example.lg.jp"}],
        "resources": [{"id": "r1", "url": "https://example.lg.jp/api", **resource}],
    }


def _graph(**resource: Any) -> Graph:
    return dcat_ap_3.describe_dataset(SOURCES, _dataset(**resource))


def _values(graph: Graph, subject: str, predicate: str) -> list[str]:
    return [t.object.value for t in graph if t.subject.value == subject and t.predicate == expand(predicate)]


def test_an_api_is_a_service_of_its_distribution() -> None:
    graph = _graph(
        api_kind="wms", name="避難所の地図", api_description="https://example.lg.jp/api?request=GetCapabilities"
    )
    assert _values(graph, RESOURCE, "dcat:accessService") == [API]
    assert _values(graph, API, "rdf:type") == [expand("dcat:DataService").value, expand("dcat:Resource").value]
    assert _values(graph, API, "dcat:endpointURL") == ["https://example.lg.jp/api"]
    assert _values(graph, API, "dcat:endpointDescription") == ["https://example.lg.jp/api?request=GetCapabilities"]
    assert _values(graph, API, "dct:conformsTo") == ["http://www.opengis.net/def/serviceType/ogc/wms"]
    assert _values(graph, API, "dct:title") == ["避難所の地図"]


@pytest.mark.parametrize("fields", [{"api_kind": "ngsi-ld"}, {"datastore_api": f"{BASE}/api/3/action"}])
def test_a_service_has_the_dataset_and_the_people_of_the_dataset(fields: dict[str, str]) -> None:
    graph = _graph(**fields)
    (service,) = _values(graph, RESOURCE, "dcat:accessService")
    assert _values(graph, service, "dcat:servesDataset") == [DATASET]
    assert _values(graph, service, "dct:publisher") == [f"{BASE}/organization/o1"]
    assert _values(graph, service, "dcat:contactPoint") == [f"{DATASET}#contact"]
    assert _values(graph, service, "dct:license") == ["https://creativecommons.org/licenses/by/4.0/"]


def test_a_standard_without_an_iri_is_not_given_one() -> None:
    assert _values(_graph(api_kind="ngsi-ld"), API, "dct:conformsTo") == []


def test_a_nameless_api_is_called_after_its_dataset() -> None:
    assert _values(_graph(api_kind="sparql"), API, "dct:title") == [
        "API of 避難所一覧 (SPARQL)",
        "避難所一覧 API（SPARQL）",
    ]


def test_a_resource_may_be_an_api_and_have_one_of_ckan() -> None:
    graph = _graph(api_kind="rest", datastore_api=f"{BASE}/api/3/action")
    assert _values(graph, RESOURCE, "dcat:accessService") == [API, f"{RESOURCE}#datastore"]


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_every_profile_knows_compression_and_package(profile: Any) -> None:
    dataset = _dataset(compress_format="gzip", package_format="zip")
    graph = profile.dataset(SOURCES, dataset, dcat_ap_3.describe_dataset(SOURCES, dataset))
    assert _values(graph, RESOURCE, "dcat:compressFormat") == [MEDIA_TYPES + "application/gzip"]
    assert _values(graph, RESOURCE, "dcat:packageFormat") == [MEDIA_TYPES + "application/zip"]
    assert _values(graph, MEDIA_TYPES + "application/gzip", "rdf:type") == [expand("dct:MediaType").value]


def test_the_media_type_of_a_compressed_file_is_that_of_its_format() -> None:
    graph = _graph(format="CSV", mimetype="application/gzip", compress_format="gzip")
    assert _values(graph, RESOURCE, "dcat:mediaType") == [MEDIA_TYPES + "text/csv"]
