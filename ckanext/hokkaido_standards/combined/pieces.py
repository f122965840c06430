"""Pieces of a table: the rows of one file as they stand in it, under the hash of all that they depend on.

A table tells which pieces it is made of and where each stands in its files. The next one takes those over that are the
same: bytes are copied, and only the pieces of files that changed are written.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import IO

from ckanext.hokkaido_standards.combined.judging import Shape

__all__ = ["Index", "Run", "Span", "copied", "mark_of", "runs"]

#: File in the folder of a table that tells its pieces.
_NAME = "pieces.json"


@dataclass(frozen=True, slots=True)
class Span:
    """Where a piece stands in a file: its first row or byte, and that behind its last."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Index:
    """The pieces of a table.

    :ivar rows: mark of a piece -> its rows; in the order in which they stand.
    :ivar shapes: hash of a fragment -> its shape, so that it is not opened again to learn it.
    """

    rows: Mapping[str, Span]
    shapes: Mapping[str, Shape]

    def write(self, folder: Path) -> None:
        """Write it into the folder of its table."""
        told = {"rows": _told(self.rows), "shapes": {name: asdict(shape) for name, shape in self.shapes.items()}}
        (folder / _NAME).write_text(json.dumps(told), encoding="utf-8")

    @classmethod
    def of(cls, folder: Path | None) -> Index:
        """Return the pieces of the table in a folder; none where there is no table."""
        try:
            told = json.loads((folder / _NAME).read_bytes()) if folder else {"rows": {}, "shapes": {}}
        except (FileNotFoundError, ValueError):
            return cls({}, {})
        shapes = {name: Shape(one["height"], tuple(one["columns"])) for name, one in told["shapes"].items()}
        return cls(_spans(told["rows"]), shapes)


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that stand one after the other, either all to be written or all to be taken over from one place.

    :ivar places: the first of them and that behind the last, among all pieces.
    :ivar old: where they stand in what was before; nothing where they are to be written.
    """

    places: Span
    old: Span | None


def runs(marks: Sequence[str], old: Mapping[str, Span], between: int = 0) -> Iterator[Run]:
    """Yield what a table of these pieces is put together of.

    :param old: mark of a piece -> where it stands in what was before.
    :param between: bytes that stand between two pieces there.
    """
    found = [old.get(mark) for mark in marks]
    number, steps = 0, list[int]()
    for place, span in enumerate(found):
        before = found[place - 1] if place else None
        follows = (span is None) if before is None else (span is not None and span.start == before.stop + between)
        number += not (place and follows)
        steps.append(number)
    for _number, group in groupby(range(len(marks)), key=steps.__getitem__):
        places = list(group)
        first, last = found[places[0]], found[places[-1]]
        taken = Span(first.start, last.stop) if first and last else None
        yield Run(Span(places[0], places[-1] + 1), taken)


def mark_of(*told: object) -> str:
    """Return the mark of a piece that depends on these things."""
    return hashlib.sha256(json.dumps(told, default=str, ensure_ascii=False).encode()).hexdigest()[:32]


def copied(source: IO[bytes], target: IO[bytes], span: Span) -> None:
    """Copy bytes from one file to the end of another within the kernel.

    :raises EOFError: when the source ends before them.
    """
    target.flush()
    at = span.start
    while at < span.stop:
        sent = os.sendfile(target.fileno(), source.fileno(), at, span.stop - at)
        if not sent:
            raise EOFError(f"{source.name} ends at {at}, before {span.stop}")
        at += sent
    target.seek(0, os.SEEK_END)


def _told(spans: Mapping[str, Span]) -> dict[str, list[int]]:
    return {mark: [span.start, span.stop] for mark, span in spans.items()}


def _spans(told: Mapping[str, Sequence[int]]) -> dict[str, Span]:
    return {mark: Span(*span) for mark, span in told.items()}
