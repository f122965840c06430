"""What the columns of a table say, and findings about many of their cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import polars as pl

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_standards.checks.registry import Look
from ckanext.hokkaido_standards.definitions import concepts
from ckanext.hokkaido_standards.domain.definition import Concept
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.values import Fault

__all__ = [
    "BLANK",
    "INDEX",
    "VALUE",
    "about",
    "at",
    "cells",
    "free",
    "joined",
    "listed",
    "place_of",
    "said",
    "shortened",
]

#: Columns of a frame of cells: place of the record from 0, and what stands there.
INDEX, VALUE = "index", "value"
BLANK = r"^\s*$"
_LONGEST = 100
#: The most headings that one sentence names.
_NAMED = 60


@cache
def _by_heading() -> Mapping[str, Concept]:
    """Return what a heading says wherever it stands, of those that say one thing only."""
    found: dict[str, set[str]] = {}
    for concept in concepts().values():
        for name in (concept.ja, *concept.also):
            found.setdefault(comparison_key(name), set()).add(concept.key)
    return {name: concepts()[next(iter(keys))] for name, keys in found.items() if len(keys) == 1}


def said(look: Look) -> Mapping[int, Concept]:
    """Return what the columns of a table say by place: as the set says, and as their headings say elsewhere."""
    general = ((place, _by_heading().get(comparison_key(heading))) for place, heading in enumerate(look.table.headings))
    found = {place: concept for place, concept in general if concept}
    return found | {place: column.concept for place, column in look.match.columns.items()}


def free(look: Look, kinds: Iterable[str]) -> list[int]:
    """Return the places of the columns whose values are of none of these kinds."""
    known, kinds = said(look), frozenset(kinds)
    return [place for place in range(look.table.frame.width) if place not in known or known[place].type not in kinds]


def place_of(look: Look, *keys: str) -> int | None:
    """Return the place of the first column that says one of these things, the first of them first."""
    places = {concept.key: place for place, concept in reversed(said(look).items())}
    return next((places[key] for key in keys if key in places), None)


def cells(frame: pl.DataFrame, place: int, mask: pl.Series | pl.Expr) -> pl.DataFrame:
    """Return the cells of a column that a mask marks: place of the record and value, in order."""
    # Through the column itself: whatever is asked of a frame takes longer the wider it is.
    return frame.get_column(str(place)).alias(VALUE).to_frame().with_row_index(INDEX).filter(mask)


def listed(look: Look, place: int, found: pl.DataFrame, faults: Mapping[str, Fault]) -> Iterator[Finding]:
    """Yield the findings about cells of a column, rule by rule, row by row.

    :param found: cells as `cells` returns them.
    :param faults: what is wrong with the values; cells with other values are right.
    """
    if not faults:
        return
    rules = pl.DataFrame({VALUE: list(faults), "rule": [fault.rule for fault in faults.values()]})
    wrong = found.join(rules, on=VALUE, how="inner", maintain_order="left")
    for _rule, group in wrong.group_by("rule", maintain_order=True):
        told = group if look.most is None else group.head(look.most)
        for index, value in told.select(INDEX, VALUE).iter_rows():
            yield at(look, place, index, value, faults[value])
        if rest := group.height - told.height:
            index, value = group.select(INDEX, VALUE).row(told.height)
            yield at(look, place, index, value, faults[value], rest)


def at(look: Look, place: int, index: int, value: str, fault: Fault, count: int = 1) -> Finding:
    """Return a finding about one cell, or about so many of which it is the first."""
    params = {**fault.params, **({"better": fault.better} if fault.better else {})}
    return Finding(
        fault.rule,
        look.table.sheet,
        look.table.row(index),
        _heading(look, place),
        look.table.place(place),
        shortened(value),
        params,
        fault.repairable,
        count,
    )


def about(look: Look, rule: str, place: int | None = None, **params: str | int) -> Finding:
    """Return a finding about a column, or about the table."""
    repairable = bool(params.pop("repairable", False))
    heading = "" if place is None else _heading(look, place)
    number = None if place is None else look.table.place(place)
    row = look.table.heading_row or None
    return Finding(rule, look.table.sheet, row, heading, number, heading, params, repairable)


def shortened(value: str) -> str:
    """Return a value as a finding shows it."""
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"


def joined(names: Sequence[str]) -> str:
    """Return headings as one sentence names them, the first of them where there are too many."""
    shown = "、".join(shortened(" ".join(name.split())) for name in names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown}…"


def _heading(look: Look, place: int) -> str:
    return shortened(look.table.headings[place]) if place < len(look.table.headings) else ""
