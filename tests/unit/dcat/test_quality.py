"""What a description lacks, for whom, and the score after the method of data.europa.eu."""

from __future__ import annotations

from itertools import chain
from typing import Any

import pytest
from pyshacl import validate
from rdflib import SH
from rdflib import Graph as RdfGraph

from ckanext.hokkaido_dcat.domain.profiles import PROFILES, Sources, dcat_ap_3
from ckanext.hokkaido_dcat.domain.quality import BEST, Assessment, rating
from ckanext.hokkaido_dcat.domain.writers import FAMILIES
from ckanext.hokkaido_dcat.mapping import mapping
from ckanext.hokkaido_dcat.service.quality import assessment, rules
from ckanext.hokkaido_dcat.service.vocabularies import lookup

BASE = "https://portal.example.jp"
SOURCES = Sources(BASE, mapping(), lookup)

FILE: dict[str, Any] = {
    "id": "r1",
    "name": "一覧",
    "description": "避難所の一覧です。",
    "url": "https://example.lg.jp/a.csv",
    "download_url": "https://example.lg.jp/a.csv",
    "format": "CSV",
    "mimetype": "text/csv",
    "size": 12,
    "rights": "出典を示してください。",
    "availability": "AVAILABLE",
    "issued": "2026-04-01",
    "modified": "2026-04-02",
}

COMPLETE: dict[str, Any] = {
    "id": "abc",
    "title": "防災の資料",
    "notes": "一覧です。",
    "tags": ["防災"],
    "theme": ["safety"],
    "spatial_code": ["011002"],
    "temporal_coverage": [{"start": "2025-04-01", "end": "2026-03-31"}],
    "contact": [{"name": "危機対策課", "email": "kiki@example.lg.jp"}],
    "organization": {"id": "org", "title": "北海道", "kind": "prefecture", "code": "010006"},
    "license_id": "CC-BY-4.0",
    "access_rights": "PUBLIC",
    "issued": "2026-04-01",
    "modified": "2026-04-02",
    "metadata_created": "2026-04-01T00:00:00",
    "metadata_modified": "2026-04-02T09:30:00",
    "resources": [FILE],
}


def _graphs(dataset: dict[str, Any]) -> dict[str, Any]:
    first = dcat_ap_3.describe_dataset(SOURCES, dataset)
    return {name: profile.dataset(SOURCES, dataset, first) for name, profile in PROFILES.items()}


def _check(**changes: Any) -> Assessment:
    dataset = {key: value for key, value in (COMPLETE | changes).items() if value is not None}
    return assessment(BASE, dataset, _graphs(dataset))


def _found(check: Assessment, consumer: str = "") -> set[tuple[str, str, str]]:
    return {(one.severity.value, one.field, one.rule) for one in check.findings if consumer in ("", one.consumer)}


def _file(**changes: Any) -> dict[str, Any]:
    return {key: value for key, value in (FILE | changes).items() if value is not None}


def test_the_points_of_all_indicators_are_those_of_the_method() -> None:
    assert sum(one.points for one in rules().indicators) == BEST


def test_a_complete_description_reaches_every_point_that_is_measured() -> None:
    check = _check()
    assert check.points == sum(one.points for one in rules().indicators if one.measure) == 325
    assert check.findings == ()


def test_what_only_another_server_could_tell_is_not_counted() -> None:
    shares = _check().shares
    assert [name for name, share in shares.items() if share is None] == [
        "access_url_reachable",
        "download_url_reachable",
    ]


@pytest.mark.parametrize(
    ("changes", "lost", "field"),
    [
        ({"tags": []}, 30, "tag_string"),
        ({"theme": []}, 30, "theme"),
        ({"spatial_code": []}, 20, "spatial_code"),
        ({"temporal_coverage": []}, 20, "temporal_coverage"),
        ({"contact": []}, 20, "contact"),
        ({"organization": None}, 10, "owner_org"),
    ],
)
def test_what_is_recommended_and_missing_costs_its_points(changes: dict[str, Any], lost: int, field: str) -> None:
    check = _check(**changes)
    assert check.points == 325 - lost
    assert ("lacking", field) in {(severity, name) for severity, name, _rule in _found(check, "dcat-ap-3")}


def test_a_missing_description_is_refused_by_everybody_and_costs_conformity() -> None:
    check = _check(notes="")
    assert check.points == 325 - 30
    assert ("rejected", "notes", "dct:description") in _found(check, "dcat-ap-3") & _found(check, "dcat-goj")


def test_half_of_the_files_is_half_of_the_points() -> None:
    check = _check(resources=[FILE, _file(id="r2", size=None, rights=None)])
    assert check.points == 325 - 2.5 - 2.5


