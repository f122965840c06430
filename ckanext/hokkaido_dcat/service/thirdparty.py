"""Lets other extensions' profile classes for ckanext-dcat add to what the feed says of a dataset.

Those named in `ckanext.dcat.rdf.profiles` are run, apart from ckanext-dcat's own and ours: what these say is said
already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import entry_points
from typing import Any

import ckan.plugins.toolkit as tk
import rdflib
from ckanext.dcat.profiles import RDFProfile
from rdflib.compare import to_canonical_graph
from rdflib.term import Node

from ckanext.hokkaido_dcat.domain import iris
from ckanext.hokkaido_dcat.domain.emitter import as_list
from ckanext.hokkaido_dcat.domain.graph import Fault, Graph
from ckanext.hokkaido_dcat.domain.names import PREFIXES, shrink
from ckanext.hokkaido_dcat.domain.terms import Iri, Literal, Term, clean_text

__all__ = ["SETTING", "add", "chosen", "problems"]

GROUP = "ckan.rdf.profiles"
SETTING = "ckanext.dcat.rdf.profiles"

#: Modules whose classes say nothing that the feed does not say.
_BUILT_IN = ("ckanext.dcat.", "ckanext.hokkaido_dcat.")

_NAME_AT_END = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_STRING = PREFIXES["xsd"] + "string"


def chosen() -> dict[str, type[RDFProfile]]:
    """Return the third parties' profile classes that are configured, by name and in the order of the setting.

    A name that no installed extension has is left out, so that one wrong word does not stop the feed; it is told when
    the portal starts (`problems`).
    """
    return _loaded(_names(tk.config))[0]


def problems(config: Any) -> list[str]:
    """List the configured names of which no class can be had, each as a sentence that says what to do."""
    return list(_loaded(_names(config))[1])


def _names(config: Any) -> tuple[str, ...]:
    names = config.get(SETTING) or ()
    return tuple(names.split() if isinstance(names, str) else names)


@lru_cache(maxsize=8)
def _loaded(names: tuple[str, ...]) -> tuple[dict[str, type[RDFProfile]], tuple[str, ...]]:
    # Reading what is installed takes longer than writing a dataset, so it is done once.
    known = {point.name: point for point in entry_points(group=GROUP)} if names else {}
    found: dict[str, type[RDFProfile]] = {}
    wrong: list[str] = []
    for name in names:
        if name not in known:
            wrong.append(_sentence(name, "which no installed extension has"))
        elif not known[name].value.startswith(_BUILT_IN):
            try:
                found[name] = known[name].load()
            except (ImportError, AttributeError) as error:
                wrong.append(_sentence(name, f"whose class cannot be loaded ({error})"))
    return found, tuple(wrong)


def _sentence(name: str, fault: str) -> str:
    return (
        f"{SETTING} names {name}, {fault}: the feed is written without it. Install the extension that has it or take "
        "the name out of the setting, restart, and run `ckan hokkaido feed rebuild`."
    )


def add(profiles: dict[str, type[RDFProfile]], dataset: dict[str, Any], subject: Iri, graph: Graph) -> None:
    """Add what the classes say of a dataset; each sees what was said before it.

    :param subject: IRI of the dataset; nodes without a name get one below it, made of what is said of them.
    """
    before = _rdflib(graph)
    for name, profile in profiles.items():
        after = rdflib.Graph()
        for triple in before:
            after.add(triple)
        profile(after, "dataset").graph_from_dataset(_shown(dataset), rdflib.URIRef(subject.value))
        said = rdflib.Graph()
        for triple in after:
            if triple not in before:
                said.add(triple)
                before.add(triple)
        _take(said, f"profile/{name}", subject, graph)


def _take(said: rdflib.Graph, path: str, subject: Iri, graph: Graph) -> None:
    if any(isinstance(term, rdflib.BNode) for triple in said for term in triple):
        said = to_canonical_graph(said)  # type: ignore[assignment]
    for triple in sorted(said, key=_order):
        terms = [_term(term, path, subject, graph) for term in triple]
        first, predicate, value = terms
        if not isinstance(first, Iri) or not isinstance(predicate, Iri) or value is None:
            continue
        if shrink(predicate.value) is None and not _NAME_AT_END.search(predicate.value):
            # RDF/XML has no way to write such a property, and all formats state the same.
            graph.report(path, Fault.NOT_MAPPED, predicate.value)
        else:
            graph.add(first, predicate, value)


def _order(triple: Iterable[Node]) -> list[str]:
    return [term.n3() if isinstance(term, rdflib.Literal) else str(term) for term in triple]


def _term(term: Node, path: str, subject: Iri, graph: Graph) -> Term | None:
    """Return a term as strict parsers accept it, or None; one that was repaired or refused is reported."""
    if isinstance(term, rdflib.BNode):
        return Iri(f"{subject.value}#node-{str(term)[-20:]}")
    if isinstance(term, rdflib.Literal):
        text, datatype = clean_text(str(term)), str(term.datatype or "")
        kind = "" if term.language or datatype == _STRING else iris.repair(datatype) or ""
        return Literal(text, term.language or "", kind) if text else None
    return _iri(str(term), path, graph)


def _iri(original: str, path: str, graph: Graph) -> Iri | None:
    if shrink(original):
        return Iri(original)
    if original.startswith("mailto:"):
        repaired = iris.mail(original)
    elif original.startswith("tel:"):
        repaired = iris.phone(original.removeprefix("tel:"))
    else:
        repaired = iris.repair(original)
    if repaired != original:
        graph.report(path, Fault.REPAIRED_IRI if repaired else Fault.ILLEGAL_IRI, original)
    return Iri(repaired) if repaired else None


def _rdflib(graph: Graph) -> rdflib.Graph:
    copy = rdflib.Graph()
    for subject, predicate, value in graph:
        if isinstance(value, Iri):
            term: Node = rdflib.URIRef(value.value)
        else:
            kind = rdflib.URIRef(value.datatype) if value.datatype else None
            term = rdflib.Literal(value.value, lang=value.language or None, datatype=kind, normalize=False)
        copy.add((rdflib.URIRef(subject.value), rdflib.URIRef(predicate.value), term))
    return copy


def _shown(dataset: dict[str, Any]) -> dict[str, Any]:
    """Return the dataset in the shape in which `package_show` gives it."""
    tags = [{"name": name, "display_name": name} for name in dataset.get("tags") or ()]
    resources = [_read(resource) for resource in as_list(dataset.get("resources") or [])]
    return {**_read(dataset), "tags": tags, "resources": resources, "extras": []}


def _read(fields: dict[str, Any]) -> dict[str, Any]:
    """Return a copy in which lists stored as JSON text are lists."""
    return {
        name: as_list(value) if isinstance(value, str) and value.startswith("[") else value
        for name, value in fields.items()
    }
