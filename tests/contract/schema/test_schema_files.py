"""The schema files: every label in both languages, every vocabulary there, every validator and snippet real."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import yaml

from ckanext.hokkaido_schema.vocabularies import names

ROOT = Path(__file__).resolve().parents[3]
SCHEMAS = ROOT / "schemas"
SNIPPETS = (
    ROOT / "ckanext" / "hokkaido_schema" / "templates" / "scheming",
    Path(tk.__file__).parents[2] / "ckanext" / "scheming" / "templates" / "scheming",
    Path(tk.__file__).parents[2] / "ckanext" / "dcat" / "templates" / "scheming",
)
TEXTS = ("label", "help_text", "form_placeholder", "repeating_label")
#: What stays the same in every language: addresses, numbers, a name in Latin letters.
NEUTRAL = re.compile(r"[\x00-\x7f]*")


def _fields() -> Iterator[tuple[str, dict[str, Any]]]:
    for name in ("dataset", "dataset_series", "organization"):
        schema = yaml.safe_load((SCHEMAS / f"{name}.yaml").read_text(encoding="utf-8"))
        for part in ("fields", "dataset_fields", "resource_fields"):
            for field in schema.get(part, []):
                yield f"{name}/{part}/{field['field_name']}", field
                for sub in field.get("repeating_subfields", []):
                    yield f"{name}/{part}/{field['field_name']}/{sub['field_name']}", sub


FIELDS = list(_fields())


def _presets() -> dict[str, dict[str, Any]]:
    own = yaml.safe_load((SCHEMAS / "presets.yaml").read_text(encoding="utf-8"))["presets"]
    return {preset["preset_name"]: preset["values"] for preset in own}


@pytest.mark.parametrize(("where", "field"), FIELDS, ids=[where for where, _ in FIELDS])
def test_every_text_is_in_japanese_and_english(where: str, field: dict[str, Any]) -> None:
    assert set(field["label"]) >= {"ja", "en"}
    for key in TEXTS:
        text = field.get(key)
        if isinstance(text, dict):
            assert text.get("ja")
            assert text.get("en")
        elif text is not None:
            assert NEUTRAL.fullmatch(str(text)), f"{key} of {where} is in one language only"


@pytest.mark.parametrize(("where", "field"), FIELDS, ids=[where for where, _ in FIELDS])
def test_every_vocabulary_is_there(where: str, field: dict[str, Any]) -> None:
    wanted = {field["vocabulary"]} if "vocabulary" in field else set()
    wanted |= set(re.findall(r"hokkaido_codes\((\w+)\)", field.get("validators", "")))
    assert wanted <= set(names())


def test_a_field_with_choices_names_its_vocabulary() -> None:
    wrong = [
        where
        for where, field in FIELDS
        if _presets().get(field.get("preset", ""), {}).get("choices_helper") and "vocabulary" not in field
    ]
    assert wrong == []


def test_every_snippet_of_ours_is_there() -> None:
    wanted = {
        (kind, name)
        for source in [*(field for _, field in FIELDS), *_presets().values()]
        for kind in ("form_snippet", "display_snippet")
        if (name := source.get(kind))
    }
    missing = [
        (kind, name) for kind, name in wanted if not any((folder / f"{kind}s" / name).is_file() for folder in SNIPPETS)
    ]
    assert missing == []


def test_the_required_fields_are_few() -> None:
    required = [where.rpartition("/")[2] for where, field in FIELDS if field.get("required")]
    assert required == [
        *("title", "notes", "owner_org", "license_id"),
        *("title", "notes", "owner_org"),
        *("title", "kind"),
    ]


@pytest.mark.parametrize("path", sorted((SCHEMAS / "vocabularies").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_vocabulary_file_begins_with_source_date_and_licence(path: Path) -> None:
    head = list(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert head == ["about", "source", "date", "licence", "items"]


@pytest.mark.parametrize(("where", "field"), FIELDS, ids=[where for where, _ in FIELDS])
def test_every_field_says_what_it_is_for_and_how_much_it_is_wanted(where: str, field: dict[str, Any]) -> None:
    assert field["obligation"] in {"mandatory", "recommended", "optional"}
    if field.get("form_snippet", "") is not None:
        assert field.get("help_text"), f"{where} has no help"
