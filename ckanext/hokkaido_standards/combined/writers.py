"""The table as files of several kinds, written piece by piece."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from ckanext.hokkaido_core.domain.csv_cell import neutralise
from ckanext.hokkaido_standards.combined import names as n
from ckanext.hokkaido_standards.combined.records import Describer
from ckanext.hokkaido_standards.domain.combined import columns_of
from ckanext.hokkaido_standards.domain.definition import Standard

__all__ = ["WRITERS", "Writer", "left_csv"]

_CRLF = "\r\n"
#: Beginnings that `neutralise` may have something to say of; a number is none of a formula.
_MAYBE = r"^['\t\r\n\s\"“”‘’＂＇=+\-@＝＋－＠]"
_NUMBER = r"^[+-]?\d+(?:\.\d+)?$"

Pieces = Iterator[bytes]
Frames = Iterable[pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Writer:
    """One kind of file.

    :ivar label: what people call it.
    :ivar format: its code in the vocabulary of formats.
    :ivar pieces: writes rows of a standard, piece by piece.
    """

    label: str
    format: str
    media_type: str
    pieces: Callable[[Frames, Standard, Describer], Pieces]


def _csv(frames: Frames, standard: Standard, _describer: Describer) -> Pieces:
    headings: dict[str, str] = {}
    for frame in frames:
        if not headings:
            headings = _headings(frame, standard)
            yield ("\ufeff" + ",".join(map(_quoted, headings.values())) + _CRLF).encode()
        yield _harmless(frame.select(list(headings))).write_csv(include_header=False, line_terminator=_CRLF).encode()
    if not headings:
        found = [heading for _concept, heading in columns_of(standard)]
        yield ("\ufeff" + ",".join(map(_quoted, [*found, *n.HEADINGS.values()])) + _CRLF).encode()


def _headings(frame: pl.DataFrame, standard: Standard) -> dict[str, str]:
    own = {concept.key: heading for concept, heading in columns_of(standard) if concept.key in frame.columns}
    return own | n.HEADINGS


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\n') else text


def _harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame none of whose texts a spreadsheet takes for a formula (UP-07); numbers stay as they are."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    risky = {name: pl.col(name).str.contains(_MAYBE) & ~pl.col(name).str.contains(_NUMBER) for name in texts}
    found = frame.select(mask.any().alias(name) for name, mask in risky.items())
    for name in texts:
        if found[name][0]:
            values = frame.filter(risky[name])[name].unique().to_list()
            frame = frame.with_columns(pl.col(name).replace(values, [neutralise(value) for value in values]))
    return frame


def _json(head: Callable[[Describer], str], one: str) -> Callable[[Frames, Standard, Describer], Pieces]:
    """Return what writes a document with one member a row.

    :param head: the beginning of the document up to its list.
    :param one: name of the describer's way to describe a row.
    """

    def pieces(frames: Frames, _standard: Standard, describer: Describer) -> Pieces:
        opening, closing = head(describer).split("…")
        yield opening.encode()
        describe, between = getattr(describer, one), ""
        for frame in frames:
            texts = [_dumped(describe(row)) for row in frame.iter_rows(named=True)]
            yield (between + ",\n".join(texts)).encode()
            between = ",\n"
        yield closing.encode()

    return pieces


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _entities(frames: Frames, _standard: Standard, describer: Describer) -> Pieces:
    context, between = describer.entity_context(), "[\n"
    for frame in frames:
        texts = [_dumped(describer.entity(row) | {"@context": context}) for row in frame.iter_rows(named=True)]
        yield (between + ",\n".join(texts)).encode()
        between = ",\n"
    yield b"[]\n" if between == "[\n" else b"\n]\n"


def _parquet(frames: Frames, _standard: Standard, _describer: Describer) -> Pieces:
    raise NotImplementedError("The table itself is this file")


#: Ending of an address -> kind of file.
WRITERS = {
    "csv": Writer("CSV", "CSV", "text/csv; charset=utf-8", _csv),
    "parquet": Writer("Parquet", "Parquet", "application/vnd.apache.parquet", _parquet),
    "geojson": Writer(
        "GeoJSON",
        "GeoJSON",
        "application/geo+json",
        _json(lambda _describer: '{"type":"FeatureCollection","features":[\n…\n]}\n', "feature"),
    ),
    "jsonld": Writer(
        "JSON-LD",
        "JSON-LD",
        "application/ld+json",
        _json(lambda describer: f'{{"@context":{_dumped(describer.context())},"@graph":[\n…\n]}}\n', "node"),
    ),
    "ngsild": Writer("NGSI-LD", "JSON-LD", "application/ld+json", _entities),
}


def left_csv(frames: Frames, words: dict[str, str]) -> Pieces:
    """Write the rows that are left out of a table.

    :param words: reason -> what people call it.
    """
    headings = {
        n.REASON: "理由",
        "words": "説明",
        n.FILE: "ファイル",
        n.ADDRESS: "URL",
        n.SHEET: "シート",
        n.LINE: "行",
        n.MUNICIPALITY: "全国地方公共団体コード",
        n.ID: "ID",
        n.NAME: "名称",
    }
    yield ("\ufeff" + ",".join(headings.values()) + _CRLF).encode()
    for frame in frames:
        told = frame.with_columns(pl.col(n.REASON).replace(words).alias("words")).select(list(headings))
        yield _harmless(told).write_csv(include_header=False, line_terminator=_CRLF).encode()
