"""Records as linked data: in the IMI core vocabulary where the definition maps a column, else in the standard's own."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

import polars as pl

from ckanext.hokkaido_standards.combined import names as n
from ckanext.hokkaido_standards.combined.json_text import Beside, Template, constant, in_json, text_of
from ckanext.hokkaido_standards.domain.combined import columns_of
from ckanext.hokkaido_standards.domain.definition import Concept, Standard
from ckanext.hokkaido_standards.domain.imi import NAMESPACE, class_of

__all__ = ["Describer"]


class Describer:
    """Describes rows of one standard in JSON; blank values are left out.

    `plain` is a row by the keys of its columns, with its provenance; `feature` one of GeoJSON (RFC 7946), without a
    geometry where it has no place; `node` one of JSON-LD under `context()`, every node of which has an IRI; `entity`
    one of NGSI-LD (ETSI GS CIM 009) with its context.

    :param site: address of the portal.
    :param licences: what lists call a licence -> its IRI.
    :ivar columns: what the columns of the table say, with their headings.
    """

    def __init__(self, standard: Standard, site: str, licences: Mapping[str, str]) -> None:
        self._standard, self._site, self.licences = standard, site, licences
        self.columns = columns_of(standard)
        self._kinds = {"plain": _plain, "feature": _feature, "node": self._node, "entity": self._entity}

    def texts(self, frame: pl.DataFrame, kind: str) -> pl.Series:
        """Return the JSON of each row.

        :param kind: `plain, feature, node` or `entity`.
        """
        keys = [concept.key for concept, _heading in self.columns if concept.key in frame.columns]
        # Columns that no row fills are half of a table.
        blank = {key for key in keys if frame[key].null_count() == frame.height}
        keys = [key for key in keys if key not in blank]
        return in_json(frame.drop(blank)).select(text_of(self._kinds[kind](keys)).alias(kind))[kind]

    def told(self, frame: pl.DataFrame, kind: str) -> list[dict[str, Any]]:
        """Return what `texts` writes of each row."""
        return [json.loads(text) for text in self.texts(frame, kind)]

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

    def _node(self, keys: Collection[str]) -> dict[str, Template]:
        node: dict[str, Any] = {"@id": pl.col(n.PLACE)}
        if self._standard.imi:
            node["@type"] = constant(self._standard.imi)
        for concept, _heading in self.columns:
            if concept.key in keys:
                _say(node, concept)
        iris = {json.dumps(name, ensure_ascii=False): json.dumps(iri) for name, iri in self.licences.items()}
        licence = pl.col(n.LICENCE).replace_strict(iris, default=None, return_dtype=pl.String)
        return node | {
            "geo:lat": pl.col(n.NORTH),
            "geo:long": pl.col(n.EAST),
            "dcterms:source": {"@id": pl.col(n.ADDRESS)},
            "dcterms:isPartOf": constant({"@id": f"{self._site}/combined/{self._standard.code}"}),
            "dcterms:bibliographicCitation": pl.col(n.ATTRIBUTION),
            "dcterms:license": {"@id": licence},
        }

    def _entity(self, keys: Collection[str]) -> dict[str, Template]:
        physical = next((word for word in self._standard.words if word.isascii()), f"standard_{self._standard.code}")
        kind = "".join(word.capitalize() for word in physical.split("_"))
        code, mark = pl.col(n.MUNICIPALITY).str.strip_chars('"'), pl.col(n.PLACE).str.extract(r'([^/]+")$')
        urn = pl.concat_str(pl.lit(f'"urn:ngsi-ld:{kind}:{self._standard.code}:'), code, pl.lit(":"), mark)
        # An entity's own `id` is its IRI.
        values = {"identifier" if key == "id" else key: pl.col(key) for key in keys}
        told = {"source": n.ADDRESS, "seeAlso": n.PLACE, "attribution": n.ATTRIBUTION}
        told |= {"license": n.LICENCE, "municipality": n.MUNICIPALITY}
        values |= {name: pl.when(pl.col(column) != '""').then(column) for name, column in told.items()}
        own = f"{self._site}/standards/{self._standard.code}#"
        context = [{"@vocab": own}, "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context.jsonld"]
        return {
            "id": urn,
            "type": constant(kind),
            **{name: {"type": constant("Property"), "value": value} for name, value in values.items()},
            "location": {"type": constant("GeoProperty"), "value": _point()},
            "@context": constant(context),
        }


def _plain(keys: Collection[str]) -> dict[str, Template]:
    return {name: pl.col(name) for name in (*keys, *n.TOLD)}


def _feature(keys: Collection[str]) -> dict[str, Template]:
    return {
        "type": constant("Feature"),
        "id": pl.col(n.PLACE),
        "geometry": Beside(pl.coalesce(_point(), pl.lit("null"))),
        "properties": _plain(keys),
    }


def _point() -> pl.Expr:
    """Return the places of rows as points of GeoJSON; null where there is none."""
    place = pl.concat_str(pl.col(n.EAST), pl.col(n.NORTH), separator=",")
    return pl.concat_str(pl.lit('{"type":"Point","coordinates":['), place, pl.lit("]}"))


def _say(node: dict[str, Any], concept: Concept) -> None:
    """Put a column where its path leads; without one, or where a value is there, as the standard's own."""
    steps = [step.partition("{")[0].strip() for step in concept.imi.split(">")] if concept.imi else []
    value, own = pl.col(concept.key), f"col:{concept.key}"
    if not steps:
        node[own] = value
        return
    at, walked = node, list[str]()
    for step in steps[:-1]:
        walked.append(step)
        part = pl.concat_str(pl.col(n.PLACE).str.strip_suffix('"'), pl.lit(f'#{".".join(walked)}"'))
        at = at.setdefault(f"ic:{step}", {"@id": Beside(part)})
        if kind := class_of(step):
            at.setdefault("@type", constant(f"ic:{kind.removeprefix(NAMESPACE)}"))
    there = at.get(f"ic:{steps[-1]}")
    if there is None:
        at[f"ic:{steps[-1]}"] = _linked(value)
    elif isinstance(there, pl.Expr):
        # Of columns that lead to one place the first with a value stands there.
        node[own] = pl.when(there.is_not_null()).then(value)
        at[f"ic:{steps[-1]}"] = pl.coalesce(there, _linked(value))
    else:
        node[own] = value


def _linked(value: pl.Expr) -> pl.Expr:
    """Return values, addresses as links."""
    link = value.str.contains('^"https?://[^ ]*"$')
    return pl.when(link).then(pl.concat_str(pl.lit('{"@id":'), value, pl.lit("}"))).otherwise(value)
