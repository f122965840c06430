"""Our profile as a profile of ckanext-dcat, so that its own commands and addresses say what the feed says."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckanext.dcat.profiles import RDFProfile
from rdflib import Literal, URIRef

from ckanext.hokkaido_dcat.domain import shown
from ckanext.hokkaido_dcat.domain.terms import Iri, Triple
from ckanext.hokkaido_dcat.service import pages, reading, rendering

__all__ = ["HokkaidoDcatApProfile"]


class HokkaidoDcatApProfile(RDFProfile):
    """Write the same triples as the store; reading is left to ckanext-dcat's own profiles."""

    def graph_from_dataset(self, dataset_dict: dict[str, Any], dataset_ref: URIRef) -> None:
        """Add what the feed says of a dataset, as `package_show` gives it."""
        for triple in rendering.graph_of(_as_read(dataset_dict, dataset_ref)):
            self.g.add(_rdflib(triple))

    def graph_from_catalog(self, catalog_dict: dict[str, Any] | None, catalog_ref: URIRef) -> None:
        """Add what the feed says of the catalogue itself."""
        del catalog_dict, catalog_ref
        for triple in pages.catalog_description(model.Session()):
            self.g.add(_rdflib(triple))


def _as_read(dataset: dict[str, Any], dataset_ref: URIRef) -> dict[str, Any]:
    """Return a shown dataset as the store reads it; CKAN shows an organisation without its fields."""
    owner = (dataset.get("organization") or {}).get("id")
    stored = reading.organization(model.Session(), owner) if owner else None
    read = shown.as_stored({**dataset, "organization": stored}, str(dataset_ref).rstrip("/").rpartition("/")[2])
    reading.add_links(model.Session(), [read])
    return read


def _rdflib(triple: Triple) -> tuple[URIRef, URIRef, URIRef | Literal]:
    value = triple.object
    if isinstance(value, Iri):
        return URIRef(triple.subject.value), URIRef(triple.predicate.value), URIRef(value.value)
    datatype = URIRef(value.datatype) if value.datatype else None
    literal = Literal(value.value, lang=value.language or None, datatype=datatype)
    return URIRef(triple.subject.value), URIRef(triple.predicate.value), literal
