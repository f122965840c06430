"""Profile classes that other extensions made for ckanext-dcat."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pyoxigraph as ox
import pytest
import rdflib
from ckanext.dcat.profiles import RDFProfile

from ckanext.hokkaido_dcat.domain.graph import Fault, Graph
from ckanext.hokkaido_dcat.domain.names import expand
from ckanext.hokkaido_dcat.domain.terms import Iri, Literal
from ckanext.hokkaido_dcat.domain.writers import FAMILIES
from ckanext.hokkaido_dcat.service import thirdparty

SUBJECT = Iri("https://portal.example.jp/dataset/abc")
OWN = rdflib.Namespace("http://example.org/own#")
PARSERS = {"ttl": ox.RdfFormat.TURTLE, "xml": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD}


class Own(RDFProfile):
    """Says a title it reads in the graph, each tag, a node without a name, and two addresses that are not good."""

    def __init__(self, graph: rdflib.Graph, dataset_type: str = "dataset") -> None:
        self.g = graph

    def graph_from_dataset(self, dataset_dict: dict[str, Any], dataset_ref: rdflib.URIRef) -> None:
        """State it."""
        for title in list(self.g.objects(dataset_ref, rdflib.DCTERMS.title)):
            self.g.add((dataset_ref, OWN.seen, title))
        for tag in dataset_dict["tags"]:
            node = rdflib.BNode()
            self.g.add((dataset_ref, OWN.tag, node))
            self.g.add((node, rdflib.RDFS.label, rdflib.Literal(tag["name"])))
        self.g.add((dataset_ref, OWN.page, rdflib.URIRef("http://example.org/a b")))
        self.g.add((dataset_ref, OWN.page, rdflib.URIRef("none")))


def _graph() -> Graph:
    graph = Graph()
    graph.add(SUBJECT, expand("dct:title"), Literal("公園", "ja"))
    thirdparty.add({"own": Own}, {"id": "abc", "tags": ["b", "a"], "resources": []}, SUBJECT, graph)
    return graph


def test_a_class_sees_and_adds_to_what_is_said() -> None:
    said = {(predicate.value, value) for subject, predicate, value in _graph() if subject == SUBJECT}
    assert (str(OWN.seen), Literal("公園", "ja")) in said


def test_nodes_without_a_name_get_the_same_one_every_time() -> None:
    first, second = _graph(), _graph()
    assert first.blocks() == second.blocks()
    labels = {value.value for _, predicate, value in first if predicate == expand("rdfs:label")}
    assert labels == {"a", "b"}
    assert len({value for _, predicate, value in first if predicate.value == str(OWN.tag)}) == len(labels)


def test_bad_addresses_are_repaired_or_left_out_and_reported() -> None:
    graph = _graph()
    pages = [value.value for _, predicate, value in graph if predicate.value == str(OWN.page)]
    assert pages == ["http://example.org/a%20b"]
    assert {(one.field, one.fault) for one in graph.problems} == {
        ("profile/own", Fault.REPAIRED_IRI),
        ("profile/own", Fault.ILLEGAL_IRI),
    }


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install an extension with one profile class."""
    folder = tmp_path / "own_profile-1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: own-profile\nVersion: 1\n", encoding="utf-8")
    (folder / "entry_points.txt").write_text("[ckan.rdf.profiles]\nown = own_profile:Own\n", encoding="utf-8")
    (tmp_path / "own_profile.py").write_text("class Own:\n    pass\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("names", ["euro_dcat_ap_3 own", ["hokkaido_dcat_ap", "own"]])
def test_only_classes_of_third_parties_are_run(monkeypatch: pytest.MonkeyPatch, names: Any) -> None:
    monkeypatch.setitem(tk.config, thirdparty.SETTING, names)
    assert list(thirdparty.chosen()) == ["own"]


@pytest.mark.usefixtures("installed")
def test_a_class_that_is_not_installed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tk.config, thirdparty.SETTING, "nowhere own")
    assert list(thirdparty.chosen()) == ["own"]


@pytest.mark.parametrize("family", PARSERS)
def test_properties_of_other_namespaces_are_read_by_strict_parsers(family: str) -> None:
    graph = _graph()
    text = FAMILIES[family].document([FAMILIES[family].fragment(graph)])
    assert len(list(ox.parse(text.encode(), format=PARSERS[family]))) == len(graph)
