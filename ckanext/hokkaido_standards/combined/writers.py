"""The table as files of several kinds, written piece by piece."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from ckanext.hokkaido_core.domain.csv_cell import neutralise
from ckanext.hokkaido_standards.combined import names as n
from ckanext.hokkaido_standards.combined.records import Describer

__all__ = ["MEDIA_TYPES", "WRITERS", "Writer", "left_csv"]

_CRLF = "\r\n"
#: Beginnings that `neutralise` may have something to say of; a number is none of a formula.
_MAYBE = r"^['\t\r\n\s\"“”‘’＂＇=+\-@＝＋－＠]"
_NUMBER = r"^[+-]?\d+(?:\.\d+)?$"

Frames = Iterable[pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Writer:
    """One kind of file.

    :ivar opening: returns what stands before all rows.
    :ivar rows: makes rows ready to be written, many at once.
    :ivar text: writes some of these, at least one.
    :ivar between: what stands between these.
    :ivar closing: what stands behind all rows.
    """

    media_type: str
    opening: Callable[[Describer, Sequence[str]], bytes]
    rows: Callable[[Describer, pl.DataFrame], pl.DataFrame]
    text: Callable[[pl.DataFrame], bytes]
    between: bytes = b""
    closing: bytes = b""

    def pieces(self, frames: Frames, describer: Describer, columns: Sequence[str]) -> Iterator[bytes]:
        """Yield a file of these rows.

        :param columns: of the table.
        """
        yield self.opening(describer, columns)
        before = b""
        for frame in frames:
            yield before
            yield self.text(self.rows(describer, frame))
            before = self.between
        yield self.closing


def _csv_opening(describer: Describer, columns: Sequence[str]) -> bytes:
    return ("\ufeff" + ",".join(map(_quoted, _headings(describer, columns).values())) + _CRLF).encode()


def _csv(describer: Describer, frame: pl.DataFrame) -> pl.DataFrame:
    return _harmless(frame.select(list(_headings(describer, frame.columns))))


def _csv_text(frame: pl.DataFrame) -> bytes:
    return frame.write_csv(include_header=False, line_terminator=_CRLF).encode()


def _headings(describer: Describer, columns: Sequence[str]) -> dict[str, str]:
    return {concept.key: heading for concept, heading in describer.columns if concept.key in columns} | n.HEADINGS


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


def _json(kind: str) -> Callable[[Describer, pl.DataFrame], pl.DataFrame]:
    """Return what writes rows as members of a list.

    :param kind: the describer's way to describe a row.
    """
    return lambda describer, frame: describer.texts(frame, kind).to_frame()


def _listed(texts: pl.DataFrame) -> bytes:
    return texts.to_series().str.join(_BETWEEN.decode()).item().encode()


_BETWEEN = b",\n"


def _context(describer: Describer, _columns: Sequence[str]) -> bytes:
    return f'{{"@context":{json.dumps(describer.context())},"@graph":[\n'.encode()


#: Ending of an address -> kind of file, beside the table itself.
WRITERS = {
    "csv": Writer("text/csv; charset=utf-8", _csv_opening, _csv, _csv_text),
    "geojson": Writer(
        "application/geo+json",
        lambda _describer, _columns: b'{"type":"FeatureCollection","features":[\n',
        _json("feature"),
        _listed,
        _BETWEEN,
        b"\n]}\n",
    ),
    "jsonld": Writer("application/ld+json", _context, _json("node"), _listed, _BETWEEN, b"\n]}\n"),
    "ngsild": Writer(
        "application/ld+json", lambda _describer, _columns: b"[\n", _json("entity"), _listed, _BETWEEN, b"\n]\n"
    ),
}
MEDIA_TYPES = {name: writer.media_type for name, writer in WRITERS.items()} | {
    "parquet": "application/vnd.apache.parquet"
}


def left_csv(frames: Frames, words: dict[str, str]) -> Iterator[bytes]:
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
        yield _csv_text(_harmless(told))
