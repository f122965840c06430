"""A standard data set whose current form is that of a definition workbook."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_standards.domain.definition import Column, Concept, Form, Loading, Obligation, Proof, Standard
from ckanext.hokkaido_standards.domain.definition_sheet import Defined

__all__ = ["agreement", "redefined"]

#: Words in 形式 -> kind of value; the first that fits counts. Kinds that are narrower than the word stay as they are.
_FORMATS: tuple[tuple[re.Pattern[str], str, frozenset[str]], ...] = (
    (re.compile("整数"), "integer", frozenset({"integer"})),
    (re.compile("数値|小数|実数"), "number", frozenset({"integer", "number", "latitude", "longitude"})),
    (re.compile("日付|年月日"), "date", frozenset({"date"})),
    (re.compile("時刻|時間"), "time", frozenset({"time"})),
    (re.compile("url|uri", re.IGNORECASE), "url", frozenset({"url"})),
)
#: Kinds that are no texts: a sheet that says 文字列 of such a column knows better.
_NO_TEXTS = frozenset({"integer", "number", "latitude", "longitude"})
_STRING = re.compile("文字|テキスト|string", re.IGNORECASE)


def agreement(standard: Standard, columns: Sequence[Defined]) -> float:
    """Return how large a part of the headings the set is known to have, 0 to 1; 1 where nothing is known of it."""
    names = _names(standard, {})
    if not names:
        return 1.0
    return sum(bool(_found(standard, one, names)) for one in columns) / max(1, len(columns))


def redefined(
    standard: Standard, columns: Iterable[Defined], known: Mapping[str, Concept], loading: Loading
) -> Standard:
    """Return a set with the current form of a definition workbook; its other forms stay as they are.

    A heading that the set, or any other, has keeps its meaning; one that is new gets one of its own.

    :param known: what columns say, by key.
    """
    made = tuple(_columns(standard, columns, known))
    return dataclasses.replace(
        standard,
        forms={Form.CURRENT: made, **{form: told for form, told in standard.forms.items() if form != Form.CURRENT}},
        proofs={**standard.proofs, Form.CURRENT: Proof.LOADED},
        obligations=any(column.obligation != Obligation.UNKNOWN for column in made),
        about={},
        loading=loading,
    )


def _columns(standard: Standard, columns: Iterable[Defined], known: Mapping[str, Concept]) -> Iterator[Column]:
    names = _names(standard, known)
    taken: set[str] = set()
    for one in columns:
        concept = _found(standard, one, names)
        if concept is None or concept.key in taken:
            concept = _new(one, taken | set(known))
        taken.add(concept.key)
        yield Column(
            _with(concept, one),
            one.heading,
            one.obligation,
            description=one.description,
            format=one.format,
            physical=one.physical,
            closed=bool(one.values),
        )


def _names(standard: Standard, known: Mapping[str, Concept]) -> dict[str, Concept]:
    """Return comparison keys of headings -> what they say, the set's own before those of others."""
    found: dict[str, Concept] = {}
    # Headings of the newest form first, then other ways of writing them, then what any set has.
    own = [column for form in standard.forms.values() for column in form]
    for column in own:
        found.setdefault(comparison_key(column.heading), column.concept)
    for concept in (*(column.concept for column in own), *known.values()):
        for name in (concept.ja, *concept.also):
            found.setdefault(comparison_key(name), concept)
    return found


def _found(standard: Standard, one: Defined, names: Mapping[str, Concept]) -> Concept | None:
    bare = one.heading.removeprefix(f"{standard.prefix}_") if standard.prefix else one.heading
    return names.get(comparison_key(one.heading)) or names.get(comparison_key(bare))


def _new(one: Defined, taken: set[str]) -> Concept:
    base = re.sub(r"[^a-z0-9]+", "_", (one.physical or one.english).casefold()).strip("_") or f"column_{one.row}"
    key = base if base not in taken else f"{base}_{one.row}"
    return Concept(key, one.heading, one.english or one.heading, "text")


def _with(concept: Concept, one: Defined) -> Concept:
    """Return a concept with what the sheet says of it in place of what was known."""
    names = [one.physical, *concept.english]
    return dataclasses.replace(
        concept,
        en=one.english or concept.en,
        type=_kind(one, concept.type),
        english=tuple(dict.fromkeys(filter(None, names))),
        imi=one.imi or concept.imi,
        values=one.values or concept.values,
        example=one.example or concept.example,
    )


def _kind(one: Defined, known: str) -> str:
    for pattern, kind, narrower in _FORMATS:
        if pattern.search(one.format):
            return known if known in narrower else kind
    return "text" if known in _NO_TEXTS and _STRING.search(one.format) else known
