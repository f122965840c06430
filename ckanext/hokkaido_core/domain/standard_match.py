"""Which municipal standard data set a table looks like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ckanext.hokkaido_core.domain.text import comparison_key

__all__ = ["Signature", "best_match"]

_FEWEST_FOUND = 2
_SHARE = 0.5
_STEM = re.compile("(?:一覧|情報|アクセスポイント|設置箇所|設置)+$")
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Signature:
    """A standard data set: its number, its name and some headings by which it is known."""

    code: str
    name: str
    headings: tuple[str, ...]


def best_match(title: str, columns: Sequence[str], signatures: Iterable[Signature]) -> Signature | None:
    """Return the standard data set that a table looks like, by its headings first and by its name where they agree."""
    present = {key for column in columns for key in _keys(column)}
    named = comparison_key(title)
    scored = [(_share(signature, present, named), signature) for signature in signatures]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= _SHARE else None


def _share(signature: Signature, present: set[str], title: str) -> float:
    found = sum(comparison_key(heading) in present for heading in signature.headings)
    share = found / len(signature.headings) if found >= _FEWEST_FOUND else 0.0
    stem = _STEM.sub("", comparison_key(signature.name))
    # A name alone is no proof for a table whose headings are known, and all there is for a PDF.
    by_name = len(stem) >= _SHORTEST_STEM and stem in title
    return share + (_SHARE if by_name and (found or not present) else 0.0)


def _keys(column: str) -> tuple[str, ...]:
    """Return the keys of a heading, with and without the prefix of its data set (公営駐車場_名称)."""
    key = comparison_key(column)
    return (key, key.partition("_")[2]) if "_" in key else (key,)
