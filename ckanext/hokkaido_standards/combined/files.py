"""The files of a table: each is written once, and then served as it lies on the disk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import polars as pl

from ckanext.hokkaido_schema.shared import vocabulary
from ckanext.hokkaido_standards.combined.merging import ROWS
from ckanext.hokkaido_standards.combined.pieces import Index, Run, Span, copied, mark_of, runs
from ckanext.hokkaido_standards.combined.records import Describer
from ckanext.hokkaido_standards.combined.selecting import batches
from ckanext.hokkaido_standards.combined.store import Store
from ckanext.hokkaido_standards.combined.writers import WRITERS, Writer
from ckanext.hokkaido_standards.domain.combined import Wanted
from ckanext.hokkaido_standards.domain.definition import Standard

__all__ = ["describer", "file_of", "pieces", "write_all"]

#: Raised whenever files are written otherwise of the same rows.
_ENGINE = "1"


def describer(standard: Standard, site: str) -> Describer:
    """Return what describes the rows of a standard."""
    licences = {item.get("short") or item.ja: str(item["iri"]) for item in vocabulary("licences") if item.get("iri")}
    return Describer(standard, site, licences)


def file_of(folder: Path, extension: str) -> Path:
    """Return where a file of a table lies, or would lie."""
    return folder / (ROWS if extension == "parquet" else f"rows.{extension}")


def pieces(folder: Path, standard: Standard, extension: str, wanted: Wanted, site: str) -> Iterator[bytes]:
    """Yield a file of those rows that are wanted."""
    path = folder / ROWS
    writer, columns = WRITERS[extension], list(pl.read_parquet_schema(path))
    return writer.pieces(batches(path, wanted), describer(standard, site), columns)


def write_all(store: Store, folder: Path, standard: Standard, site: str) -> None:
    """Write the files of a table that are not there yet; what an older table has of the same is copied."""
    for extension, writer in WRITERS.items():

        def write(path: Path, extension: str = extension, writer: Writer = writer) -> None:
            others = [one for one in store.others(folder) if _spans_of(one, extension).exists()]
            for old in [*others[:1], None]:
                try:
                    with path.open("wb") as file:
                        _Written(folder, writer, extension, describer(standard, site), old).to(file)
                except (FileNotFoundError, EOFError):
                    # The older table was deleted meanwhile, or a power failure cut its file.
                    if old is None:
                        raise
                else:
                    return

        store.add(folder, file_of(folder, extension).name, write)


class _Written:
    """A file that is put together of pieces."""

    def __init__(self, folder: Path, writer: Writer, extension: str, describe: Describer, old: Path | None) -> None:
        self._folder, self._writer, self._describe = folder, writer, describe
        self._name, self._old = file_of(folder, extension).name, old
        self._rows = list(Index.of(folder).rows.items())
        self._spans = dict[str, Span]()
        self._kept, self._by = _spans_of(folder, extension), mark_of(_ENGINE, describe.licences)
        self._known = _read(_spans_of(old, extension), self._by) if old else {}

    def to(self, file: IO[bytes]) -> None:
        """Write it, and where its pieces stand."""
        columns = list(pl.read_parquet_schema(self._folder / ROWS))
        file.write(self._writer.opening(self._describe, columns))
        marks = [mark for mark, _span in self._rows]
        for run in runs(marks, self._known, len(self._writer.between)):
            if run.places.start:
                file.write(self._writer.between)
            if run.old and self._old:
                self._copy(file, run, marks, self._old / self._name)
            else:
                self._write(file, self._rows[run.places.start : run.places.stop])
        file.write(self._writer.closing)
        told = {"by": self._by, "spans": {mark: [span.start, span.stop] for mark, span in self._spans.items()}}
        # It tells of no file until that one is there, and then of the same one, whoever writes it.
        self._kept.write_text(json.dumps(told), encoding="utf-8")

    def _copy(self, file: IO[bytes], run: Run, marks: Sequence[str], path: Path) -> None:
        assert run.old is not None  # noqa: S101 - told by the caller.
        shift = file.tell() - run.old.start
        with path.open("rb") as source:
            copied(source, file, run.old)
        for mark in marks[run.places.start : run.places.stop]:
            span = self._known[mark]
            self._spans[mark] = Span(span.start + shift, span.stop + shift)

    def _write(self, file: IO[bytes], rows: Sequence[tuple[str, Span]]) -> None:
        ends = iter(rows)
        mark, span = next(ends)
        at, start, before = span.start, file.tell(), b""
        for frame in batches(self._folder / ROWS, Wanted(), within=(at, rows[-1][1].stop)):
            ready, done = self._writer.rows(self._describe, frame), 0
            while done < frame.height:
                if at == span.stop:
                    self._spans[mark] = Span(start, file.tell())
                    mark, span = next(ends)
                    file.write(self._writer.between)
                    start, before = file.tell(), b""
                some = ready.slice(done, span.stop - at)
                file.write(before)
                file.write(self._writer.text(some))
                done, at, before = done + some.height, at + some.height, self._writer.between
        self._spans[mark] = Span(start, file.tell())


def _spans_of(folder: Path, extension: str) -> Path:
    return folder / f"{extension}.json"


def _read(path: Path, by: str) -> dict[str, Span]:
    """Return where the pieces of a file stand; none where they were written by something else."""
    told = json.loads(path.read_bytes())
    return {mark: Span(*span) for mark, span in told["spans"].items()} if told["by"] == by else {}
