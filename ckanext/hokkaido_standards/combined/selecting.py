"""Rows of a table that are wanted, read in pieces of a bounded size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from pathlib import Path
from typing import IO

import polars as pl

from ckanext.hokkaido_standards.combined import names as n
from ckanext.hokkaido_standards.domain.combined import Wanted

__all__ = ["batches", "count", "page", "record", "write_parquet"]

_BATCH = 20_000


def _rows(path: Path, wanted: Wanted) -> pl.LazyFrame:
    rows = pl.scan_parquet(path)
    return rows if wanted.everything else rows.filter(*_conditions(rows.collect_schema().names(), wanted))


def _conditions(columns: Sequence[str], wanted: Wanted) -> Iterator[pl.Expr]:
    if wanted.municipalities:
        yield pl.col(n.MUNICIPALITY).is_in(list(wanted.municipalities))
    if wanted.bureaus:
        yield pl.col(n.BUREAU).is_in(list(wanted.bureaus))
    if wanted.box:
        yield pl.col(n.NORTH).is_between(wanted.box.south, wanted.box.north)
        yield pl.col(n.EAST).is_between(wanted.box.west, wanted.box.east)
    if wanted.since:
        yield pl.col(n.UNTIL) >= wanted.since
    if wanted.until:
        yield pl.col(n.FROM) <= wanted.until
    if wanted.placed:
        yield pl.col(n.NORTH).is_not_null()
    if wanted.text:
        texts = [
            pl.col(name).str.contains(wanted.text, literal=True) for name in (n.NAME, "address") if name in columns
        ]
        yield reduce(lambda one, other: one | other, (text.fill_null(value=False) for text in texts))


def count(path: Path, wanted: Wanted) -> int:
    """Return how many rows are wanted."""
    return _rows(path, wanted).select(pl.len()).collect().item()


def page(path: Path, wanted: Wanted, offset: int, limit: int) -> pl.DataFrame:
    """Return some of the rows that are wanted, in the order of the table."""
    return _rows(path, wanted).slice(offset, limit).collect()


def record(path: Path, iri: str) -> pl.DataFrame:
    """Return the row with this IRI; none where there is none."""
    return pl.scan_parquet(path).filter(pl.col(n.PLACE) == iri).head(1).collect()


def batches(
    path: Path, wanted: Wanted, size: int = _BATCH, within: tuple[int, int] | None = None
) -> Iterator[pl.DataFrame]:
    """Yield the rows that are wanted; of a table of any size, so many rows are in memory at a time.

    :param within: the first row to look at and that behind the last; all unless told.
    """
    first, stop = within or (0, pl.scan_parquet(path).select(pl.len()).collect().item())
    for start in range(first, stop, size):
        part = pl.scan_parquet(path).slice(start, min(size, stop - start))
        if not wanted.everything:
            part = part.filter(*_conditions(part.collect_schema().names(), wanted))
        found = part.collect()
        if found.height:
            yield found


def write_parquet(path: Path, wanted: Wanted, file: IO[bytes]) -> None:
    """Write the rows that are wanted as Parquet."""
    _rows(path, wanted).sink_parquet(file, compression="zstd")
