"""What is said of a dataset: the mapping, and that every document is strict, equal in all formats, and stable."""

from __future__ import annotations

import copy
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.hokkaido_dcat.domain.graph import Fault, Graph
from ckanext.hokkaido_dcat.domain.mapping import Entry
from ckanext.hokkaido_dcat.domain.profiles import Sources, dcat_ap_3
from ckanext.hokkaido_dcat.domain.writers import FAMILIES
from ckanext.hokkaido_dcat.mapping import authorities, mapping

BASE = "https://portal.example.jp"
DATASET = f"{BASE}/dataset/abc"
DCT, DCAT, XSD = "http://purl.org/dc/terms/", "http://www.w3.org/ns/dcat#", "http://www.w3.org/2001/XMLSchema#"

PARSERS = {
    "ttl": ox.RdfFormat.TURTLE,
    "xml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
}

WORDS = {
    ("themes", "safety"): Entry("safety", "http://publications.europa.eu/resource/authority/data-theme/JUST", "防災"),
    ("frequencies", "ANNUAL"): Entry("ANNUAL", "http://example.org/frequency/ANNUAL", "毎年", "annual"),
    ("languages", "ja"): Entry("ja", "http://example.org/language/JPN", "日本語", "Japanese"),
    ("licences", "CC-BY-4.0"): Entry("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/", "表示"),
    ("licences", "other"): Entry("other", "", "その他"),
    ("formats", "CSV"): Entry("CSV", "http://example.org/file-type/CSV", "CSV", media_type="text/csv"),
    ("places", "011002"): Entry("011002", "", "札幌市", "Sapporo City", longitude=141.35, latitude=43.06),
    ("api_kinds", "wms"): Entry("wms", "http://www.opengis.net/def/serviceType/ogc/wms", "地図", "map"),
    ("availability", "AVAILABLE"): Entry("AVAILABLE", "http://example.org/availability/AVAILABLE", "提供中"),
}

FULL: dict[str, Any] = {
    "id": "abc",
    "title": "避難所一覧",
    "title_en": "Shelters",
    "title_kana": "ひなんじょ",
    "notes": "一覧です。",
    "tags": ["防災", "避難所"],
    "theme": '["safety"]',
    "frequency": "ANNUAL",
    "spatial_code": ["011002"],
    "temporal_coverage": [{"start": "2025-04-01", "end": "2026-03-31"}],
    "contact": [{"name": "危機対策課", "email": "kiki@example.lg.jp", "phone": "011-231-4111"}],
    "organization": {"id": "org", "title": "北海道", "kind": "prefecture", "code": "010006"},
    "license_id": "CC-BY-4.0",
    "metadata_created": "2026-04-01T00:00:00.000001",
    "metadata_modified": "2026-04-02T09:30:00",
    "url": "https://example.lg.jp/hinan",
    "resources": [
        {
            "id": "r1",
            "url": "https://example.lg.jp/a.csv",
            "name": "表",
            "format": "CSV",
            "size": "10",
            "hash": "a" * 64,
        }
    ],
}


def _lookup(vocabulary: str, code: str) -> Entry | None:
    return WORDS.get((vocabulary, code)) or authorities().get(vocabulary, {}).get(code)


SOURCES = Sources(BASE, mapping(), _lookup)


def _graph(**fields: Any) -> Graph:
    return dcat_ap_3.describe_dataset(SOURCES, copy.deepcopy(FULL) | fields)


def _objects(graph: Graph, subject: str, predicate: str) -> list[tuple[str, ...]]:
    return [tuple(t.object) for t in graph if t.subject.value == subject and t.predicate.value == predicate]


def _faults(graph: Graph) -> set[tuple[str, Fault]]:
    return {(problem.field, problem.fault) for problem in graph.problems}


def _document(graph: Graph, family: str) -> bytes:
    return FAMILIES[family].document([FAMILIES[family].fragment(graph)]).encode()


def _strictly(graph: Graph, family: str) -> set[str]:
    return {str(quad) for quad in ox.parse(_document(graph, family), format=PARSERS[family])}


def test_titles_carry_their_language() -> None:
    assert set(_objects(_graph(), DATASET, DCT + "title")) == {("避難所一覧", "ja", ""), ("Shelters", "en", "")}


def test_english_stands_only_where_it_is_there() -> None:
    assert _objects(_graph(title_en=""), DATASET, DCT + "title") == [("避難所一覧", "ja", "")]


