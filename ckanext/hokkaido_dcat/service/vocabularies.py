"""The vocabularies that the mapping reads: the schema's and the standard's own, under the names that the tables use."""

from __future__ import annotations

from functools import cache

from ckanext.hokkaido_dcat.domain.mapping import Entry
from ckanext.hokkaido_dcat.mapping import authorities
from ckanext.hokkaido_schema.shared import Item, vocabulary

__all__ = ["lookup"]

#: Vocabularies of the schema that the tables name otherwise.
_NAMES = {"places": "areas"}


@cache
def lookup(name: str, code: str) -> Entry | None:
    """Return the entry of a code, or None; file formats are found by any spelling of their code or extension."""
    own = authorities().get(name)
    if own is not None:
        return own.get(code)
    if name == "formats":
        return _formats().get(code.strip().lstrip(".").casefold())
    item = vocabulary(_NAMES.get(name, name)).get(code)
    return _entry(item) if item else None


def _entry(item: Item) -> Entry:
    return Entry(
        code=item.code,
        iri=item.iri or "",
        ja=item.ja,
        en=item.en,
        media_type=item.get("media_type") or "",
        longitude=item.get("lng"),
        latitude=item.get("lat"),
    )


@cache
def _formats() -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for item in vocabulary("formats"):
        entry = _entry(item)
        for spelling in (item.code, *item.get("extensions", ()), entry.media_type):
            found.setdefault(spelling.casefold(), entry)
    return found
