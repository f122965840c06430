"""What ckanext-dcat reads in our feed is what a dataset in the shape of its published examples says.

The dataset below has the fields and shapes of those examples, in words of our own; the examples themselves are taken
where they are beside this checkout.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from ckanext.dcat.processors import RDFParser, RDFParserException

from ckanext.hokkaido_dcat.domain.emitter import as_list
from ckanext.hokkaido_dcat.domain.graph import Graph
from ckanext.hokkaido_dcat.domain.profiles import PROFILES, Sources, dcat_ap_3
from ckanext.hokkaido_dcat.domain.shown import as_stored
from ckanext.hokkaido_dcat.domain.terms import clean_text
from ckanext.hokkaido_dcat.domain.values import instant
from ckanext.hokkaido_dcat.domain.writers import FAMILIES
from ckanext.hokkaido_dcat.mapping import mapping
from ckanext.hokkaido_dcat.service.vocabularies import lookup

SOURCES = Sources("https://opendata.example.lg.jp", mapping(), lookup)

#: Our profile, and the profile of ckanext-dcat that reads it.
READERS = [("dcat-ap-3", "euro_dcat_ap_3"), ("dcat-ap-2", "euro_dcat_ap_2")]

SHA1_DIGITS = 40
EU = "http://publications.europa.eu/resource/authority"
SHELTERS: dict[str, Any] = {
    "name": "shelters-of-the-prefecture",
    "title": "避難所一覧",
    "notes": "指定避難所の一覧です。\n\n* 毎年更新します。",
    "url": "https://example.lg.jp/hinan",
    "version": "2.1",
    "tags": [{"name": "避難所"}, {"name": "防災"}],
    "issued": "2025-04-01",
    "modified": "2026-04-01T10:20:30+09:00",
    "identifier": "hinan-2026",
    "frequency": "ANNUAL",
    "provenance": "市町村の報告をまとめました。",
    "access_rights": f"{EU}/access-right/PUBLIC",
    "theme": ["safety", f"{EU}/data-theme/SOCI"],
    "language": ["ja", f"{EU}/language/ENG", f"{EU}/language/SPA"],
    "documentation": ["https://example.lg.jp/hinan/about", "https://example.lg.jp/hinan/terms"],
    "conforms_to": ["https://example.org/standards/shelters"],
    "spatial_code": ["011002"],
    "contact": [{"name": "危機対策課", "email": "kiki@example.lg.jp", "url": "https://example.lg.jp/kiki"}],
    "publisher": [{"name": "北海道", "url": "https://example.lg.jp/", "identifier": "010006"}],
    "temporal_coverage": [{"start": "2025-04-01", "end": "2026-03-31"}],
    "license_id": "CC-BY-4.0",
    "resources": [
        {
            "id": "table",
            "name": "避難所一覧（CSV）",
            "description": "全道の避難所です。",
            "url": "https://example.lg.jp/hinan.csv",
            "download_url": "https://example.lg.jp/hinan.csv",
            "format": "CSV",
            "mimetype": "text/csv",
            "size": 12345,
            "hash": "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12",
            "license": "http://creativecommons.org/licenses/by/3.0/",
            "rights": "出典を示してください。",
            "availability": f"{EU}/planned-availability/STABLE",
            "status": "http://purl.org/adms/status/Completed",
            "issued": "2025-04-01T01:02:03",
            "modified": "2026-04-01",
            "language": ["ja", "en"],
            "conforms_to": ["https://example.org/standards/shelters"],
            "compress_format": "gzip",
            "package_format": f"{EU}/file-type/TAR",
        },
        {
            "id": "map",
            "name": "地図",
            "url": "https://example.lg.jp/map",
            "format": f"{EU}/file-type/HTML",
            "mimetype": "http://www.iana.org/assignments/media-types/text/html",
        },
    ],
}

#: Vocabularies of the fields whose values may be codes or IRIs.
VOCABULARIES = {
    "frequency": "frequencies",
    "language": "languages",
    "theme": "themes",
    "access_rights": "access_rights",
    "format": "formats",
    "availability": "availability",
    "status": "statuses",
    "license": "licences",
    "compress_format": "packings",
    "package_format": "packings",
}
COMPARED = [
    "title", "notes", "url", "version", "tags", "issued", "modified", "frequency", "provenance", "access_rights",
    "theme", "language", "documentation", "conforms_to", "contact", "publisher", "temporal_coverage",
]  # fmt: skip
COMPARED_OF_FILES = [
    "name", "description", "url", "download_url", "format", "mimetype", "size", "hash", "license", "rights",
    "availability", "status", "issued", "modified", "language", "conforms_to", "compress_format", "package_format",
    "documentation",
]  # fmt: skip

#: Fields of our schema that ckanext-dcat 2.4.4 does not give back, and why.
NOT_BACK = {
    "name": "the harvester makes a name of its own from the title",
    "identifier": "dct:identifier is our id, the only one that is unique and never changes; this one is the notation "
    "of an adms:Identifier, of which ckanext-dcat reads the name of the node only",
    "owner_org": "comes back as publisher; a harvester puts the dataset into an organisation of its own",
    "tag_string": "comes back as tags",
    "standard": "comes back among the addresses of conforms_to",
    "license_id": "stands on each file, as DCAT-AP wants it; ckanext-dcat finds its code only in a register with the "
    "same address",
    "spatial_code": "comes back as spatial_uri and spatial_text; of several places ckanext-dcat keeps one",
    "in_series": "ckanext-dcat does not read dcat:inSeries",
    "previous_version": "ckanext-dcat does not read dcat:previousVersion",
    "frequency_note": "ckanext-dcat does not read skos:note",
    "access_conditions": "ckanext-dcat does not read dct:rights of a dataset",
    "audience": "is of datasets that are not public",
    "creator": "comes back as a list of agents",
    "remarks": "ckanext-dcat does not read rdfs:comment",
    "subtitle": "ckanext-dcat does not read dct:alternative",
    "universal_menu": "is not in the feed",
    "title_kana": "ckanext-dcat does not read dct:alternative",
    "title_en": "ckanext-dcat reads a title in the language of the reading portal only",
    "notes_en": "ckanext-dcat reads a description in the language of the reading portal only",
}
NOT_BACK_OF_FILES = {
    "api_kind": "comes back in access_services, as the standard that the API follows",
    "api_description": "comes back in access_services",
    "columns": "is not in the feed",
    "rows": "is not in the feed",
    "has_api": "is not in the feed",
    "identifier": "ckanext-dcat does not read the identifier of a distribution",
    "derived_from": "ckanext-dcat does not read prov:wasDerivedFrom",
    "copyright": "ckanext-dcat does not read dc:rights",
    "encoding": "ckanext-dcat does not read cnt:characterEncoding",
    "hash_algorithm": "comes back as the IRI in SPDX; ours follows from the length of the hash",
    "hash_sha1": "is the hash in DCAT-AP 2.1.1 only",
}


def _graph(dataset: dict[str, Any], profile: str) -> Graph:
    return PROFILES[profile].dataset(SOURCES, dataset, dcat_ap_3.describe_dataset(SOURCES, dataset))


def _read(graph: Graph, reader: str) -> dict[str, Any]:
    """Return what ckanext-dcat reads, in the shape of our store."""
    turtle = FAMILIES["ttl"].document([FAMILIES["ttl"].fragment(graph)])
    parser = RDFParser(profiles=[reader])
    parser.parse(turtle, _format="turtle")
    (dataset,) = parser.datasets()
    return as_stored(dataset, "")


def _lost(given: dict[str, Any], read: dict[str, Any], names: list[str], reported: set[str]) -> list[Any]:
    """List the values that neither came back nor were reported."""
    lost = []
    for name in names:
        back = _values(name, read.get(name))
        lost += [
            (name, one) for one in _values(name, given.get(name)) if one not in back and not _is_reported(one, reported)
        ]
    return lost


def _is_reported(value: Any, reported: set[str]) -> bool:
    return not reported.isdisjoint(value if isinstance(value, tuple) else {str(value)})


def _values(name: str, value: Any) -> list[Any]:
    """Return the values of a field as they can be compared: IRIs for codes, moments for times."""
    found = [] if value in (None, "") else as_list(value)
    if name in VOCABULARIES:
        entries = [(lookup(VOCABULARIES[name], str(one)), one) for one in found]
        return [entry.iri if entry and entry.iri else one for entry, one in entries]
    if name in {"issued", "modified"}:
        return [instant(str(one)) or one for one in found]
    if name == "mimetype":
        return [str(one).rpartition("media-types/")[2] for one in found]
    if name in {"contact", "publisher"}:
        # The portal has one of each; it has no field for what else other portals know of them.
        keys = ("name", "email", "url") if name == "contact" else ("name", "url")
        return [(key, one[key]) for one in found[:1] for key in keys if one.get(key)]
    if name == "temporal_coverage":
        return [(key, instant(str(one[key]))) for one in found[:1] for key in ("start", "end") if one.get(key)]
    return [clean_text(str(one)) for one in found]


def _files(given: dict[str, Any], read: dict[str, Any], reported: set[str]) -> list[Any]:
    """List what is lost of the files, which come back in any order."""
    lost: list[Any] = []
    back = {one["uri"].rpartition("/")[2]: one for one in read["resources"]}
    for one in given["resources"]:
        if str(one["url"] or "") not in reported:
            lost += _lost(one, back[one["id"]], COMPARED_OF_FILES, reported)
    return lost


@pytest.mark.parametrize(("profile", "reader"), READERS)
def test_every_value_of_the_dataset_comes_back(profile: str, reader: str) -> None:
    given = as_stored(SHELTERS, "hinan")
    read = _read(_graph(given, profile), reader)
    assert _lost(given, read, COMPARED, set()) == []
    assert read["identifier"] == "hinan"
    assert read["spatial_uri"] == "https://opendata.example.lg.jp/#place-011002"
    # The reader takes the label that it meets last, whatever its language.
    assert read["spatial_text"] in {"札幌市", "Sapporo"}


@pytest.mark.parametrize(("profile", "reader"), READERS)
def test_every_value_of_its_files_comes_back(profile: str, reader: str) -> None:
    given = as_stored(SHELTERS, "hinan")
    graph = _graph(given, profile)
    read = _read(graph, reader)
    assert _files(given, read, set()) == []
    assert [problem.field for problem in graph.problems] == []


def test_the_identifier_of_the_office_is_said_beside_the_id() -> None:
    graph = _graph(as_stored(SHELTERS, "hinan"), "dcat-ap-3")
    notations = [triple.object.value for triple in graph if triple.predicate.value.endswith("core#notation")]
    assert notations == ["hinan-2026"]


def test_every_field_of_the_schema_is_compared_or_has_a_reason() -> None:
    schema = yaml.safe_load((files("ckanext.hokkaido_schema.schemas") / "dataset.yaml").read_text(encoding="utf-8"))
    for part, compared, reasons in (
        ("dataset_fields", COMPARED, NOT_BACK),
        ("resource_fields", COMPARED_OF_FILES, NOT_BACK_OF_FILES),
    ):
        assert {field["field_name"] for field in schema[part]} - set(compared) - set(reasons) == set()


#: Endings of RDF files -> what rdflib calls the format.
FORMATS = {".ttl": "turtle", ".rdf": "xml", ".jsonld": "json-ld"}


def _published(folder: Path, pattern: str) -> list[Path]:
    found = sorted((folder / "real").glob(pattern))
    assert found, "the examples are not in the reference material"
    return found


def _datasets(path: Path) -> list[dict[str, Any]]:
    parser = RDFParser(profiles=["euro_dcat_ap_3"])
    parser.parse(path.read_bytes(), _format=FORMATS[path.suffix])
    return list(parser.datasets())


def test_published_datasets_come_back_or_are_reported(shared_dir: Path) -> None:
    for path in _published(shared_dir, "ckanext-dcat/ckan/ckan_*.json"):
        _comes_back(json.loads(path.read_text(encoding="utf-8")))


def test_what_is_read_in_published_rdf_comes_back_or_is_reported(shared_dir: Path) -> None:
    # The context of this one would be fetched from elsewhere.
    paths = [path for path in _published(shared_dir, "ckanext-dcat/dcat/*") if path.name != "catalog_pod.jsonld"]
    refused = []
    for path in paths:
        try:
            datasets = _datasets(path)
        except RDFParserException:
            refused.append(path.name)
            continue
        assert datasets
        for dataset in datasets:
            _comes_back(dataset)
    # It uses a prefix that it does not declare.
    assert refused == ["dataset.ttl"]


def test_a_real_catalogue_of_another_portal_comes_back_or_is_reported(shared_dir: Path) -> None:
    (path,) = _published(shared_dir, "govdata/bremen.rdf")
    for dataset in _datasets(path)[::5]:
        _comes_back(dataset)


def _comes_back(dataset: dict[str, Any]) -> None:
    given = as_stored(dataset, "example")
    other_hashes = {str(one.get("hash")) for one in given["resources"] if len(str(one.get("hash"))) != SHA1_DIGITS}
    for profile, reader in READERS:
        graph = _graph(given, profile)
        reported = {problem.value for problem in graph.problems}
        if profile == "dcat-ap-2":
            # Its standard knows no other checksum than SHA-1.
            reported |= other_hashes
        read = _read(graph, reader)
        assert _lost(given, read, COMPARED, reported) == []
        assert _files(given, read, reported) == []
