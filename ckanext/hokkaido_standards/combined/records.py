"""Records as linked data: in the IMI core vocabulary where the definition maps a column, else in the standard's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ckanext.hokkaido_standards.combined import names as n
from ckanext.hokkaido_standards.domain.combined import columns_of
from ckanext.hokkaido_standards.domain.definition import Concept, Standard
from ckanext.hokkaido_standards.domain.imi import NAMESPACE, class_of

__all__ = ["Describer"]


class Describer:
    """Describes rows of one standard; made once for many rows.

    :param site: address of the portal.
    :param licences: what lists call a licence -> its IRI.
    :ivar columns: what the columns of the table say, with their headings.
    """

    def __init__(self, standard: Standard, site: str, licences: Mapping[str, str]) -> None:
        self._standard, self._site, self.licences = standard, site, licences
        self.columns = columns_of(standard)
        self._physical = next((word for word in standard.words if word.isascii()), f"standard_{standard.code}")

    def context(self) -> dict[str, Any]:
        """Return the context of documents in JSON-LD."""
        return {
            "ic": NAMESPACE,
            "col": f"{self._site}/standards/{self._standard.code}#",
            "dcterms": "http://purl.org/dc/terms/",
            "prov": "http://www.w3.org/ns/prov#",
            "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        }

    def node(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row as a node of JSON-LD under that context; every node of it has an IRI."""
        iri = row[n.PLACE]
        node: dict[str, Any] = {"@id": iri}
        if self._standard.imi:
            node["@type"] = self._standard.imi
        for concept, _heading in self.columns:
            if value := row.get(concept.key):
                self._say(node, iri, concept, value)
        if row[n.NORTH] is not None:
            node |= {"geo:lat": row[n.NORTH], "geo:long": row[n.EAST]}
        node["dcterms:source"] = {"@id": row[n.ADDRESS]}
        node["dcterms:isPartOf"] = {"@id": f"{self._site}/combined/{self._standard.code}"}
        node["dcterms:bibliographicCitation"] = row[n.ATTRIBUTION]
        if licence := self.licences.get(row[n.LICENCE]):
            node["dcterms:license"] = {"@id": licence}
        return node

    def _say(self, node: dict[str, Any], iri: str, concept: Concept, value: str) -> None:
        """Put a value where its column's path leads; without one, or where a value is there, as the standard's own."""
        steps = [step.partition("{")[0].strip() for step in concept.imi.split(">")] if concept.imi else []
        if not steps:
            node[f"col:{concept.key}"] = value
            return
        at, walked = node, []
        for step in steps[:-1]:
            walked.append(step)
            at = at.setdefault(f"ic:{step}", {"@id": f"{iri}#{'.'.join(walked)}"})
            if kind := class_of(step):
                at.setdefault("@type", f"ic:{kind.removeprefix(NAMESPACE)}")
        last = f"ic:{steps[-1]}"
        if last in at:
            node[f"col:{concept.key}"] = value
        else:
            at[last] = {"@id": value} if value.startswith(("https://", "http://")) and " " not in value else value

    def entity(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row as an entity of NGSI-LD (ETSI GS CIM 009), without its context."""
        kind = "".join(word.capitalize() for word in self._physical.split("_"))
        mark = row[n.PLACE].rpartition("/")[2]
        entity: dict[str, Any] = {
            "id": f"urn:ngsi-ld:{kind}:{self._standard.code}:{row[n.MUNICIPALITY]}:{mark}",
            "type": kind,
        }
        for concept, _heading in self.columns:
            if value := row.get(concept.key):
                # An entity's own `id` is its IRI.
                entity["identifier" if concept.key == "id" else concept.key] = {"type": "Property", "value": value}
        if row[n.NORTH] is not None:
            point = {"type": "Point", "coordinates": [row[n.EAST], row[n.NORTH]]}
            entity["location"] = {"type": "GeoProperty", "value": point}
        told = {"source": row[n.ADDRESS], "seeAlso": row[n.PLACE], "attribution": row[n.ATTRIBUTION]}
        told |= {"license": row[n.LICENCE], "municipality": row[n.MUNICIPALITY]}
        return entity | {name: {"type": "Property", "value": value} for name, value in told.items() if value}

    def entity_alone(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row as an entity of NGSI-LD with its context."""
        return self.entity(row) | {"@context": self.entity_context()}

    def entity_context(self) -> list[Any]:
        """Return the context of entities."""
        own = f"{self._site}/standards/{self._standard.code}#"
        return [{"@vocab": own}, "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context.jsonld"]

    def feature(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row as a feature of GeoJSON (RFC 7946); one without a place has no geometry."""
        geometry = None
        if row[n.NORTH] is not None:
            geometry = {"type": "Point", "coordinates": [row[n.EAST], row[n.NORTH]]}
        return {"type": "Feature", "id": row[n.PLACE], "geometry": geometry, "properties": self.plain(row)}

    def plain(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row by the keys of its columns, with its provenance; blank values are left out."""
        values = {concept.key: row[concept.key] for concept, _ in self.columns if row.get(concept.key)}
        return values | {name: _told(row[name]) for name in n.TOLD if row[name] is not None}


def _told(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
