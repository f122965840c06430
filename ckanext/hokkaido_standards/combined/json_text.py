"""Rows as texts in JSON, all at once: a template says what stands where, and what is null is left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

__all__ = ["Beside", "Template", "constant", "in_json", "text_of"]

_SPECIAL = r'[\\"\x00-\x1f]'


@dataclass(frozen=True, slots=True)
class Beside:
    """A member of an object that is there with others only, such as its type."""

    text: pl.Expr


Template = pl.Expr | Beside | Mapping[str, "Template"]


def constant(value: object) -> Beside:
    """Return a member that is the same in every row."""
    return Beside(pl.lit(_dumped(value)))


def in_json(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame with the JSON of each value; null stays null."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    special = frame.select(pl.col(name).str.contains(_SPECIAL).any() for name in texts)
    for name in texts:
        if special[name][0]:
            odd = frame.filter(pl.col(name).str.contains(_SPECIAL))[name].unique().to_list()
            frame = frame.with_columns(pl.col(name).replace(odd, [_inside(value) for value in odd]))
    plain = {name for name, kind in frame.schema.items() if kind.is_numeric()}
    return frame.with_columns(
        (pl.col(name) if name in plain else pl.format('"{}"', name)).cast(pl.String).alias(name)
        for name in frame.columns
    )


def _inside(value: str) -> str:
    return _dumped(value)[1:-1]


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def text_of(template: Mapping[str, Template]) -> pl.Expr:
    """Return the text of an object whose members are JSON, or null; the object itself is there in every row."""
    members = (pl.concat_str(pl.lit(f"{_dumped(name)}:"), _member(one)) for name, one in template.items())
    inner = pl.concat_str(*members, separator=",", ignore_nulls=True)
    return pl.concat_str(pl.lit("{"), inner, pl.lit("}"))


def _member(template: Template) -> pl.Expr:
    if isinstance(template, Beside):
        return template.text
    if isinstance(template, pl.Expr):
        return template
    # An object is there where one of its members is.
    there = [_member(one).is_not_null() for one in template.values() if not isinstance(one, Beside)]
    whole = text_of(template)
    return pl.when(pl.any_horizontal(there)).then(whole) if there else whole
