"""Values as they stand in the one table: what a machine can write rightly is, what it cannot stays as typed."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from ckanext.hokkaido_standards.domain.region import JAPAN
from ckanext.hokkaido_standards.values import VALUES, judge
from ckanext.hokkaido_standards.values.codes import NOTHING

__all__ = ["day", "degrees", "mended", "sure", "upright"]

_DAY = r"^\d{4}-\d{2}-\d{2}$"


def mended(frame: pl.DataFrame, kinds: Mapping[str, str]) -> pl.DataFrame:
    """Return texts with the blanks around them taken off and values written as their kinds ask.

    :param kinds: name of a column -> name of its type.
    """
    plain = frame.with_columns(pl.all().str.strip_chars())
    typed = {name: VALUES[kind].fine for name, kind in kinds.items() if kind in VALUES}
    odd = {name: _odd(name, fine) for name, fine in typed.items()}
    # One look at all columns at once: few of them hold anything that a judge has to see.
    found = plain.select(mask.any().alias(name) for name, mask in odd.items())
    better = {name: _better(plain.filter(odd[name])[name], kinds[name]) for name in odd if found[name][0]}
    return plain.with_columns(
        pl.col(name).replace(list(told), list(told.values())) for name, told in better.items() if told
    )


def _odd(name: str, fine: str) -> pl.Expr:
    filled = pl.col(name) != ""
    return filled if fine == NOTHING else filled & ~pl.col(name).str.contains(fine)


def _better(values: pl.Series, kind: str) -> dict[str, str]:
    """Return the values that a machine can write rightly, with how."""
    return {value: fault.better for value in values.unique() if (fault := judge(kind, value)) and fault.repairable}


def sure(column: pl.Series, kind: str) -> pl.Series:
    """Return a column whose values that are wrong are blank."""
    wrong = [value for value in column.unique() if value and judge(kind, value)]
    return column.replace(wrong, [""] * len(wrong)) if wrong else column


def upright(frame: pl.DataFrame, latitude: str, longitude: str) -> pl.DataFrame:
    """Return rows whose swapped coordinates stand in their own columns."""
    swapped = _in_japan(longitude, latitude)
    return frame.with_columns(
        pl.when(swapped).then(longitude).otherwise(latitude).alias(latitude),
        pl.when(swapped).then(latitude).otherwise(longitude).alias(longitude),
    )


def degrees(frame: pl.DataFrame, latitude: str, longitude: str) -> tuple[pl.Series, pl.Series]:
    """Return the places of rows in Japan; null where there is none."""
    found = frame.select(
        pl.when(_in_japan(latitude, longitude)).then(pl.col(name).cast(pl.Float64, strict=False)).alias(name)
        for name in (latitude, longitude)
    )
    return found[latitude], found[longitude]


def _in_japan(latitude: str, longitude: str) -> pl.Expr:
    north, east = (pl.col(name).cast(pl.Float64, strict=False) for name in (latitude, longitude))
    return north.is_between(JAPAN.south, JAPAN.north) & east.is_between(JAPAN.west, JAPAN.east)


def day(name: str) -> pl.Expr:
    """Return a column of ISO days as days; null where there is none."""
    column = pl.col(name)
    return pl.when(column.str.contains(_DAY)).then(column).str.to_date("%Y-%m-%d", strict=False).alias(name)