def test_a_finding_names_the_file_by_its_number() -> None:
    check = _check(resources=[FILE, _file(id="r2", description=None)])
    assert ("lacking", "resources/2/description", "dct:description") in _found(check, "dcat-ap-3")
    assert ("rejected", "resources/2/description", "dct:description") in _found(check, "dcat-goj")


def test_a_format_of_a_company_costs_openness_only() -> None:
    check = _check(resources=[_file(format="XLSX", mimetype=None)])
    assert (check.shares["non_proprietary"], check.shares["machine_readable"]) == (0, 1)


def test_paper_costs_both() -> None:
    check = _check(resources=[_file(format="PDF", mimetype=None)])
    assert (check.shares["non_proprietary"], check.shares["machine_readable"]) == (0, 0)


def test_a_format_of_nobody_is_not_of_the_public_list() -> None:
    check = _check(resources=[_file(format="ABC123", mimetype=None)])
    assert check.shares["format_vocabulary"] == 0
    assert ("left_out", "resources/1/format", "not_mapped") in _found(check)


def test_a_repaired_address_and_one_that_is_none_are_told_apart() -> None:
    check = _check(url="https://example.lg.jp/避難 所", documentation=["javascript:alert(1)"])
    assert ("repaired", "url", "repaired_iri") in _found(check)
    assert ("left_out", "documentation", "illegal_iri") in _found(check)


def test_an_impossible_date_is_told_with_its_value() -> None:
    found = [one for one in _check(issued="2026-02-30").findings if one.rule == "bad_date"]
    assert [(one.field, one.value) for one in found] == [("issued", "2026-02-30")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"license_id": "other"}, ("rejected", "license_id", "open_licence")),
        ({"standard": "01"}, ("lacking", "tag_string", "tag")),
        ({"title": "札幌市公共施設一覧"}, ("lacking", "standard", "standard")),
        ({"tags": ["自治体標準ODS", "文化財一覧"]}, ("lacking", "tag_string", "other_tag")),
    ],
)
def test_what_bodik_would_not_gather(changes: dict[str, Any], expected: tuple[str, str, str]) -> None:
    assert expected in _found(_check(**changes), "bodik")


def test_a_standard_data_set_with_its_tags_is_gathered() -> None:
    check = _check(title="札幌市公共施設一覧", standard="01", tags=["自治体標準ODS", "公共施設一覧", "施設"])
    assert _found(check, "bodik") == set()


@pytest.mark.parametrize(
    ("points", "name"),
    [(405, "excellent"), (351, "excellent"), (350.9, "good"), (221, "good"), (121, "sufficient"), (0, "bad")],
)
def test_ratings_begin_where_the_method_begins_them(points: float, name: str) -> None:
    assert rating(points) == name


def test_what_is_stored_counts_a_field_of_many_files_once() -> None:
    stored = _check(resources=[_file(id=f"r{number}", availability=None) for number in range(5)]).as_dict()
    assert stored["lacking"] == [f"{one}:lacking:resources/availability" for one in ("dcat-ap-3", "dcat-goj")]
    assert stored["counts"] == {"dcat-ap-3:lacking": 5, "dcat-goj:lacking": 5}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"tags": [], "theme": [], "contact": [], "spatial_code": [], "temporal_coverage": [], "organization": None},
        {"notes": "", "resources": []},
        {"resources": [_file(format="", mimetype=None, availability=None, description=None)], "license_id": ""},
        {"organization": {"id": "org", "title": "団体", "kind": "association"}},
    ],
)
def test_findings_are_what_the_official_shapes_find(changes: dict[str, Any], shared_dir: Any) -> None:
    """The places are left out: a bounding box is recommended for them, which the portal has not and nobody types."""
    dataset = {key: value for key, value in (COMPLETE | changes).items() if value is not None}
    graphs = _graphs(dataset)
    family = FAMILIES["nt"]
    data = RdfGraph().parse(data=family.document([family.written(graphs["dcat-ap-3"].blocks())]), format="nt")
    official = set()
    for name in ("shapes", "shapes_recommended"):
        shapes = RdfGraph().parse(shared_dir / "shacl" / "dcat-ap-3.0.1" / "html" / f"{name}.ttl", format="turtle")
        report = validate(data, shacl_graph=shapes, inference="none")[1]
        for result in report.subjects(SH.sourceShape):
            official.add((report.value(result, SH.resultSeverity).fragment, str(report.value(result, SH.resultPath))))
    severities = {"rejected": "Violation", "lacking": "Warning"}
    own = {
        (severities[one.severity.value], obligation.predicate.value)
        for one in assessment(BASE, dataset, graphs).findings
        for obligation in chain.from_iterable(rules().asked.values())
        if one.consumer == obligation.consumer == "dcat-ap-3"
        and one.rule == obligation.property
        and one.severity in severities
    }
    boxes = {("Warning", f"http://www.w3.org/ns/dcat#{name}") for name in ("bbox", "centroid")}
    assert own == official - boxes
