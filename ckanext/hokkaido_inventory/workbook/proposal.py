"""Proposing which column of somebody's own list answers which question, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import mean

from rapidfuzz import fuzz

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.domain.heading_words import HEADING_WORDS, LEFT_OUT, LIKE_A_TITLE, NOT_A_TITLE
from ckanext.hokkaido_inventory.domain.question_types import AnswerKind
from ckanext.hokkaido_inventory.domain.questions import QUESTIONS, question
from ckanext.hokkaido_inventory.workbook.cells import Vocabularies, is_blank, plain_text
from ckanext.hokkaido_inventory.workbook.own_heading import Heading
from ckanext.hokkaido_inventory.workbook.understanding import Understanding

__all__ = ["Found", "Proposal", "heading_key", "is_known_heading", "propose"]

#: An exact word of the list, the label itself, a word within the heading, and the least likeness that counts.
_EXACT, _WITHIN, _ALIKE = 0.95, 0.7, 0.84
#: Below this nothing is proposed.
_LEAST = 0.5
_GUESSED_TITLE = 0.35
_SHORTEST_WITHIN = 3
#: Texts such as a-1 name nothing.
_SHORT_CODE = 5
_BRACKETS = re.compile(r"[(\[{【〔「『<].*?[)\]}】〕」』>]")
_ORDINAL = re.compile(r"^(?:q?\d+[.:)、]|[①-⑳]|[(]\d+[)]|[*※■●○◆])+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which question a column answers (nothing: it is left out), how sure that is from 0 to 1, and where it is from.

    `source` is `words`, `values`, `kept` (confirmed before) or `chosen` (by a person now).
    """

    heading: Heading
    field: str | None
    confidence: float
    source: str = "words"
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The table that was found: its sheet and the others, its heading rows, and what each column is taken for."""

    sheet: str
    header_rows: tuple[int, int]
    proposals: tuple[Proposal, ...]
    signature: str
    kept: bool
    others: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """Return a heading as it is compared: without numbering, brackets and marks."""
    key = comparison_key(text)
    plain = _ORDINAL.sub("", _BRACKETS.sub("", key)).strip("*※:。,、・_ ")
    return plain or key


def _table() -> dict[str, tuple[str, float]]:
    words: dict[str, tuple[str, float]] = {}
    for key, headings in HEADING_WORDS.items():
        for place, heading in enumerate(headings):
            words.setdefault(heading_key(heading), (key, _EXACT - 0.003 * place))
    for item in QUESTIONS:
        words[heading_key(item.label.ja)] = (item.key, 1.0)
        words.setdefault(heading_key(item.label.en), (item.key, _EXACT))
        words.setdefault(item.key, (item.key, _EXACT))
    return words


_WORDS = _table()
_IGNORED = frozenset(map(heading_key, LEFT_OUT))
_NOT_A_TITLE = tuple(map(comparison_key, NOT_A_TITLE))


def is_known_heading(text: str) -> bool:
    """Say whether a text is a heading that people use, be it of a question or of something that is left out."""
    key = heading_key(text)
    return key in _WORDS or key in _IGNORED


def propose(
    headings: Sequence[Heading], values: Mapping[int, Sequence[object]], vocabularies: Vocabularies
) -> list[Proposal]:
    """Return a proposal for each column.

    :param values: the first values of each column, by its number.
    """
    candidates = [
        (confidence, -heading.index, key)
        for heading in headings
        for key, confidence in _candidates(heading, values[heading.index], vocabularies).items()
    ]
    fields: dict[int, tuple[str, float]] = {}
    taken: set[str] = set()
    for confidence, index, key in sorted(candidates, reverse=True):
        if confidence >= _LEAST and -index not in fields and key not in taken:
            fields[-index] = (key, round(confidence, 2))
            taken.add(key)
    guessed = None if "title" in taken else _guess_title(headings, values, fields)
    return [_proposal(heading, fields, guessed, values[heading.index]) for heading in headings]


def _proposal(
    heading: Heading, fields: Mapping[int, tuple[str, float]], guessed: int | None, values: Sequence[object]
) -> Proposal:
    samples = tuple(plain_text(value)[:60] for value in values if not is_blank(value))[:3]
    if heading.index == guessed:
        return Proposal(heading, "title", _GUESSED_TITLE, "values", samples)
    key, confidence = fields.get(heading.index, (None, 0.0))
    return Proposal(heading, key, confidence, "words", samples)


def _candidates(heading: Heading, values: Sequence[object], vocabularies: Vocabularies) -> dict[str, float]:
    found: dict[str, float] = {}
    for text, weight in ((heading.text, 1.0), (heading.leaf, 0.97), (heading.text.rpartition("_")[2], 0.8)):
        for key, confidence in _by_words(heading_key(text)):
            found[key] = max(found.get(key, 0.0), confidence * weight)
    return {key: confidence + _by_values(key, values, vocabularies) for key, confidence in found.items()}


@lru_cache(maxsize=4096)
def _by_words(text: str) -> tuple[tuple[str, float], ...]:
    if not text or text in _IGNORED:
        return ()
    if text in _WORDS:
        return (_WORDS[text],)
    found: dict[str, float] = {}
    for word, (key, confidence) in _WORDS.items():
        likeness = fuzz.ratio(text, word) / 100
        if likeness >= _ALIKE and len(word) > _SHORTEST_WITHIN:
            found[key] = max(found.get(key, 0.0), confidence * likeness * 0.9)
        elif len(word) >= _SHORTEST_WITHIN and (text.endswith(word) or text.startswith(word)):
            found[key] = max(found.get(key, 0.0), _WITHIN * confidence * (0.75 + 0.25 * len(word) / len(text)))
    return tuple(found.items())


def _by_values(key: str, values: Sequence[object], vocabularies: Vocabularies) -> float:
    """Return by how much the values of a column speak for a question, or against it."""
    item = question(key)
    filled = [value for value in values if not is_blank(value)]
    if item.kind is AnswerKind.TEXT:
        scarce = 0.3 if key == "title" and filled and len(filled) * 4 < len(values) else 0.0
        return _as_text(key, filled) - scarce
    if not filled:
        return 0.0
    share = Understanding(item, vocabularies).share(filled)
    return 0.04 if share > 0.8 else -0.45 if share < 0.2 else -0.1  # noqa: PLR2004


def _as_text(key: str, filled: Sequence[object]) -> float:
    if not filled:
        # An empty column may well be the remarks, but hardly the name.
        return -0.2 if key == "title" else 0.0
    texts = [plain_text(value) for value in filled]
    numbers = sum(
        isinstance(value, int | float) or text.replace(",", "").isdigit()
        for value, text in zip(filled, texts, strict=True)
    )
    if numbers * 2 > len(texts):
        return -0.6
    if key != "title":
        return 0.0
    if _is_address(texts):
        return -0.6
    repeated = len(texts) > 3 and len(set(texts)) * 2 < len(texts)  # noqa: PLR2004
    return -0.3 if repeated else -0.15 if mean(map(len, texts)) > 80 else 0.0  # noqa: PLR2004


def _is_address(texts: Sequence[str]) -> bool:
    return sum(text.startswith(("http://", "https://")) for text in texts) * 2 > len(texts)


def _guess_title(
    headings: Sequence[Heading], values: Mapping[int, Sequence[object]], fields: Mapping[int, object]
) -> int | None:
    """Return the column that says best what its rows are about."""
    weighed = [
        (_like_a_title(heading, values[heading.index], place), -heading.index)
        for place, heading in enumerate(headings)
        if heading.index not in fields
    ]
    best = max(weighed, default=(0.0, 0))
    return -best[1] if best[0] > 0 else None


def _like_a_title(heading: Heading, values: Sequence[object], place: int) -> float:
    texts = [plain_text(value) for value in values if not is_blank(value)]
    words = [text for text in texts if re.search(r"[^\W\d_]", text) and not text.startswith(("http", "#"))]
    if len(words) * 2 <= len(texts) or not words:
        return 0.0
    name = comparison_key(heading.text)
    score = len(set(words)) / len(words) + 2 * len(texts) / max(1, len(values)) - 0.04 * place
    score += 0.8 * name.endswith(tuple(map(comparison_key, LIKE_A_TITLE)))
    score += 0.6 * name.endswith(("名", "名称"))
    score -= 1.5 * any(word in name for word in _NOT_A_TITLE)
    score -= 1.0 * (name.endswith("名") and len(set(words)) == 1 and len(words) > 1)
    codes = sum(word.isascii() and len(word) <= _SHORT_CODE for word in words)
    score -= 1.0 * (codes * 2 > len(words))
    average = mean(map(len, words))
    score -= 0.5 * (average > 60) + 0.5 * (average < 2)  # noqa: PLR2004
    return max(score, 0.01)
