"""What words mean in the vocabularies: by code, by name in either language, and by the other names that people use."""

from __future__ import annotations

from functools import cache

from ckanext.hokkaido_core.domain.codes import InvalidCode, read_code
from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_schema.vocabularies import Item, vocabulary

__all__ = ["codes"]

#: Before the names of its own municipalities a list may name the prefecture.
_PREFECTURE = "北海道"


def codes(name: str, text: str) -> tuple[str, ...]:
    """Return the codes of a vocabulary that a text means; several where a word spans them, nothing where it means none.

    :param name: name of the vocabulary; with `=` behind it only the very words that lists of this portal hold count.
    """
    if name.endswith("="):
        return _exact(name.removesuffix("=")).get(text.strip(), ())
    known = _loose(name)
    key = comparison_key(text)
    found = known.get(key) or known.get(key.removeprefix(_PREFECTURE), ())
    if not found and name == "areas":
        return _area(text)
    return found


def _area(text: str) -> tuple[str, ...]:
    known = vocabulary("areas").codes
    try:
        code = read_code(text, known).code
    except InvalidCode:
        return ()
    return (code,) if code in known else ()


def _label(item: Item) -> str:
    return item.get("short") or item.ja


@cache
def _exact(name: str) -> dict[str, tuple[str, ...]]:
    return {word: (item.code,) for item in vocabulary(name) for word in (item.code, _label(item))}


@cache
def _loose(name: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for item in vocabulary(name):
        words = (item.code, item.ja, item.en, item.get("short") or "", *item.get("also", ()))
        for key in {comparison_key(word) for word in words if word}:
            if item.code not in found.get(key, ()):
                found[key] = (*found.get(key, ()), item.code)
    return found
