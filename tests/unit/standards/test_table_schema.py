"""A form as a Table Schema says what is official, and no more."""

from __future__ import annotations

import json
import re

import pytest

from ckanext.hokkaido_standards.definitions import column_types, standards
from ckanext.hokkaido_standards.domain.definition import Form
from ckanext.hokkaido_standards.domain.table_schema import table_schema

FORMS = [(code, form) for code, found in standards().items() for form in found.forms]
#: Types and string formats of the specification.
TYPES = {"string", "number", "integer", "boolean", "date", "time", "datetime", "year"}


def schema(code: str, form: Form = Form.CURRENT, language: str = "ja") -> dict:
    return table_schema(standards()[code], form, column_types(), language)


@pytest.mark.parametrize(("code", "form"), FORMS)
def test_every_form_is_a_whole_schema(code: str, form: Form) -> None:
    found = schema(code, form)
    assert [field["name"] for field in found["fields"]] == [one.heading for one in standards()[code].forms[form]]
    for field in found["fields"]:
        assert field["type"] in TYPES
        assert field["title"]
        assert field["description"]
        re.compile(field.get("constraints", {}).get("pattern", ""))
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found


@pytest.mark.parametrize(("code", "form"), FORMS)
def test_only_an_official_sheet_requires_anything(code: str, form: Form) -> None:
    required = [field["name"] for field in schema(code, form)["fields"] if field.get("constraints", {}).get("required")]
    assert required == (["名称", "所在地_連結表記", "設置位置"] if (code, form) == ("13", Form.CURRENT) else [])


def test_a_column_carries_its_class_and_its_physical_name() -> None:
    by_name = {field["name"]: field for field in schema("13")["fields"]}
    assert by_name["所在地_連結表記"]["rdfType"] == "http://imi.go.jp/ns/core/rdf#住所型"
    assert by_name["所在地_連結表記"]["hokkaido:imi"] == "住所>表記"
    assert by_name["所在地_連結表記"]["hokkaido:physicalName"] == "seat_copulative_spell"
    assert "rdfType" not in by_name["備考"]
    assert by_name["全国地方公共団体コード"]["constraints"]["pattern"] == "[0-9]{6}"


def test_an_example_fits_its_own_column() -> None:
    for code, form in FORMS:
        for field in schema(code, form)["fields"]:
            pattern = field.get("constraints", {}).get("pattern")
            if pattern and "example" in field:
                assert re.fullmatch(pattern, field["example"]), (code, field["name"])
            if field["type"] in {"integer", "number"} and "example" in field:
                assert float(field["example"]) >= 0


def test_english_titles_are_english() -> None:
    assert schema("08", language="en")["title"] == "AED locations"
    assert schema("08", language="en")["fields"][0]["title"] == "Code of the local government"


def test_a_form_that_a_set_has_not_is_an_error() -> None:
    with pytest.raises(KeyError):
        schema("22")
