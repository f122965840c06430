"""Every field of the schema is in the feed, or stands on the list of those that are not, with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ckanext.hokkaido_dcat.domain.links import LINKS
from ckanext.hokkaido_dcat.domain.names import expand
from ckanext.hokkaido_dcat.domain.nodes import NODES
from ckanext.hokkaido_dcat.domain.services import SERVICES
from ckanext.hokkaido_dcat.domain.values import VALUES
from ckanext.hokkaido_dcat.mapping import TABLES as NAMES
from ckanext.hokkaido_dcat.mapping import authorities, fields, mapping
from ckanext.hokkaido_dcat.mapping.document import NOT_IN_THE_FEED, document
from ckanext.hokkaido_schema.shared import vocabulary

ROOT = Path(__file__).resolve().parents[3]
TABLES = {name: getattr(mapping(), name) for name in NAMES}


@pytest.mark.parametrize(
    ("kind", "tables"), [("dataset", ["dataset"]), ("resource", ["distribution", "service"]), ("series", ["series"])]
)
def test_no_field_of_the_schema_is_lost(kind: str, tables: list[str]) -> None:
    name, part = ("dataset_series", "dataset") if kind == "series" else ("dataset", kind)
    schema = yaml.safe_load((ROOT / "schemas" / f"{name}.yaml").read_text(encoding="utf-8"))
    fields = {field["field_name"] for field in schema[f"{part}_fields"]}
    mapped = {rule.field for table in tables for rule in TABLES[table].rules}
    assert fields - mapped - NOT_IN_THE_FEED[kind].keys() == set()
    assert NOT_IN_THE_FEED[kind].keys() & mapped == set()


def test_no_field_of_an_organisation_is_lost() -> None:
    schema = yaml.safe_load((ROOT / "schemas" / "organization.yaml").read_text(encoding="utf-8"))
    fields = {field["field_name"] for field in schema["fields"]}
    mapped = {rule.field for rule in TABLES["agent"].rules}
    assert fields - mapped == NOT_IN_THE_FEED["organization"].keys()


@pytest.mark.parametrize("name", TABLES)
def test_every_row_can_be_written(name: str) -> None:
    known = set(authorities()) | {"places"}
    for rule in TABLES[name].rules:
        assert rule.kind in VALUES | NODES | LINKS | SERVICES
        assert expand(rule.property)
        assert not rule.type or expand(rule.type)
        assert not rule.vocabulary or rule.vocabulary in known or vocabulary(rule.vocabulary).items


def test_every_theme_of_the_portal_has_its_european_one() -> None:
    codes = {item.iri.rpartition("/")[2] for item in vocabulary("themes") if item.iri}
    assert codes <= authorities()["eu_themes"].keys()


def test_the_page_for_people_is_up_to_date() -> None:
    assert (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8") == document()


def test_the_list_of_fields_is_up_to_date() -> None:
    assert (ROOT / "docs" / "fields.md").read_text(encoding="utf-8") == fields.document()
