"""Namespaces of the vocabularies that our feeds use, and the short names that mapping tables are written in."""

from __future__ import annotations

import re
from functools import lru_cache

from ckanext.hokkaido_dcat.domain.terms import Iri

__all__ = ["PREFIXES", "RDF_TYPE", "expand", "shrink"]

PREFIXES: dict[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "cnt": "http://www.w3.org/2011/content#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "ic": "http://imi.go.jp/ns/core/rdf#",
    "locn": "http://www.w3.org/ns/locn#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

RDF_TYPE = Iri(PREFIXES["rdf"] + "type")

#: Names of the IMI vocabulary are Japanese; kana and kanji are letters in XML, Turtle and JSON-LD alike.
_LETTERS = "A-Za-z_\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff"
_LOCAL = re.compile(rf"[{_LETTERS}][{_LETTERS}0-9]*(-[{_LETTERS}0-9]+)*")


@lru_cache(maxsize=1024)
def expand(short: str) -> Iri:
    """Return the IRI of a short name such as `dct:title`; a full `http` IRI is returned as it is.

    :raises KeyError: the prefix is not one of ours.
    """
    if short.startswith(("http://", "https://")):
        return Iri(short)
    prefix, _, local = short.partition(":")
    return Iri(PREFIXES[prefix] + local)


@lru_cache(maxsize=4096)
def shrink(iri: str) -> str | None:
    """Return the short name of an IRI, or None where it has none that every format can write."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return None