def test_a_title_in_brackets_stays_a_text() -> None:
    assert ("[1]", "ja", "") in _objects(_graph(title="[1]"), DATASET, DCT + "title")


def test_times_of_ckan_are_utc() -> None:
    modified = ("2026-04-02T09:30:00Z", "", XSD + "dateTime")
    assert _objects(_graph(), DATASET, DCT + "modified") == [modified]


@pytest.mark.parametrize(
    ("typed", "value", "datatype"),
    [
        ("2026-04-01", "2026-04-01", "date"),
        ("2026-04", "2026-04", "gYearMonth"),
        ("2026", "2026", "gYear"),
        ("2026-04-01T09:00:00+09:00", "2026-04-01T00:00:00Z", "dateTime"),
    ],
)
def test_a_date_has_the_type_of_its_precision(typed: str, value: str, datatype: str) -> None:
    assert _objects(_graph(issued=typed), DATASET, DCT + "issued") == [(value, "", XSD + datatype)]


@pytest.mark.parametrize("typed", ["2026-02-30", "令和8年4月1日", "0000", "9999-99", "x", "2026-04-01T25:00:00"])
def test_an_impossible_date_is_reported_and_the_time_of_ckan_stands(typed: str) -> None:
    graph = _graph(modified=typed)
    assert ("modified", Fault.BAD_DATE) in _faults(graph)
    assert _objects(graph, DATASET, DCT + "modified") == [("2026-04-02T09:30:00Z", "", XSD + "dateTime")]


def test_a_theme_is_our_own_and_the_european_one() -> None:
    themes = {value for (value,) in _objects(_graph(), DATASET, DCAT + "theme")}
    assert themes == {f"{BASE}/#theme-safety", "http://publications.europa.eu/resource/authority/data-theme/JUST"}


def test_a_place_has_a_name_and_the_coordinates_of_its_office() -> None:
    place = f"{BASE}/#place-011002"
    assert _objects(_graph(), DATASET, DCT + "spatial") == [(place,)]
    assert [value for value, *_ in _objects(_graph(), place, DCAT + "centroid")] == ["POINT(141.35 43.06)"]


def test_the_licence_of_the_dataset_is_that_of_its_files() -> None:
    resource = f"{DATASET}/resource/r1"
    assert _objects(_graph(), resource, DCT + "license") == [("https://creativecommons.org/licenses/by/4.0/",)]


def test_the_contact_of_the_organisation_stands_in() -> None:
    organization = FULL["organization"] | {"contact_name": "情報政策課", "contact_email": "a@example.jp"}
    graph = _graph(contact=[], organization=organization)
    name = f"{DATASET}#contact"
    assert _objects(graph, name, "http://www.w3.org/2006/vcard/ns#fn") == [("情報政策課", "ja", "")]


@pytest.mark.parametrize(
    ("fields", "field", "fault"),
    [
        ({"theme": ["unknown"]}, "theme", Fault.NOT_MAPPED),
        ({"frequency": "ときどき"}, "frequency", Fault.NOT_MAPPED),
        ({"spatial_code": ["999999"]}, "spatial_code", Fault.NOT_MAPPED),
        ({"license_id": "other"}, "resources/1/license", Fault.NOT_MAPPED),
        ({"url": "なし"}, "url", Fault.ILLEGAL_IRI),
        ({"url": "https://example.jp/あ"}, "url", Fault.REPAIRED_IRI),
        ({"contact": [{"name": "課", "email": "x"}]}, "contact/email", Fault.BAD_MAIL),
        ({"contact": [{"name": "課", "phone": "x"}]}, "contact/phone", Fault.BAD_PHONE),
        ({"temporal_coverage": [{"start": "x"}]}, "temporal_coverage/1/start", Fault.BAD_DATE),
        ({"notes": " "}, "notes", Fault.MISSING),
        ({"resources": [{"id": "r1", "url": ""}]}, "resources/1/url", Fault.ILLEGAL_IRI),
        ({"resources": [FULL["resources"][0] | {"size": "-1"}]}, "resources/1/size", Fault.BAD_NUMBER),
        ({"resources": [FULL["resources"][0] | {"hash": "xyz"}]}, "resources/1/hash", Fault.BAD_HASH),
        ({"resources": [FULL["resources"][0] | {"format": "謎"}]}, "resources/1/format", Fault.NOT_MAPPED),
        (
            {"resources": [FULL["resources"][0] | {"compress_format": "謎"}]},
            "resources/1/compress_format",
            Fault.NOT_MAPPED,
        ),
        ({"resources": [FULL["resources"][0] | {"api_kind": "謎"}]}, "resources/1/api_kind", Fault.NOT_MAPPED),
        ({"resources": [FULL["resources"][0] | {"mimetype": "謎"}]}, "resources/1/mimetype", Fault.NOT_MAPPED),
    ],
)
def test_what_cannot_be_written_is_reported_with_its_field(fields: dict[str, Any], field: str, fault: Fault) -> None:
    graph = _graph(**fields)
    assert (field, fault) in _faults(graph)
    assert _strictly(graph, "ttl")


