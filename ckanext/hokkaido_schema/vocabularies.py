"""Controlled vocabularies, read once from the YAML files of `schemas/vocabularies`.

Each file names its source, date and licence; each item has a code, a Japanese and an English label, and what else is
known of it (an IRI, a bureau, coordinates).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from ckanext.hokkaido_core.domain.fingerprint import of_folder

__all__ = ["COMPOSED", "Item", "UnknownVocabulary", "Vocabulary", "fingerprint", "names", "vocabulary"]

_FOLDER = files("ckanext.hokkaido_schema.schemas") / "vocabularies"
#: The C loader is eight times faster, and not everywhere there.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: Vocabularies made of others: the places that a dataset can be about.
COMPOSED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"areas": ("prefectures:010006", "bureaus", "municipalities", "wards")}
)


class UnknownVocabulary(LookupError):
    """There is no vocabulary of this name."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry; what a file adds to code, labels and IRI is read as `item["bureau"]` or `item.get("url")`."""

    code: str
    ja: str
    en: str
    iri: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.more[key]

    def get(self, key: str, default: Any = None) -> Any:
        """Return what the file says under `key`, or `default`."""
        return self.more.get(key, default)

    def label(self, language: str = "ja") -> str:
        """Return the label in a language; everything but English gets Japanese."""
        return self.en if language.partition("_")[0] == "en" else self.ja


@dataclass(frozen=True)
class Vocabulary:
    """A list of items in the order of their file."""

    name: str
    about: str
    source: str
    date: str
    licence: str
    items: tuple[Item, ...]

    @cached_property
    def _by_code(self) -> dict[str, Item]:
        return {item.code: item for item in self.items}

    @cached_property
    def codes(self) -> frozenset[str]:
        """Return every code."""
        return frozenset(self._by_code)

    def get(self, code: str | None) -> Item | None:
        """Return the item of a code, or nothing."""
        return self._by_code.get(code) if code else None

    def label(self, code: str | None, language: str = "ja") -> str:
        """Return the label of a code, the code itself when it is not in the list, and an empty text for nothing."""
        item = self.get(code)
        return item.label(language) if item else (code or "")

    def choices(self) -> list[dict[str, Any]]:
        """Return the items as ckanext-scheming wants choices: value and labels by language."""
        return [{"value": item.code, "label": {"ja": item.ja, "en": item.en}} for item in self.items]

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def names() -> tuple[str, ...]:
    """Return the names of all vocabularies."""
    own = (entry.name.removesuffix(".yaml") for entry in _FOLDER.iterdir() if entry.name.endswith(".yaml"))
    return tuple(sorted((*own, *COMPOSED)))


@cache
def vocabulary(name: str) -> Vocabulary:
    """Return a vocabulary by the name of its file, or `areas` (prefecture, bureaus, municipalities and wards).

    :raises UnknownVocabulary: when there is none.
    """
    if name in COMPOSED:
        return _compose(name)
    path = _FOLDER / f"{name}.yaml"
    if not name.isidentifier() or not path.is_file():
        raise UnknownVocabulary(name)
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - both are safe loaders.
    return Vocabulary(
        name=name,
        about=data["about"],
        source=data["source"],
        date=str(data["date"]),
        licence=data["licence"],
        items=tuple(_item(row) for row in data["items"]),
    )


def _item(row: dict[str, Any]) -> Item:
    own = {key: row.pop(key, None) for key in ("code", "ja", "en", "iri")}
    return Item(**own, more=MappingProxyType({key: _frozen(value) for key, value in row.items()}))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _compose(name: str) -> Vocabulary:
    parts, items = [], []
    for entry in COMPOSED[name]:
        part, _, only = entry.partition(":")
        parts.append(vocabulary(part))
        items += [item for item in parts[-1] if not only or item.code == only]
    return Vocabulary(
        name=name,
        about="; ".join(part.about for part in parts),
        source="; ".join(part.source for part in parts),
        date=max(part.date for part in parts),
        licence=" AND ".join(sorted({part.licence for part in parts})),
        items=tuple(items),
    )


@cache
def fingerprint() -> str:
    """Return a SHA-256 in hexadecimal that changes with every byte of every vocabulary."""
    return of_folder(_FOLDER, ".yaml")
