"""The core of the public inventory reads text as CKAN's core does, and stores nothing that could be shown."""

from __future__ import annotations

import importlib.util
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "config" / "solr"


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(FOLDER))
    spec = importlib.util.spec_from_file_location("inventory_schema", FOLDER / "inventory_schema.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules.pop("patch_schema", None)
    return module


def test_only_ids_and_stamps_are_stored(maker: ModuleType) -> None:
    root = ET.fromstring(maker.schema())
    assert {field.get("name") for field in root.findall("field") if field.get("stored") == "true"} == {"id", "stamp"}


def test_words_are_cut_as_in_the_other_core(maker: ModuleType) -> None:
    root = ET.fromstring(maker.schema())
    (query,) = [one for one in root.findall("fieldType[@name='text']/analyzer") if one.get("type") == "query"]
    classes = [part.get("class") for part in query]
    assert "solr.JapaneseTokenizerFactory" in classes
    assert "solr.SynonymGraphFilterFactory" in classes


def test_the_file_is_written(maker: ModuleType, tmp_path: Path) -> None:
    target = tmp_path / "schema.xml"
    assert maker.main([str(target)]) == 0
    assert ET.parse(target).getroot().get("name") == maker.SCHEMA_NAME
    assert maker.main([]) == 2
