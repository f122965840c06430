"""The vocabularies that the mapping reads: the schema's and the standard's own, under the names that the tables use."""

from __future__ import annotations

from functools import cache

from ckanext.hokkaido_dcat.domain.mapping import Entry
from ckanext.hokkaido_dcat.mapping import authorities
from ckanext.hokkaido_schema.shared import Item, vocabulary

__all__ = ["lookup"]

#: Vocabularies of the schema that the tables name otherwise.
_NAMES = {"places": "areas"}

#: Keys of items under which a vocabulary has further names of the same thing.
_OTHER_IRIS = {"licences": ("url", "eu"), "statuses": ("adms",)}


@cache
def lookup(name: str, code: str) -> Entry | None:
    """Return the entry of a code, or None; file formats are found by any spelling of their code or extension.

    What other catalogues say is found, too: the IRI of the standard in place of a code.
    """
    own = authorities().get(name)
    if own is not None:
        return own.get(code)
    if name == "formats":
        return _formats().get(code.strip().lstrip(".").casefold())
    item = vocabulary(_NAMES.get(name, name)).get(code) or _by_iri(name).get(code)
    return _entry(item) if item else None


@cache
def _by_iri(name: str) -> dict[str, Item]:
    """Return the items by what the standard calls them; an IRI of several items names none of them."""
    named: dict[str, list[Item]] = {}
    for item in vocabulary(_NAMES.get(name, name)):
        for iri in {item.iri, *(item.get(key) for key in _OTHER_IRIS.get(name, ()))}:
            if iri:
                named.setdefault(iri, []).append(item)
    return {iri: items[0] for iri, items in named.items() if len(items) == 1}


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
        for spelling in (item.code, *item.get("extensions", ()), entry.media_type, entry.iri):
            found.setdefault(spelling.casefold(), entry)
    return found
