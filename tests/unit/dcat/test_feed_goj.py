"""The Japanese profile: every item of DCAT-GoJ is carried or has its reason, and IMI stands beside DCAT-AP."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from ckanext.hokkaido_dcat.domain.graph import Fault, Graph
from ckanext.hokkaido_dcat.domain.mapping import Entry
from ckanext.hokkaido_dcat.domain.names import expand
from ckanext.hokkaido_dcat.domain.profiles import Sources, dcat_ap_3, dcat_goj
from ckanext.hokkaido_dcat.mapping import authorities, goj_items, mapping

BASE = "https://opendata.example.lg.jp"
ORGANIZATION: dict[str, Any] = {
    "id": "o1",
    "title": "札幌市",
    "title_en": "Sapporo City",
    "title_kana": "さっぽろし",
    "kind": "municipality",
    "code": "011002",
    "corporate_number": "9000020011002",
}
RESOURCE: dict[str, Any] = {
    "id": "r1",
    "url": "https://example.lg.jp/a.csv",
    "download_url": "https://example.lg.jp/a.csv",
    "name": "表",
    "description": "説明",
    "format": "CSV",
    "mimetype": "text/csv",
    "size": 10,
    "license": "any",
    "rights": "出典を示してください。",
    "documentation": ["https://example.lg.jp/about-the-file"],
    "availability": "any",
    "status": "any",
    "issued": "2026-01-01",
    "modified": "2026-02-01",
    "language": ["any"],
    "conforms_to": ["https://example.org/standard"],
    "compress_format": "any",
    "package_format": "any",
    "api_kind": "any",
    "api_description": "https://example.lg.jp/openapi.json",
    "datastore_api": f"{BASE}/api/3/action",
}
DATASET: dict[str, Any] = {
    "id": "abc",
    "title": "避難所一覧",
    "subtitle": "令和8年度版",
    "notes": "一覧です。",
    "creator": "危機対策課",
    "access_conditions": "申し込みが必要です。",
    "version": "2",
    "tags": ["防災"],
    "theme": ["any"],
    "frequency": "any",
    "spatial_code": ["011002", "01300"],
    "temporal_coverage": [{"start": "2025-04-01", "end": "2026-03-31"}],
    "issued": "2026-01-01",
    "modified": "2026-02-01",
    "metadata_created": "2026-01-01T00:00:00",
    "metadata_modified": "2026-02-01T00:00:00",
    "organization": ORGANIZATION,
    "contact": [{"name": "危機対策課", "email": "kiki@example.lg.jp"}],
    "url": "https://example.lg.jp/",
    "documentation": ["https://example.lg.jp/about"],
    "conforms_to": ["https://example.org/standard"],
    "language": ["any"],
    "provenance": "まとめました。",
    "access_rights": "any",
    "resources": [RESOURCE],
}
CATALOG: dict[str, Any] = {
    "title": "ポータル",
    "description": "一覧です。",
    "publisher": ORGANIZATION,
    "licence": "any",
    "languages": ["any"],
    "homepage": "https://example.lg.jp/",
    "issued": "2026-01-01",
    "modified": "2026-02-01",
    "spatial": ["011002"],
    "themes": ["themes"],
}
TYPES = {
    "カタログ": "dcat:Catalog",
    "カタログレコード": "dcat:CatalogRecord",
    "データセット": "dcat:Dataset",
    "データサービス": "dcat:DataService",
    "ディストリビューション": "dcat:Distribution",
}


def _lookup(vocabulary: str, code: str) -> Entry | None:
    own = authorities().get(vocabulary, {}).get(code)
    return own or Entry(code, "https://example.org/concept", "日本語", "English", longitude=141.35, latitude=43.06)


SOURCES = Sources(BASE, mapping(), _lookup)


def _graph(**fields: Any) -> Graph:
    dataset = DATASET | fields
    return dcat_goj.PROFILE.dataset(SOURCES, dataset, dcat_ap_3.describe_dataset(SOURCES, dataset))


def _catalog() -> Graph:
    return dcat_goj.PROFILE.catalog(SOURCES, CATALOG, dcat_ap_3.describe_catalog(SOURCES, CATALOG))


def _objects(graph: Graph, subject: str, predicate: str) -> list[tuple[str, ...]]:
    return [tuple(t.object) for t in graph if t.subject.value == subject and t.predicate == expand(predicate)]


@pytest.mark.parametrize("name", TYPES)
def test_each_property_of_the_table_is_stated(name: str) -> None:
    triples = [*_catalog(), *_graph()]
    described = {t.subject for t in triples if t.predicate.value.endswith("#type") and t.object == expand(TYPES[name])}
    stated = {t.predicate for t in triples if t.subject in described}
    wanted = {expand(row["property"]) for row in goj_items()[name].values() if "property" in row}
    assert described
    assert wanted - stated == set()


def test_every_item_has_a_property_or_a_reason() -> None:
    rows = [row for items in goj_items().values() for row in items.values()]
    assert len(rows) == 79
    assert all(("property" in row) != ("reason" in row) for row in rows)


def test_every_mandatory_item_is_carried() -> None:
    rows = [row for items in goj_items().values() for row in items.values() if row["obligation"] == "mandatory"]
    assert rows
    assert all("property" in row for row in rows)


def test_the_table_is_that_of_the_guidebook(shared_dir: Path) -> None:
    text = (shared_dir / "reference" / "dcat_goj_items.csv").read_text(encoding="utf-8-sig")
    expected = [(row["class"], row["item"], row["obligation"]) for row in csv.DictReader(io.StringIO(text))]
    ours = [(name, item, row["obligation"]) for name, items in goj_items().items() for item, row in items.items()]
    assert ours == expected


def test_an_organisation_has_its_names_and_codes_in_imi() -> None:
    graph, organization = _graph(), f"{BASE}/organization/o1"
    assert _objects(graph, organization, "ic:名称") == [(f"{organization}#imi-name",)]
    assert _objects(graph, f"{organization}#imi-name", "ic:カナ表記") == [("さっぽろし", "ja-Hrkt", "")]
    assert set(_objects(graph, f"{organization}#imi-name", "ic:表記")) == {
        ("札幌市", "ja", ""),
        ("Sapporo City", "en", ""),
    }
    numbers = [_objects(graph, node, "ic:識別値")[0][0] for (node,) in _objects(graph, organization, "ic:ID")]
    assert sorted(numbers) == ["011002", "9000020011002"]


def test_a_place_has_its_coordinates_and_the_system_of_its_code() -> None:
    graph = _graph()
    assert _objects(graph, f"{BASE}/#place-011002-imi-point", "ic:緯度") == [("43.06", "", "")]
    assert _objects(graph, f"{BASE}/#place-011002-imi-code", "ic:体系") == [(f"{BASE}/#imi-code",)]
    assert _objects(graph, f"{BASE}/#place-01300-imi-area-code", "ic:体系") == [(f"{BASE}/#imi-area-code",)]


def test_a_period_has_its_ends() -> None:
    graph = _graph()
    ((period,),) = _objects(graph, f"{BASE}/dataset/abc", "ic:期間")
    assert _objects(graph, period, "ic:開始日")[0][0] == "2025-04-01"
    assert _objects(graph, period, "ic:終了日")[0][0] == "2026-03-31"


def test_what_a_file_lacks_is_reported_and_not_invented() -> None:
    graph = _graph(resources=[{"id": "r1", "url": "https://example.lg.jp/a.csv"}])
    found = {problem.field for problem in graph.problems if problem.fault == Fault.MISSING}
    assert found == {"resources/1/name", "resources/1/description", "resources/1/modified"}
    assert _objects(graph, f"{BASE}/dataset/abc/resource/r1", "dct:title") == []


def test_no_name_is_made_in_anothers_domain() -> None:
    made = {t.subject.value for t in _graph() if "imi" in t.subject.value}
    assert made
    assert all(name.startswith(f"{BASE}/") for name in made)


def test_dcat_ap_3_is_left_as_it_is() -> None:
    base = dcat_ap_3.describe_dataset(SOURCES, DATASET)
    before = list(base)
    dcat_goj.PROFILE.dataset(SOURCES, DATASET, base)
    assert list(base) == before
    assert set(before) < set(_graph())


def test_checksums_are_left_out() -> None:
    """DCAT-GoJ has no item for them, and udata 17.18 refuses every dataset that has one."""
    resource = {"id": "r", "url": "https://example.lg.jp/a.csv", "hash": "b" * 64}
    dataset = {"id": "abc", "title": "表", "notes": "説明", "resources": [resource]}
    base = dcat_ap_3.describe_dataset(SOURCES, dataset)
    said = " ".join(str(triple) for triple in dcat_goj.PROFILE.dataset(SOURCES, dataset, base))
    assert "spdx" in str(list(base))
    assert "spdx" not in said
    assert "checksum" not in said
