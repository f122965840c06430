"""Which rows of all files are in the one table: keys over all of them, doubled rows, newer files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from ckanext.hokkaido_standards.combined import names as n
from ckanext.hokkaido_standards.domain.combined import KeyKind, Provenance, Reason

__all__ = ["AT", "SOURCE", "Shape", "Source", "judged", "placed_among", "shape_of"]

#: Place of a row's file among the sources, and of the row in its fragment.
SOURCE, AT = "_nth", "_at"
_OWN, _SAME, _ROW = "_own", "_same", "row"


@dataclass(frozen=True, slots=True)
class Source:
    """One file that is in the table.

    :ivar path: of its fragment.
    :ivar dataset: and `resource`: their ids.
    :ivar municipality: code of its publisher, for rows that do not say whose they are; blank where it has none.
    :ivar changed: when the file was changed last; of two files that tell of the same record the newer one counts.
    """

    path: Path
    dataset: str
    resource: str
    municipality: str
    provenance: Provenance
    checked: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class Shape:
    """Rows and columns of a fragment."""

    height: int
    columns: tuple[str, ...]


def shape_of(path: Path) -> Shape:
    """Return the shape of a fragment.

    :raises FileNotFoundError: when it is gone.
    """
    scan = pl.scan_parquet(path)
    return Shape(scan.select(pl.len()).collect().item(), tuple(scan.collect_schema().names()))


def judged(sources: Sequence[Source], shapes: Mapping[Path, Shape]) -> pl.DataFrame:
    """Return all rows with their key and with why they are left out; of equal ones that of the newest file counts.

    Of each row there is what tells it apart, and nothing else: this is held in memory for all.

    :returns: in no order, with `SOURCE`, `AT` and the columns that tell keys and reasons.
    """
    return _judged(_keys(sources, shapes), sources)


def placed_among(places: Sequence[int], heights: Sequence[int]) -> pl.DataFrame:
    """Return `SOURCE` and `AT` of the rows of files that are read one after the other.

    :param places: of these files among the sources.
    """
    files = pl.DataFrame({SOURCE: places, AT: heights}, schema={SOURCE: pl.UInt32, AT: pl.UInt32})
    counted = files.with_columns(pl.int_ranges(0, AT, dtype=pl.UInt32).alias(AT))
    return counted.filter(pl.col(AT).list.len() > 0).explode(AT)


def _keys(sources: Sequence[Source], shapes: Mapping[Path, Shape]) -> pl.DataFrame:
    if not sources:
        return pl.DataFrame(schema={SOURCE: pl.UInt32, AT: pl.UInt32} | _TOLD)
    newest = sorted(enumerate(sources), key=lambda pair: pair[1].changed, reverse=True)
    rows = pl.scan_parquet([one.path for _place, one in newest], schema=_TOLD, extra_columns="ignore").collect()
    places = placed_among([place for place, _one in newest], [shapes[one.path].height for _place, one in newest])
    return places.hstack(rows)


_TEXTS = (n.MUNICIPALITY, n.ID, n.ALT, n.MARK, n.NAME, n.REASON, n.SHEET)
_TOLD: dict[str, type[pl.DataType]] = {
    **dict.fromkeys(_TEXTS, pl.String),
    n.PLACED: pl.Boolean,
    n.LINE: pl.Int64,
}


def _judged(keys: pl.DataFrame, sources: Sequence[Source]) -> pl.DataFrame:
    own = {SOURCE: range(len(sources)), _OWN: [source.municipality for source in sources]}
    owners = pl.DataFrame(own, schema={SOURCE: pl.UInt32, _OWN: pl.String})
    code = pl.when(pl.col(n.MUNICIPALITY) == "").then(_OWN).otherwise(n.MUNICIPALITY)
    told = keys.join(owners, on=SOURCE, maintain_order="left").with_columns(code.alias(n.MUNICIPALITY))
    told = _because(told, pl.col(n.MUNICIPALITY) == "", Reason.NO_MUNICIPALITY)
    there = pl.col(n.REASON) == ""
    # An identifier that two files give to things of different names is good for neither. Numbers stand for texts, and
    # smallest and largest for what is first and different: there are as many groups as rows.
    name = pl.when(there).then(pl.col(n.NAME).hash())
    # Spreadsheets take zeros off the beginning of identifiers, so 1 and 0001 are one.
    told = told.with_columns(pl.col(n.ID).str.replace(r"^0+(\d+)$", "$1").alias(_SAME), name.alias("name"))
    told = told.with_columns(pl.struct(n.MUNICIPALITY, _SAME).hash().alias(_OWN))
    one_name = (pl.col("name").min().over(_OWN) == pl.col("name").max().over(_OWN)).fill_null(value=True)
    told = told.with_columns(((pl.col(n.ID) != "") & one_name).alias("good"))
    told = told.with_columns(
        pl.when("good").then(pl.lit(str(KeyKind.ID))).otherwise(pl.lit(str(KeyKind.NAME))).alias(n.KIND),
        pl.when("good").then(n.ID).otherwise(n.ALT).alias(n.KEY),
        pl.when("good").then(_SAME).otherwise(n.ALT).alias(_SAME),
    ).with_columns(pl.struct(n.MUNICIPALITY, n.KIND, _SAME).hash().alias(_OWN))
    told = _because(told, ~pl.struct(n.REASON, _OWN, _SAME, n.MARK).is_first_distinct(), Reason.DOUBLE)
    told = told.with_row_index(_ROW)
    first = pl.when(there).then(_ROW).min().over(_OWN)
    told = told.with_columns((pl.col(SOURCE) != pl.col(SOURCE).gather(first.fill_null(0))).alias("newer"))
    told = _because(told, pl.col("newer") & (pl.col("good") | pl.col(n.PLACED)), Reason.REPLACED)
    if told.filter(there)[_OWN].is_unique().all():
        return told
    number = there.cast(pl.UInt32).cum_sum().over(_OWN)
    return told.with_columns(
        pl.when(there & (number > 1)).then(pl.format("{}-{}", n.KEY, number)).otherwise(n.KEY).alias(n.KEY)
    )


def _because(told: pl.DataFrame, wrong: pl.Expr, reason: Reason) -> pl.DataFrame:
    """Return rows with a reason for those that had none and are wrong."""
    now = pl.when((pl.col(n.REASON) == "") & wrong).then(pl.lit(str(reason))).otherwise(n.REASON)
    return told.with_columns(now.alias(n.REASON))
