"""Joining fragments into one table: the rows that are in it, where each is from, and those that are left out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import polars as pl
from polars.io.plugins import register_io_source

from ckanext.hokkaido_standards.combined import names as n
from ckanext.hokkaido_standards.combined.judging import AT, SOURCE, Shape, Source, judged, placed_among, shape_of
from ckanext.hokkaido_standards.combined.pieces import Index, Run, Span, mark_of, runs
from ckanext.hokkaido_standards.domain.combined import KeyKind, columns_of
from ckanext.hokkaido_standards.domain.definition import Form, Standard

__all__ = ["LEFT", "ROWS", "Source", "write_table"]

#: Files in the folder of a table: its rows, and those that were left out with their reason.
ROWS, LEFT = "rows.parquet", "left.parquet"

#: Raised whenever pieces are written otherwise of the same rows.
_ENGINE = "1"
#: So many rows are put together at a time.
_BATCH = 50_000
_KEY = (n.MUNICIPALITY, n.KIND, n.KEY)


@dataclass(frozen=True, slots=True)
class _Joint:
    """What all pieces of a table have in common."""

    standard: Standard
    site: str
    sources: Sequence[Source]
    shapes: Mapping[Path, Shape]
    columns: Sequence[str]


def write_table(
    folder: Path,
    standard: Standard,
    sources: Sequence[Source],
    bureaus: Mapping[str, str],
    site: str,
    *,
    old: Path | None = None,
) -> None:
    """Write the table of a standard, the rows that are left out of it and its pieces into a folder.

    :param site: address of the portal, under which records have their IRIs.
    :param sources: in the order in which their rows are to stand.
    :param bureaus: code of a municipality -> code of its bureau.
    :param old: folder of a table of the standard whose pieces are taken over where they are the same.
    :raises FileNotFoundError: when a fragment, or the old table, is gone.
    """
    before = Index.of(old)
    known = {source.path: before.shapes.get(source.path.stem) for source in sources}
    shapes = {path: shape or shape_of(path) for path, shape in known.items()}
    joint = _Joint(standard, site, sources, shapes, _columns(standard, shapes.values()))
    told = {n.MUNICIPALITY: list(bureaus), n.BUREAU: list(bureaus.values())}
    codes = pl.DataFrame(told, schema=dict.fromkeys(told, pl.String))
    rows = judged(sources, shapes)
    left = rows.filter(pl.col(n.REASON) != "").join(_where(sources), on=SOURCE, how="left", maintain_order="left")
    left.sort(SOURCE, AT).select(_OF_LEFT).write_parquet(folder / LEFT, compression="zstd")
    rows = rows.filter(pl.col(n.REASON) == "").select(SOURCE, AT, *_KEY).sort(SOURCE, AT)
    kept = rows.join(codes, on=n.MUNICIPALITY, how="left", maintain_order="left")
    # Of a table of a million rows, what was judged is too large to be held while the rows are written.
    del rows, left
    marks, heights = _pieces(joint, kept)
    _write_rows(folder / ROWS, joint, kept, list(runs(list(marks), before.rows)), list(marks.values()), old)
    Index(_spans(marks, heights), {path.stem: shape for path, shape in shapes.items()}).write(folder)


def _pieces(joint: _Joint, kept: pl.DataFrame) -> tuple[dict[str, int], dict[int, int]]:
    """Return the mark of each piece with the place of its source, and the rows of each source."""
    columns = [[one.key, one.type, one.imi, heading] for one, heading in columns_of(joint.standard)]
    common = mark_of(_ENGINE, joint.site, joint.standard.code, joint.standard.imi, joint.standard.words, columns)
    said = kept.select(SOURCE, pl.concat_str(AT, *_KEY, pl.col(n.BUREAU).fill_null(""), separator="\x1f").alias("said"))
    marks, heights = dict[str, int](), dict[int, int]()
    for place, texts in said.group_by(SOURCE, maintain_order=True).agg("said").iter_rows():
        source = joint.sources[place]
        own = [source.path.stem, *_told_of(source).values()]
        rows = hashlib.blake2b("\n".join(texts).encode(), digest_size=16).hexdigest()
        marks[mark_of(common, joint.columns, own, rows)] = place
        heights[place] = len(texts)
    return marks, heights


def _spans(marks: Mapping[str, int], heights: Mapping[int, int]) -> dict[str, Span]:
    at, spans = 0, dict[str, Span]()
    for mark, place in marks.items():
        spans[mark] = Span(at, at + heights[place])
        at = spans[mark].stop
    return spans


def _write_rows(
    path: Path, joint: _Joint, kept: pl.DataFrame, parts: Sequence[Run], places: Sequence[int], old: Path | None
) -> None:
    frames = [
        pl.scan_parquet(old / ROWS).slice(run.old.start, run.old.stop - run.old.start)
        if run.old and old
        else _fresh(joint, kept, places[run.places.start : run.places.stop])
        for run in parts
    ]
    table = pl.concat(frames) if frames else _fresh(joint, kept, [])
    table.sink_parquet(path, compression="zstd", compression_level=1, row_group_size=50_000)


def _fresh(joint: _Joint, kept: pl.DataFrame, places: Sequence[int]) -> pl.LazyFrame:
    """Return the rows of these sources as they stand in the table; so many of them are in memory at a time."""
    heights = [joint.shapes[joint.sources[place].path].height for place in places]
    at = placed_among(places, heights).join(kept, on=[SOURCE, AT], how="left", maintain_order="left")
    schema = dict.fromkeys(joint.columns, pl.String) | _TYPES
    # What comes from several files has to have one type, whatever columns each of them has.
    paths = [joint.sources[place].path for place in places]
    scan = pl.scan_parquet(paths, schema=schema, missing_columns="insert", extra_columns="ignore") if paths else None

    def batches(*_asked: object) -> Iterator[pl.DataFrame]:
        for start in range(0, at.height, _BATCH) if scan is not None else ():
            rows = scan.slice(start, _BATCH).collect()
            yield _told(joint, rows.hstack(at.slice(start, _BATCH)))

    empty = _told(joint, pl.DataFrame(schema=schema).hstack(at.clear()))
    return register_io_source(batches, schema=empty.schema) if places else empty.lazy()


def _told(joint: _Joint, rows: pl.DataFrame) -> pl.DataFrame:
    """Return those of these rows that are in the table, each with where it is from."""
    rows = rows.filter(pl.col(n.KEY).is_not_null()).with_columns(_iri(joint.site, joint.standard.code))
    rows = rows.join(_where(joint.sources), on=SOURCE, how="left", maintain_order="left")
    values = [pl.when(pl.col(key) != "").then(key).alias(key) for key in joint.columns]
    beside = (n.BUREAU, *n.HEADINGS, n.NORTH, n.EAST, n.FROM, n.UNTIL, n.NAME, n.DATASET, n.RESOURCE)
    return rows.select(*values, *(pl.col(name) for name in beside))


def _columns(standard: Standard, shapes: Iterator[Shape] | Sequence[Shape]) -> list[str]:
    """Return the keys of the columns of a table: those of the standard, and what else its files have."""
    there = {name for shape in shapes for name in shape.columns}
    current = {column.concept.key for column in standard.forms.get(Form.CURRENT, ())}
    return [concept.key for concept, _heading in columns_of(standard) if concept.key in there | current]


def _iri(site: str, standard: str) -> pl.Expr:
    """Return the IRIs of records, as `domain.combined.record_path` makes them."""
    key = pl.col(n.KEY).map_batches(_quoted, return_dtype=pl.String)
    mark = pl.when(pl.col(n.KIND) == str(KeyKind.ID)).then(key).otherwise(pl.format("~{}", key))
    return pl.format("{}/combined/{}/{}/{}", pl.lit(site), pl.lit(standard), n.MUNICIPALITY, mark).alias(n.PLACE)


def _quoted(keys: pl.Series) -> pl.Series:
    odd = keys.filter(~keys.str.contains(r"^[A-Za-z0-9_.~-]*$")).unique().to_list()
    return keys.replace(odd, [quote(key, safe="") for key in odd]) if odd else keys


def _told_of(source: Source) -> dict[str, str | None]:
    """Return what each row says of its file."""
    told = source.provenance
    return {
        n.DATASET: source.dataset,
        n.RESOURCE: source.resource,
        n.FILE: told.file,
        n.ADDRESS: told.address,
        n.ORIGINAL: told.original or None,
        n.CHECKED: source.checked.isoformat(timespec="seconds"),
        n.LICENCE: told.licence,
        n.ATTRIBUTION: told.attribution,
    }


def _where(sources: Sequence[Source]) -> pl.DataFrame:
    texts = (n.DATASET, n.RESOURCE, n.FILE, n.ADDRESS, n.ORIGINAL, n.CHECKED, n.LICENCE, n.ATTRIBUTION)
    rows = [{SOURCE: place, **_told_of(one)} for place, one in enumerate(sources)]
    return pl.DataFrame(rows, schema={SOURCE: pl.UInt32} | dict.fromkeys(texts, pl.String))


#: Columns of fragments that stand in the table as they are, beside the values of the standard.
_TYPES = {
    n.SHEET: pl.String,
    n.LINE: pl.Int64,
    n.NAME: pl.String,
    n.NORTH: pl.Float64,
    n.EAST: pl.Float64,
    n.FROM: pl.Date,
    n.UNTIL: pl.Date,
}
_OF_LEFT = (n.REASON, n.MUNICIPALITY, n.ID, n.NAME, n.SHEET, n.LINE, n.DATASET, n.RESOURCE, n.FILE, n.ADDRESS)
