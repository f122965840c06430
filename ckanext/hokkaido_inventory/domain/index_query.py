"""What the index of the public inventory is asked: every word and value of a request becomes harmless text here."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ckanext.hokkaido_core.domain.text import comparison_key

__all__ = ["FACETS", "LAST", "SORTS", "Query", "request", "words_of"]

#: What the list can be narrowed by, apart from the unit; the same names stand in the table, the index and the request.
FACETS = ("status", "decision", "theme", "format", "update_frequency", "priority", "machine_readability")
#: Ways to put the list in order; the empty one goes by how well a row fits the words, else by unit.
SORTS = ("", "title", "priority", "newest")
#: Further down than this the list is not paged (DO-01); who wants all of it takes the file.
LAST = 10_000
#: More or longer words than this narrow nothing down.
MOST_WORDS = 10
LONGEST_WORD = 50
#: So many values of a facet are counted.
MOST_VALUES = 60

_WORD = re.compile(r"\w+")
_ORDER = {
    "title": "title_sort asc, id asc",
    "priority": "priority_sort desc, title_sort asc, id asc",
    "newest": "published_at desc, title_sort asc, id asc",
}
_BY_UNIT = "unit_title asc, unit_id asc, number asc"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; blanks and Nones look for everything.

    `units` are ids of organisations; `chosen` maps facets to the value that a row must have.
    """

    words: str = ""
    units: frozenset[str] | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    start: int = 0
    rows: int = 20

    @property
    def finds_nothing(self) -> bool:
        """Tell whether nothing can match: words were given that hold no letter, or units that do not exist."""
        return bool(self.words.strip() and not words_of(self.words)) or self.units == frozenset()


def words_of(text: str) -> list[str]:
    """Return the words of a request as comparison keys: letters and digits only, so no syntax survives."""
    words = (word for part in text.split() for word in _WORD.findall(comparison_key(part)))
    return [word[:LONGEST_WORD] for word in words][:MOST_WORDS]


def request(query: Query) -> dict[str, Any]:
    """Return the body of a request to Solr (JSON request API).

    Each facet is counted without its own choice, so that the choice can be changed.
    """
    words = words_of(query.words)
    return {
        "query": " ".join(_either(word) for word in words) or "*:*",
        "params": {"q.op": "AND"},
        "filter": _filters(query.units, query.chosen),
        "fields": ["id"],
        "offset": query.start,
        "limit": query.rows,
        "sort": _ORDER.get(query.sort) or (f"score desc, {_BY_UNIT}" if words else _BY_UNIT),
        "facet": {name: _facet(name, MOST_VALUES) for name in FACETS}
        | {"unit": _facet("unit", -1, "unit_id")}
        # Whatever is asked: says whether there is anything in the index at all.
        | {"whole": {"type": "query", "q": "*:*", "domain": {"query": "*:*"}}},
    }


def _either(word: str) -> str:
    """Match a word as the language cuts it, or the very characters anywhere."""
    return f'(title:{word}^3 OR text:{word} OR grams:"{word}"^2)'


def _filters(units: Collection[str] | None, chosen: Mapping[str, str]) -> Sequence[str]:
    found = [f'{{!tag={name}}}{name}:"{_quoted(value)}"' for name, value in chosen.items() if name in FACETS]
    if units is not None:
        found.append(f"{{!terms f=unit_id tag=unit}}{','.join(sorted(units))}")
    return found


def _facet(name: str, limit: int, column: str = "") -> dict[str, Any]:
    return {"type": "terms", "field": column or name, "limit": limit, "domain": {"excludeTags": name}}


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
