"""The rows that one file gives to the one table of its standard data set."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from ckanext.hokkaido_standards.checks.registry import Look
from ckanext.hokkaido_standards.combined import names as n
from ckanext.hokkaido_standards.combined.values import day, degrees, mended, sure, upright
from ckanext.hokkaido_standards.definitions import concepts
from ckanext.hokkaido_standards.domain.combined import DETAILS, IDS, NAMES, OWN_CODES, FileReason, Reason
from ckanext.hokkaido_standards.domain.definition import Form

__all__ = ["ENGINE", "Fragment", "fragment_of"]

#: Raised whenever this module makes something else of the same file.
ENGINE = "2"

_DATED = ("date", "time")
#: Concepts of a place, the first pair that a table has.
_COORDINATES = (("latitude", "longitude"), ("address_latitude", "address_longitude"))
#: Headings that only a one table has: joined again, its rows would be said to be its publisher's.
_OF_ONE_TABLE = (n.HEADINGS[n.PLACE], n.HEADINGS[n.ADDRESS], n.HEADINGS[n.ATTRIBUTION])
_BETWEEN = "\x1f"
#: Before the heading of a column of the publisher's own.
_BESIDE = "\x1e"


@dataclass(frozen=True, slots=True)
class Fragment:
    """The rows of one file of a standard, those left out among them with their reason.

    :ivar reason: why there is none at all, or nothing.
    """

    standard: str
    frame: pl.DataFrame | None = None
    reason: FileReason | None = None

    def as_parquet(self) -> bytes:
        """Return the rows as they are stored."""
        buffer = io.BytesIO()
        (self.frame if self.frame is not None else pl.DataFrame()).write_parquet(buffer, compression="zstd")
        return buffer.getvalue()


def fragment_of(looks: Sequence[Look], standard: str) -> Fragment:
    """Return what a file gives to the table of a standard.

    :param looks: the tables of the file.
    :param standard: two digits of the set that the file was recognised as.
    """
    of_set = [look for look in looks if look.match.standard and look.match.standard.code == standard]
    if of_set and all(look.match.form == Form.METADATA for look in of_set):
        return Fragment(standard, reason=FileReason.METADATA)
    tables = [look for look in of_set if look.match.form not in {None, Form.METADATA}]
    if not tables:
        return Fragment(standard, reason=FileReason.HEADINGS)
    if all(set(_OF_ONE_TABLE) <= set(look.table.headings) for look in tables):
        return Fragment(standard, reason=FileReason.JOINED)
    frames = [frame for look in tables if (frame := _rows(look)).height]
    if not frames:
        return Fragment(standard, reason=FileReason.EMPTY)
    return Fragment(standard, _keyed(pl.concat(frames, how="diagonal")))


def _rows(look: Look) -> pl.DataFrame:
    table = look.table
    said = {place: column.concept for place, column in look.match.columns.items()}
    keys = {concept.key: concept.type for concept in said.values()}
    frame = mended(table.frame.select(pl.col(str(place)).alias(one.key) for place, one in said.items()), keys)
    coordinates = next((pair for pair in _COORDINATES if set(pair) <= set(frame.columns)), None)
    frame = upright(frame, *coordinates) if coordinates else frame
    # Columns of the publisher's own are not in the table, but they tell rows apart.
    own = {f"{_BESIDE}{heading}": place for place, heading in enumerate(table.headings) if place not in said}
    frame = frame.with_columns(table.frame[str(place)].str.strip_chars().alias(name) for name, place in own.items())
    lines, told = [table.row(index) for index in range(frame.height)], _told(look)
    frame = frame.with_columns(
        pl.lit(table.sheet).alias(n.SHEET),
        pl.Series(n.LINE, lines, pl.Int64),
        *_places(frame, coordinates),
        *_days(keys),
        _municipality(frame),
        _first(frame, NAMES).alias(n.NAME),
        pl.Series(n.REASON, [told.get(line, "") for line in lines], pl.String),
    )
    # A row without any value of the standard is none, and neither is a column without one.
    frame = frame.filter(pl.any_horizontal(pl.col(key) != "" for key in keys)) if keys else frame.clear()
    filled = frame.select((pl.col(key) != "").any() for key in keys)
    return frame.drop(key for key in keys if not filled[key][0])


def _told(look: Look) -> Mapping[int, str]:
    """Return the lines that are left out because of how the file is made."""
    reasons = {"L1-15": Reason.MISFIT, "table-total": Reason.TOTAL}
    return {
        finding.row: str(reasons[finding.rule])
        for finding in look.file.findings
        if finding.rule in reasons and finding.sheet == look.table.sheet and finding.row is not None
    }


def _places(frame: pl.DataFrame, coordinates: tuple[str, str] | None) -> Iterable[pl.Series]:
    nowhere = pl.repeat(None, frame.height, eager=True, dtype=pl.Float64)
    north, east = degrees(frame, *coordinates) if coordinates else (nowhere, nowhere)
    return north.alias(n.NORTH), east.alias(n.EAST)


def _days(kinds: Mapping[str, str]) -> Iterable[pl.Expr]:
    """Return the first and the last day that each row names."""
    days = [day(key) for key, kind in kinds.items() if kind == "date"] or [pl.lit(None, pl.Date)]
    return pl.min_horizontal(days).alias(n.FROM), pl.max_horizontal(days).alias(n.UNTIL)


def _municipality(frame: pl.DataFrame) -> pl.Series:
    """Return whose rows they are as far as they say so rightly; blank where the publisher has to tell."""
    found = frame.select(
        pl.repeat("", pl.len(), dtype=pl.String).alias("blank"), _first(frame, OWN_CODES).alias("code")
    )
    return sure(found["code"], "municipality_code").alias(n.MUNICIPALITY)


def _first(frame: pl.DataFrame, keys: Sequence[str]) -> pl.Expr:
    """Return the first value of each row that is not blank."""
    known = [pl.when(pl.col(key) != "").then(pl.col(key)) for key in keys if key in frame.columns]
    return pl.coalesce(*known, pl.lit(""))


def _keyed(frame: pl.DataFrame) -> pl.DataFrame:
    """Return rows with what may tell them apart, and with why those are left out that nothing tells."""
    frame = frame.with_columns(pl.col(pl.String).fill_null(""))
    own = [name for name in frame.columns if not name.startswith(("_", _BESIDE))]
    beside = [name for name in frame.columns if name.startswith(_BESIDE)]
    told_apart = [name for name in own if name in DETAILS or _is_dated(name)]
    texts = frame.select(
        _first(frame, [key for key in IDS if key in own][:1]).alias(n.ID),
        _text([n.NAME, *sorted(told_apart)]).alias(n.ALT),
        _text(sorted([*own, *beside])).alias(n.MARK),
    )
    frame = frame.with_columns(texts[n.ID], _hashed(texts[n.ALT]), _hashed(texts[n.MARK]))
    # An identifier is good where it stands once in its file and municipality, or where all its rows are the same.
    several = pl.col(n.MARK).n_unique().over(n.MUNICIPALITY, n.ID) > 1
    placed = pl.any_horizontal(pl.lit(value=False), *(pl.col(name) != "" for name in told_apart))
    untold = (pl.col(n.NAME) == "") & (pl.col(n.ID) == "") & ~placed
    return frame.drop(beside).with_columns(
        placed.alias(n.PLACED),
        pl.when(several).then(pl.lit("")).otherwise(pl.col(n.ID)).alias(n.ID),
        pl.when((pl.col(n.REASON) == "") & untold)
        .then(pl.lit(str(Reason.NO_KEY)))
        .otherwise(pl.col(n.REASON))
        .alias(n.REASON),
    )


def _is_dated(key: str) -> bool:
    return key in concepts() and concepts()[key].type in _DATED


def _text(keys: Sequence[str]) -> pl.Expr:
    """Return the values of each row as one text; blank values do not count."""
    parts = [pl.when(pl.col(key) != "").then(pl.concat_str(pl.lit(f"{key}="), key)) for key in keys]
    return pl.concat_str(*parts, separator=_BETWEEN, ignore_nulls=True)


def _hashed(texts: pl.Series) -> pl.Series:
    """Return a short mark of each text, the same in every process."""
    return pl.Series(
        texts.name, [hashlib.blake2b(text.encode(), digest_size=8).hexdigest() for text in texts.to_list()], pl.String
    )
