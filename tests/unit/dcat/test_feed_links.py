"""Series and versions: what a dataset says of what it belongs to and what it replaces."""

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
SERIES = f"{BASE}/dataset_series/s1"
SOURCES = Sources(BASE, mapping(), lookup)
OF_SERIES: dict[str, Any] = {
    "id": "s1",
    "title": "人口統計",
    "title_en": "Population",
    "notes": "毎年の人口です。",
    "frequency": "ANNUAL",
    "spatial_code": '["011002"]',
    "temporal_coverage": '[{"start": "2020-04-01", "end": ""}]',
    "metadata_created": "2026-01-01T00:00:00",
    "metadata_modified": "2026-02-01T00:00:00",
    "organization": {"id": "o1", "title": "札幌市", "contact_name": "統計課"},
}


def _graph(profile: str = "dcat-ap-3", **fields: Any) -> Graph:
    dataset = {"id": "abc", "title": "人口（令和8年）", "notes": "人口です。", **fields}
    return PROFILES[profile].dataset(SOURCES, dataset, dcat_ap_3.describe_dataset(SOURCES, dataset))


def _values(graph: Graph, subject: str, predicate: str) -> list[str]:
    return [t.object.value for t in graph if t.subject.value == subject and t.predicate == expand(predicate)]


def test_a_member_names_and_describes_its_series() -> None:
    graph = _graph(in_series=OF_SERIES)
    assert _values(graph, DATASET, "dcat:inSeries") == [SERIES]
    assert _values(graph, SERIES, "dct:title") == ["Population", "人口統計"]
    assert _values(graph, SERIES, "dct:publisher") == [f"{BASE}/organization/o1"]
    assert _values(graph, SERIES, "dct:temporal") == [f"{SERIES}#period-1"]
    assert _values(graph, f"{SERIES}#contact", "vcard:fn") == ["統計課"]


def test_a_series_is_no_dataset_of_the_feed() -> None:
    assert _values(_graph(in_series=OF_SERIES), SERIES, "rdf:type") == [
        expand("dcat:DatasetSeries").value,
        expand("dcat:Resource").value,
    ]


def test_nothing_leads_from_a_series_to_its_members() -> None:
    graph = _graph(in_series=OF_SERIES)
    about_series = [t for t in graph if t.subject.value.startswith(SERIES)]
    assert about_series
    assert not [t for t in about_series if t.object.value.startswith(DATASET)]


def test_a_dataset_names_what_it_replaces_without_describing_it() -> None:
    graph = _graph(previous_version={"id": "old", "title": "旧版"})
    assert _values(graph, DATASET, "dcat:previousVersion") == [f"{BASE}/dataset/old"]
    assert not [t for t in graph if t.subject.value == f"{BASE}/dataset/old"]


@pytest.mark.parametrize("field", ["in_series", "previous_version"])
def test_an_id_that_nobody_has_looked_up_is_not_stated(field: str) -> None:
    assert [t for t in _graph(**{field: "s1"}) if "s1" in t.object.value] == []


def test_version_2_says_both_in_terms_of_dublin_core() -> None:
    graph = _graph("dcat-ap-2", in_series=OF_SERIES, previous_version={"id": "old"})
    assert _values(graph, DATASET, "dct:isPartOf") == [SERIES]
    assert _values(graph, DATASET, "dct:replaces") == [f"{BASE}/dataset/old"]
    assert _values(graph, SERIES, "rdf:type") == [expand("dcat:Resource").value]


def test_the_japanese_profile_speaks_of_the_period_of_a_series_in_imi_too() -> None:
    graph = _graph("dcat-goj", in_series=OF_SERIES)
    assert _values(graph, DATASET, "dcat:inSeries") == [SERIES]
    assert _values(graph, SERIES, "ic:期間") == [f"{SERIES}#period-1"]


@pytest.mark.parametrize("profile", ["dcat-ap-3", "dcat-ap-2", "dcat-goj"])
def test_a_file_says_from_which_one_of_its_dataset_it_was_made(profile: str) -> None:
    files = [
        {"id": "a", "url": f"{BASE}/a.xlsx"},
        {"id": "b", "url": f"{BASE}/a.csv", "derived_from": "a"},
        {"id": "c", "url": f"{BASE}/c.csv", "derived_from": "not here"},
    ]
    graph = _graph(profile, resources=files)
    told = [t for t in graph if t.predicate == expand("prov:wasDerivedFrom")]
    assert [(t.subject.value, t.object.value) for t in told] == [(f"{DATASET}/resource/b", f"{DATASET}/resource/a")]
