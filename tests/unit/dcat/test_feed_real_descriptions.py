"""2,283 real descriptions of Japanese ministries, with all their dirt: every document parses strictly, nothing is lost.

They have no description texts: that is reported as missing, and the only thing that the official shapes find.
"""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from pyshacl import validate
from rdflib import SH
from rdflib import Graph as RdfGraph

from ckanext.hokkaido_dcat.domain.graph import Fault, Graph
from ckanext.hokkaido_dcat.domain.mapping import Entry
from ckanext.hokkaido_dcat.domain.profiles import DEFAULT, PROFILES, Sources, dcat_ap_3
from ckanext.hokkaido_dcat.domain.writers import FAMILIES
from ckanext.hokkaido_dcat.mapping import authorities, mapping

PARSERS = {
    "ttl": ox.RdfFormat.TURTLE,
    "xml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
}
LICENCES = {"CC-BY": "CC-BY-4.0", "CC BY": "CC-BY-4.0"}
MISSING = "http://purl.org/dc/terms/description"


def _lookup(vocabulary: str, code: str) -> Entry | None:
    if vocabulary == "licences" and code == "CC-BY-4.0":
        return Entry(code, "https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0", "CC BY 4.0")
    return authorities().get(vocabulary, {}).get(code)


SOURCES = Sources("https://opendata.example.lg.jp", mapping(), _lookup)


@pytest.fixture(scope="module")
def datasets(shared_dir: Path) -> list[dict[str, Any]]:
    """Return the descriptions in the shape in which the store reads a dataset."""
    lines = (shared_dir / "real" / "data_go_jp" / "packages.jsonl").read_text(encoding="utf-8").splitlines()
    return [_dataset(json.loads(line)) for line in lines]


def _dataset(source: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": source["name"],
        "title": source["title"],
        "tags": [tag["name"] for tag in source["tags"]],
        "license_id": LICENCES.get(source["license_title"], ""),
        "organization": {"id": source["organization"]["title"], "title": source["organization"]["title"]},
        "metadata_created": "2020-01-01T00:00:00",
        "metadata_modified": "2021-01-01T00:00:00",
        "resources": source["resources"],
    }


@pytest.fixture(scope="module")
def graphs(datasets: list[dict[str, Any]]) -> list[dict[str, Graph]]:
    """Return what each profile says of each dataset."""
    found = []
    for dataset in datasets:
        base = dcat_ap_3.describe_dataset(SOURCES, dataset)
        found.append({name: profile.dataset(SOURCES, dataset, base) for name, profile in PROFILES.items()})
    return found


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("family", FAMILIES)
def test_every_byte_parses_strictly(graphs: list[dict[str, Graph]], profile: str, family: str) -> None:
    writer = FAMILIES[family]
    document = writer.document([writer.fragment(one[profile]) for one in graphs]).encode()
    store = ox.Store()
    store.bulk_extend(ox.parse(document, format=PARSERS[family]))
    typed = store.quads_for_pattern(
        None,
        ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
        ox.NamedNode("http://www.w3.org/ns/dcat#Dataset"),
    )
    assert len({quad.subject for quad in typed}) == len(graphs) == 2283


def test_addresses_that_cannot_be_written_are_repaired_or_reported(
    datasets: list[dict[str, Any]], graphs: list[dict[str, Graph]]
) -> None:
    faults = Counter(problem.fault for one in graphs for problem in one[DEFAULT.name].problems)
    resources = sum(len(dataset["resources"]) for dataset in datasets)
    written = sum(
        triple.object.value == "http://www.w3.org/ns/dcat#Distribution"
        for one in graphs
        for triple in one[DEFAULT.name]
    )
    assert faults[Fault.REPAIRED_IRI] > 0
    assert written + faults[Fault.ILLEGAL_IRI] == resources
    assert faults[Fault.MISSING] == len(datasets)


def test_the_official_shapes_find_only_the_missing_descriptions(
    graphs: list[dict[str, Graph]], shared_dir: Path
) -> None:
    """Take every fifteenth dataset: all of them take half a minute, and find the same."""
    sample = list(islice(graphs, 0, None, 15))
    turtle = FAMILIES["ttl"].document([FAMILIES["ttl"].fragment(one[DEFAULT.name]) for one in sample])
    data = RdfGraph().parse(data=turtle, format="turtle")
    found: Counter[tuple[str, str]] = Counter()
    for name in ("shapes.ttl", "range.ttl"):
        shapes = RdfGraph().parse(shared_dir / "shacl" / "dcat-ap-3.0.1" / "html" / name)
        _, report, _ = validate(data, shacl_graph=shapes, inference="none")
        for result in report.subjects(SH.sourceShape):
            found[report.value(result, SH.resultSeverity).fragment, str(report.value(result, SH.resultPath))] += 1
    assert found == {("Violation", MISSING): len(sample)}