def test_a_complete_dataset_has_nothing_to_report() -> None:
    assert _graph().problems == []


def test_a_format_without_a_name_in_the_standard_keeps_its_own() -> None:
    graph = _graph(resources=[FULL["resources"][0] | {"format": "謎の形式"}])
    name = f"{DATASET}/resource/r1#format"
    assert _objects(graph, name, "http://www.w3.org/2000/01/rdf-schema#label") == [("謎の形式", "", "")]


def test_every_referenced_resource_has_a_type() -> None:
    graph = _graph()
    typed = {triple.subject for triple in graph if triple.predicate.value.endswith("#type")}
    free = ("accessURL", "downloadURL", "hasEmail", "hasTelephone", "hasURL")
    untyped = {
        triple.object.value
        for triple in graph
        if len(triple.object) == 1
        and not triple.predicate.value.endswith("#type")
        and not triple.predicate.value.endswith(free)
        and triple.object not in typed
    }
    assert untyped == set()


@pytest.mark.parametrize("family", FAMILIES)
def test_the_bytes_do_not_depend_on_the_order_of_fields(family: str) -> None:
    fields = list(FULL.items())
    fields.reverse()
    shuffled = dcat_ap_3.describe_dataset(SOURCES, dict(fields))
    assert _document(shuffled, family) == _document(_graph(), family)


#: No lone surrogates: no database and no request can carry them.
NASTY = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=("Cs",)),
        st.sampled_from("\\\"'<>&\n\r\t\x00\x0b\x7f\x85\u2028\ufffe]]>@^_:;%#🗾"),
    ),
    max_size=30,
)
NASTY_VALUES = st.fixed_dictionaries(
    {
        **dict.fromkeys(
            ("id", "title", "title_en", "notes", "url", "version", "identifier", "provenance", "issued", "theme"), NASTY
        ),
        "tags": st.lists(NASTY, max_size=3),
        "in_series": st.fixed_dictionaries(dict.fromkeys(("id", "title", "notes", "frequency", "spatial_code"), NASTY)),
        "previous_version": st.fixed_dictionaries({"id": NASTY}),
        "spatial_code": st.lists(NASTY, max_size=2),
        "conforms_to": st.lists(NASTY, max_size=2),
        "contact": st.lists(st.fixed_dictionaries(dict.fromkeys(("name", "email", "phone", "url"), NASTY)), max_size=1),
        "temporal_coverage": st.one_of(
            NASTY, st.lists(st.fixed_dictionaries({"start": NASTY, "end": NASTY}), max_size=2)
        ),
        "organization": st.fixed_dictionaries({"id": NASTY, "title": NASTY, "url": NASTY, "kind": NASTY}),
        "resources": st.lists(
            st.fixed_dictionaries(
                dict.fromkeys(
                    ("id", "name", "format", "mimetype", "size", "hash", "rights", "license", "api_description"), NASTY
                )
                | {"api_kind": st.just("wms"), "compress_format": NASTY}
                | {"url": st.one_of(NASTY, NASTY.map("https://example.jp/".__add__))}
            ),
            max_size=2,
        ),
    }
)


@settings(deadline=None, max_examples=150)
@given(NASTY_VALUES)
def test_whatever_the_fields_hold_all_formats_parse_strictly_and_state_the_same(fields: dict[str, Any]) -> None:
    graph = _graph(**fields)
    stated = _strictly(graph, "nt")
    assert len(stated) == len(graph)
    assert all(_strictly(graph, family) == stated for family in ("ttl", "xml", "jsonld"))


def test_fragments_join_to_one_document_in_every_format() -> None:
    graphs = [_graph(), _graph(id="def", title="別")]
    expected = {str(triple) for graph in graphs for triple in _strictly(graph, "nt")}
    for name, family in FAMILIES.items():
        joined = family.document([family.fragment(graph) for graph in graphs]).encode()
        assert {str(quad) for quad in ox.parse(joined, format=PARSERS[name])} == expected
