"""The vocabulary of the rules of tables is whole: what a rule finds has its sentences, and every sentence a rule."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from ckanext.hokkaido_schema.shared import Item, vocabulary
from ckanext.hokkaido_standards.checking import RULES
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.rule_list import rule_lines
from ckanext.hokkaido_standards.wording import questions, sentences, weight

ITEMS = tuple(vocabulary("table_rules"))
SENTENCES = ("message", "why", "remedy")
LANGUAGES = ("ja", "en")
_CODE = re.compile(r'"((?:L[123]-\d\d)|(?:(?:file|sheet|table)-[a-z-]+))"')


def _found_while_reading(folder: Path) -> set[str]:
    """Return the codes that the readers of files name."""
    texts = (path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    return {code for text in texts for code in _CODE.findall(text)}


def _by_rules() -> set[str]:
    return {code for rule in RULES for code in (rule.code, *getattr(rule, "also", ()))}


def test_every_rule_has_its_sentences_and_every_sentence_its_rule(checkout: Path) -> None:
    reading = _found_while_reading(checkout / "ckanext" / "hokkaido_standards" / "tables")
    assert {item.code for item in ITEMS} == _by_rules() | reading | {item.code for item in questions()}


def test_every_official_rule_is_judged_or_asked() -> None:
    official = {item.code: item["level"] for item in vocabulary("readability_rules")}
    told = {item["official"]: item["level"] for item in ITEMS if item.get("official")}
    assert told == official
    assert all(item["official"] == item.code for item in ITEMS if item.code in official)


def test_what_only_people_can_judge_is_judged_by_no_rule() -> None:
    asked = {item.code for item in questions()}
    assert asked
    assert not asked & _by_rules()
    assert {item.code for item in ITEMS if item.get("weight") == "asked"} == asked


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_a_rule_speaks_both_languages_of_the_same_things(item: Item) -> None:
    assert item.ja
    assert item.en
    assert weight(item.code) in {"wrong", "warn", "told", "asked"}
    for part in SENTENCES:
        names = [
            {name for _text, name, _format, _how in Formatter().parse(item[part][one]) if name} for one in LANGUAGES
        ]
        assert names[0] == names[1], part
        assert all(item[part][one] for one in LANGUAGES)


def test_braces_in_a_value_are_text() -> None:
    finding = Finding("value-form", row=2, column="x", value="{0.__class__}", params={"better": "{y}"})
    assert sentences(finding, "en").message == "“{0.__class__}” is written “{y}”."


def test_the_list_of_rules_in_the_documentation_is_the_vocabulary(checkout: Path) -> None:
    text = (checkout / "docs" / "standards.md").read_text(encoding="utf-8")
    assert "\n".join(rule_lines()) in text, "write what `ckan hokkaido table rules` prints into docs/standards.md"
