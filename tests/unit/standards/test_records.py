"""Rows in JSON: each value where its column's definition leads, and nothing that a row does not have."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import polars as pl
import pytest

from ckanext.hokkaido_standards.combined import names as n
from ckanext.hokkaido_standards.combined.records import Describer
from ckanext.hokkaido_standards.definitions import standards
from ckanext.hokkaido_standards.domain.combined import columns_of

SITE = "https://data.example.jp"
IRI = f"{SITE}/combined/08/011002/1"
BESIDE: dict[str, Any] = {
    **dict.fromkeys(n.TOLD, "x"),
    n.MUNICIPALITY: "011002",
    n.PLACE: IRI,
    n.ADDRESS: f"{SITE}/f",
    n.LICENCE: "CC BY 4.0",
    n.LINE: 2,
    n.NORTH: 43.0,
    n.EAST: 141.25,
    n.FROM: date(2026, 4, 1),
    n.UNTIL: None,
}
LICENCES = {"CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/"}


def told(kind: str, *rows: dict[str, Any], standard: str = "08") -> list[dict[str, Any]]:
    """Return rows as they are described; columns that a row does not name are blank in it."""
    keys = {key: None for row in rows for key in row}
    types = {n.NORTH: pl.Float64, n.EAST: pl.Float64, n.UNTIL: pl.Date}
    frame = pl.DataFrame([keys | BESIDE | row for row in rows], schema_overrides=types, infer_schema_length=None)
    return Describer(standards()[standard], SITE, LICENCES).told(frame, kind)


@pytest.mark.parametrize(
    "text", ['"', "\\", "\\n", "\n\r\t", "\x00\x1f", "'/</script>", "函館\u2028", "😀", "{}", "{{}}"]
)
def test_texts_stay_as_they_are(text: str) -> None:
    (row,) = told("plain", {"name": text})
    assert row["name"] == text


def test_a_row_tells_what_it_has_and_no_more() -> None:
    one, other = told("plain", {"name": "市役所", "position": "1階"}, {"name": "支所", n.NORTH: None, n.EAST: None})
    assert (one["position"], one[n.NORTH], one[n.LINE], one[n.FROM]) == ("1階", 43.0, 2, "2026-04-01")
    assert not {"position", n.NORTH, n.EAST, n.UNTIL} & other.keys()


def test_a_row_without_a_place_is_a_feature_without_a_geometry() -> None:
    one, other = told("feature", {"name": "a"}, {"name": "b", n.NORTH: None, n.EAST: None})
    assert one["geometry"] == {"type": "Point", "coordinates": [141.25, 43.0]}
    assert (one["type"], one["id"], one["properties"]["name"]) == ("Feature", IRI, "a")
    assert other["geometry"] is None


def test_a_node_has_values_where_their_paths_lead() -> None:
    one, other = told("node", {"name": "市役所", "url": "https://www.example.jp/"}, {"address": "北海道札幌市"})
    assert (one["@id"], one["@type"], one["ic:名称"]["ic:表記"]) == (IRI, "ic:設備型", "市役所")
    assert one["ic:名称"]["@id"] == f"{IRI}#名称"
    assert "ic:名称" not in other
    assert (one["geo:lat"], one["dcterms:source"], one["dcterms:license"]) == (
        43.0,
        {"@id": f"{SITE}/f"},
        {"@id": LICENCES["CC BY 4.0"]},
    )
    assert {"@id": "https://www.example.jp/"} in one.values()


def test_a_licence_without_an_address_is_not_told_as_one() -> None:
    (node,) = told("node", {"name": "a", n.LICENCE: "市独自"})
    assert "dcterms:license" not in node


def test_an_entity_has_properties_of_what_is_there() -> None:
    one, other = told("entity", {"id": "1", "name": "a", n.LICENCE: ""}, {"name": "b", n.NORTH: None, n.EAST: None})
    assert (one["id"], one["type"]) == ("urn:ngsi-ld:Aed:08:011002:1", "Aed")
    assert one["identifier"] == {"type": "Property", "value": "1"}
    assert one["location"] == {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [141.25, 43.0]}}
    assert not {"license", "position"} & one.keys()
    assert not {"identifier", "location"} & other.keys()
    assert one["@context"][0] == {"@vocab": f"{SITE}/standards/08#"}


@pytest.mark.parametrize("code", sorted(standards()))
def test_no_value_of_any_standard_is_lost(code: str) -> None:
    """Of columns that lead to one place the first stands there, the others as the standard's own."""
    values = {concept.key: f"値-{concept.key}" for concept, _heading in columns_of(standards()[code])}
    for kind in ("plain", "node", "entity"):
        (found,) = told(kind, values, standard=code)
        text = json.dumps(found, ensure_ascii=False)
        assert [value for value in values.values() if f'"{value}"' not in text] == []
