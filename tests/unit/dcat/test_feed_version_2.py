"""What DCAT-AP 2.1.1 is told otherwise than version 3."""

from __future__ import annotations

from typing import Any

from ckanext.hokkaido_dcat.domain.graph import Graph
from ckanext.hokkaido_dcat.domain.mapping import Entry
from ckanext.hokkaido_dcat.domain.profiles import Sources, dcat_ap_2, dcat_ap_3
from ckanext.hokkaido_dcat.mapping import authorities, mapping

SPDX = "http://spdx.org/rdf/terms#"
SHA1, SHA256 = "a" * 40, "b" * 64


def _lookup(vocabulary: str, code: str) -> Entry | None:
    return authorities().get(vocabulary, {}).get(code)


SOURCES = Sources("https://opendata.example.lg.jp", mapping(), _lookup)


def _graph(**resource: Any) -> Graph:
    dataset = {
        "id": "abc",
        "title": "避難所一覧",
        "notes": "一覧です。",
        "version": "2",
        "metadata_created": "2026-01-01T00:00:00",
        "resources": [{"id": "r1", "url": "https://example.lg.jp/a.csv", "size": 10, **resource}],
    }
    return dcat_ap_2.PROFILE.dataset(SOURCES, dataset, dcat_ap_3.describe_dataset(SOURCES, dataset))


def _values(graph: Graph, predicate: str) -> list[tuple[str, ...]]:
    return [tuple(triple.object) for triple in graph if triple.predicate.value == predicate]


def test_sizes_are_decimals() -> None:
    assert _values(_graph(), "http://www.w3.org/ns/dcat#byteSize") == [
        ("10", "", "http://www.w3.org/2001/XMLSchema#decimal")
    ]


def test_the_checksum_is_sha_1_where_the_file_has_one() -> None:
    graph = _graph(hash=SHA256, hash_sha1=SHA1)
    assert [value[0] for value in _values(graph, f"{SPDX}checksumValue")] == [SHA1]
    assert [value[0] for value in _values(graph, f"{SPDX}algorithm")] == [f"{SPDX}checksumAlgorithm_sha1"]


def test_a_checksum_that_it_does_not_know_is_left_out_with_all_that_belongs_to_it() -> None:
    graph = _graph(hash=SHA256)
    assert not [triple for triple in graph if SPDX in str(triple)]


def test_a_distribution_never_has_two_checksums() -> None:
    graph = _graph(hash=SHA1, hash_sha1=SHA1)
    assert len(_values(graph, f"{SPDX}checksum")) == 1


def test_the_version_has_its_former_name() -> None:
    assert _values(_graph(), "http://www.w3.org/2002/07/owl#versionInfo") == [("2", "", "")]
    assert _values(_graph(), "http://www.w3.org/ns/dcat#version") == []


def test_the_record_says_which_version_it_follows() -> None:
    assert _values(_graph(), "http://purl.org/dc/terms/conformsTo") == [
        ("https://semiceu.github.io/DCAT-AP/releases/2.1.1/",)
    ]


def test_what_version_3_says_is_left_as_it_is() -> None:
    dataset = {"id": "abc", "title": "表", "resources": [{"id": "r", "url": "https://example.jp/", "hash": SHA256}]}
    base = dcat_ap_3.describe_dataset(SOURCES, dataset)
    before = list(base)
    dcat_ap_2.PROFILE.dataset(SOURCES, dataset, base)
    assert list(base) == before
