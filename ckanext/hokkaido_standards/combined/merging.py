"""Joining fragments into one table: keys over all files, doubled rows, where each row is from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import polars as pl

from ckanext.hokkaido_standards.combined import names as n
from ckanext.hokkaido_standards.domain.combined import KeyKind, Provenance, Reason, columns_of
from ckanext.hokkaido_standards.domain.definition import Form, Standard

__all__ = ["LEFT", "ROWS", "Source", "write_table"]

#: Files in the folder of a table: its rows, and those that were left out with their reason.
ROWS, LEFT = "rows.parquet", "left.parquet"

_SOURCE, _AT, _OWN, _SAME = "_nth", "_at", "_own", "_same"
_KEY = (n.MUNICIPALITY, n.KIND, n.KEY)


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


def write_table(
    folder: Path, standard: Standard, sources: Sequence[Source], bureaus: Mapping[str, str], site: str
) -> None:
    """Write the table of a standard, and the rows that are left out of it, into a folder.

    :param site: address of the portal, under which records have their IRIs.
    :param sources: in the order in which their rows are to stand.
    :param bureaus: code of a municipality -> code of its bureau.
    """
    judged = _judged(_keys(sources), sources)
    where = _where(sources)
    kept = judged.filter(pl.col(n.REASON) == "").select(_SOURCE, _AT, *_KEY, _iri(site, standard.code))
    told = {n.MUNICIPALITY: list(bureaus), n.BUREAU: list(bureaus.values())}
    codes = pl.DataFrame(told, schema=dict.fromkeys(told, pl.String))
    rows = (
        _all(enumerate(sources))
        .drop(n.MUNICIPALITY)
        .join(kept.lazy(), on=[_SOURCE, _AT], how="inner", maintain_order="left")
        .join(codes.lazy(), on=n.MUNICIPALITY, how="left", maintain_order="left")
        .join(where.lazy(), on=_SOURCE, how="left", maintain_order="left")
    )
    rows.select(*_selected(standard, rows)).sink_parquet(
        folder / ROWS, compression="zstd", compression_level=1, row_group_size=50_000
    )
    left = judged.filter(pl.col(n.REASON) != "").join(where, on=_SOURCE, how="left", maintain_order="left")
    left.sort(_SOURCE, _AT).select(_OF_LEFT).write_parquet(folder / LEFT, compression="zstd")


def _keys(sources: Sequence[Source]) -> pl.DataFrame:
    """Return of each row what tells it apart, newest file first, and nothing else: this is held in memory for all."""
    told = [n.MUNICIPALITY, n.ID, n.ALT, n.PLACED, n.MARK, n.NAME, n.REASON, n.SHEET, n.LINE]
    newest = sorted(enumerate(sources), key=lambda pair: pair[1].changed, reverse=True)
    return _all(newest).select(_SOURCE, _AT, *told).collect()


def _all(sources: Iterable[tuple[int, Source]]) -> pl.LazyFrame:
    scans = [
        pl.scan_parquet(source.path).with_row_index(_AT).with_columns(pl.lit(place, pl.UInt32).alias(_SOURCE))
        for place, source in sources
    ]
    return pl.concat(scans, how="diagonal") if scans else _nothing()


def _nothing() -> pl.LazyFrame:
    texts = [n.MUNICIPALITY, n.ID, n.ALT, n.MARK, n.NAME, n.REASON, n.SHEET]
    types: dict[str, type[pl.DataType] | pl.DataType] = dict.fromkeys(texts, pl.String)
    types |= {n.LINE: pl.Int64, n.PLACED: pl.Boolean, n.NORTH: pl.Float64, n.EAST: pl.Float64}
    return pl.LazyFrame(schema=types | {n.FROM: pl.Date, n.UNTIL: pl.Date, _AT: pl.UInt32, _SOURCE: pl.UInt32})


def _judged(keys: pl.DataFrame, sources: Sequence[Source]) -> pl.DataFrame:
    """Return the rows with their key and with why they are left out; of equal ones the first counts."""
    own = {_SOURCE: range(len(sources)), _OWN: [source.municipality for source in sources]}
    owners = pl.DataFrame(own, schema={_SOURCE: pl.UInt32, _OWN: pl.String})
    code = pl.when(pl.col(n.MUNICIPALITY) == "").then(_OWN).otherwise(n.MUNICIPALITY)
    told = keys.join(owners, on=_SOURCE, maintain_order="left").with_columns(code.alias(n.MUNICIPALITY))
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
    told = told.with_row_index("row")
    first = pl.when(there).then("row").min().over(_OWN)
    told = told.with_columns((pl.col(_SOURCE) != pl.col(_SOURCE).gather(first.fill_null(0))).alias("newer"))
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


def _iri(site: str, standard: str) -> pl.Expr:
    """Return the IRIs of records, as `domain.combined.record_path` makes them."""
    key = pl.col(n.KEY).map_batches(_quoted, return_dtype=pl.String)
    mark = pl.when(pl.col(n.KIND) == str(KeyKind.ID)).then(key).otherwise(pl.format("~{}", key))
    return pl.format("{}/combined/{}/{}/{}", pl.lit(site), pl.lit(standard), n.MUNICIPALITY, mark).alias(n.PLACE)


def _quoted(keys: pl.Series) -> pl.Series:
    odd = keys.filter(~keys.str.contains(r"^[A-Za-z0-9_.~-]*$")).unique().to_list()
    return keys.replace(odd, [quote(key, safe="") for key in odd]) if odd else keys


def _where(sources: Sequence[Source]) -> pl.DataFrame:
    rows = [
        {
            _SOURCE: place,
            n.DATASET: one.dataset,
            n.RESOURCE: one.resource,
            n.FILE: one.provenance.file,
            n.ADDRESS: one.provenance.address,
            n.ORIGINAL: one.provenance.original or None,
            n.CHECKED: one.checked.isoformat(timespec="seconds"),
            n.LICENCE: one.provenance.licence,
            n.ATTRIBUTION: one.provenance.attribution,
        }
        for place, one in enumerate(sources)
    ]
    texts = (n.DATASET, n.RESOURCE, n.FILE, n.ADDRESS, n.ORIGINAL, n.CHECKED, n.LICENCE, n.ATTRIBUTION)
    return pl.DataFrame(rows, schema={_SOURCE: pl.UInt32} | dict.fromkeys(texts, pl.String))


def _selected(standard: Standard, rows: pl.LazyFrame) -> list[pl.Expr]:
    """Return the columns of the table: those of the standard, blank values as null, then where each row is from."""
    there = set(rows.collect_schema().names())
    current = {column.concept.key for column in standard.forms.get(Form.CURRENT, ())}
    keys = [concept.key for concept, _heading in columns_of(standard) if concept.key in there | current]
    values = [
        (pl.when(pl.col(key) != "").then(key) if key in there else pl.lit(None, pl.String)).alias(key) for key in keys
    ]
    return [*values, *(pl.col(name) for name in (n.BUREAU, *n.HEADINGS, n.NORTH, n.EAST, n.FROM, n.UNTIL, *_BESIDE))]


_OF_LEFT = (n.REASON, n.MUNICIPALITY, n.ID, n.NAME, n.SHEET, n.LINE, n.DATASET, n.RESOURCE, n.FILE, n.ADDRESS)
_BESIDE = (n.NAME, n.DATASET, n.RESOURCE)
