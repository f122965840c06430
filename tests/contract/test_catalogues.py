"""Japanese is complete: every message of the suite has its entry."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = sorted(path for path in ROOT.glob("ckanext/hokkaido_*") if path.is_dir())
METHODS = [("**.py", "python"), ("templates/**.html", "ckan"), ("assets/**.js", "javascript")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "ungettext": (1, 2), "N_": None, "tk._": None}


def _messages(plugin: Path) -> set[str]:
    found = set()
    for _file, _line, message, _comments, _context in extract_from_dir(str(plugin), METHODS, keywords=KEYWORDS):
        found.add(message[0] if isinstance(message, tuple) else message)
    return found - {""}


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda path: path.name)
def test_every_message_has_a_japanese_entry(plugin: Path) -> None:
    messages = _messages(plugin)
    po = plugin / "i18n" / "ja" / "LC_MESSAGES" / f"ckanext-{plugin.name}.po"
    if not messages:
        return
    with po.open("rb") as file:
        catalogue = read_po(file, locale="ja")
    missing = sorted(
        message
        for message in messages
        if not (entry := catalogue.get(message)) or not entry.string or not any(entry.string) or entry.fuzzy
    )
    assert missing == []


@pytest.mark.parametrize("po", sorted(ROOT.glob("ckanext/*/i18n/ja/LC_MESSAGES/*.po")), ids=lambda path: path.stem)
def test_placeholders_survive_translation(po: Path) -> None:
    with po.open("rb") as file:
        catalogue = read_po(file, locale="ja")
    wrong = [(message.id, error.args[0]) for message, errors in catalogue.check() for error in errors]
    assert wrong == []
