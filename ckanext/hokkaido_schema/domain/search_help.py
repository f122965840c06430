"""What may help somebody whose search found nothing: fewer words, a wider area, a theme of the same name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ckanext.hokkaido_core.domain.text import comparison_key, reading_key

__all__ = ["Place", "Suggestion", "places_in", "shorter"]

#: A search of many words is not taken apart into more than so many.
_MOST = 4
_SHORTEST_PLACE = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words to search for instead."""

    words: str


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality that was named: code, name and kana, and the code of its bureau."""

    code: str
    name: str
    kana: str
    bureau: str


def shorter(words: str) -> list[Suggestion]:
    """Return the single words of a search of several, the longest first; nothing for a search of one word."""
    parts = list(dict.fromkeys(words.replace("\u3000", " ").split()))
    if len(parts) < 2:  # noqa: PLR2004
        return []
    return [Suggestion(part) for part in sorted(parts, key=len, reverse=True)[:_MOST]]


def places_in(words: str, places: Iterable[Place]) -> list[Place]:
    """Return the municipalities that a search names, with or without 市, 町 or 村, in kanji or in kana."""
    text, reading = comparison_key(words), {reading_key(word) for word in words.split()}
    found = []
    for place in places:
        stem = place.name[:-1]
        named = comparison_key(place.name) in text or (len(stem) >= _SHORTEST_PLACE and comparison_key(stem) in text)
        if named or reading_key(place.kana) in reading:
            found.append(place)
    return found[:_MOST]
