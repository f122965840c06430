"""CKAN's Solr schema gets Japanese analysers, or the start fails: it never goes on with a half-patched one."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest

SCHEMA = """<?xml version="1.0"?>
<schema name="ckan-2.12" version="1.6">
  <types>
    <fieldType name="string" class="solr.StrField"/>
    <fieldType name="text" class="solr.TextField" positionIncrementGap="100">
      <analyzer type="index"><tokenizer class="solr.WhitespaceTokenizerFactory"/></analyzer>
      <analyzer type="query"><tokenizer class="solr.WhitespaceTokenizerFactory"/></analyzer>
    </fieldType>
    <fieldType name="text_general" class="solr.TextField">
      <analyzer><tokenizer class="solr.WhitespaceTokenizerFactory"/></analyzer>
    </fieldType>
    <fieldType name="text_ngram" class="solr.TextField">
      <analyzer type="index"><tokenizer class="solr.NGramTokenizerFactory"/></analyzer>
    </fieldType>
  </types>
  <fields><field name="title" type="text" indexed="true"/></fields>
</schema>
"""


def _type(schema: str, name: str) -> ET.Element:
    found = ET.fromstring(schema).find(f".//fieldType[@name='{name}']")
    assert found is not None
    return found


def _classes(schema: str, name: str, kind: str) -> list[str]:
    (analyser,) = [one for one in _type(schema, name).findall("analyzer") if one.get("type") == kind]
    return [str(part.get("class")) for part in analyser]


def test_the_name_that_ckan_checks_is_kept(patch_schema: ModuleType) -> None:
    assert ET.fromstring(patch_schema.patched(SCHEMA)).get("name") == "ckan-2.12"


@pytest.mark.parametrize("name", ["text", "text_general"])
@pytest.mark.parametrize("kind", ["index", "query"])
def test_text_is_cut_into_japanese_words(patch_schema: ModuleType, name: str, kind: str) -> None:
    classes = _classes(patch_schema.patched(SCHEMA), name, kind)
    assert classes[:2] == ["solr.ICUNormalizer2CharFilterFactory", "solr.JapaneseTokenizerFactory"]


@pytest.mark.parametrize("name", ["text", "text_general"])
def test_synonyms_are_read_with_the_query_only(patch_schema: ModuleType, name: str) -> None:
    patched = patch_schema.patched(SCHEMA)
    synonyms = "solr.SynonymGraphFilterFactory"
    assert synonyms in _classes(patched, name, "query")
    assert synonyms not in _classes(patched, name, "index")


def test_other_types_and_fields_stay_as_they_are(patch_schema: ModuleType) -> None:
    before, after = ET.fromstring(SCHEMA), ET.fromstring(patch_schema.patched(SCHEMA))
    for path in (".//fieldType[@name='string']", ".//field[@name='title']"):
        old, new = before.find(path), after.find(path)
        assert old is not None
        assert new is not None
        assert old.attrib == new.attrib


def test_a_schema_of_another_ckan_is_refused(patch_schema: ModuleType) -> None:
    with pytest.raises(patch_schema.SchemaNotUnderstood, match=r"ckan-2\.13"):
        patch_schema.patched(SCHEMA.replace("ckan-2.12", "ckan-2.13"))


@pytest.mark.parametrize("name", ["text", "text_general", "text_ngram"])
def test_a_schema_without_an_expected_type_is_refused(patch_schema: ModuleType, name: str) -> None:
    with pytest.raises(patch_schema.SchemaNotUnderstood, match=name):
        patch_schema.patched(SCHEMA.replace(f'fieldType name="{name}"', 'fieldType name="other"'))


def test_the_script_writes_nothing_when_it_refuses(
    patch_schema: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "schema.xml", tmp_path / "patched.xml"
    source.write_text("<schema name='x'/>", encoding="utf-8")
    assert patch_schema.main([str(source), str(target)]) == 1
    assert not target.exists()
    assert "ckan-2.12" in capsys.readouterr().err
