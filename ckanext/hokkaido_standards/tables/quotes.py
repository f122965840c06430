"""The records of a text, also where quotation marks open and never close."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from ckanext.hokkaido_standards.domain.finding import Finding

__all__ = ["records"]

#: After so many quotation marks that never close, all of them are read as plain characters.
_MOST_MENDED = 20
_SHOWN = 60


class _Lines:
    """The lines of a text, of which those of the record at hand can be read again."""

    def __init__(self, data: bytes) -> None:
        self._source = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="\n")
        self._again: list[str] = []
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._source)
        self.taken.append(line)
        return line

    def give_back(self) -> str:
        """Return the first line of the record at hand, and let the others be read again."""
        first, *others = self.taken
        self._again.extend(reversed(others))
        self.taken = []
        return first

    def is_open(self, delimiter: str) -> bool:
        """Say whether the record at hand has a quotation mark that never closes."""
        if sum(line.count('"') for line in self.taken) % 2 == 0:
            return False
        try:
            list(csv.reader(self.taken, delimiter=delimiter, strict=True))
        except csv.Error:
            return True
        return False


def records(data: bytes, delimiter: str, findings: list[Finding]) -> Iterator[list[str]]:
    """Yield the records of a text in UTF-8 whose line ends are plain ones.

    A line with a quotation mark that never closes is read as if the mark were a plain character, so that the lines
    after it are not lost; a finding tells of it.
    """
    lines = _Lines(data)
    row = mended = 0
    while True:
        quoting = csv.QUOTE_MINIMAL if mended < _MOST_MENDED else csv.QUOTE_NONE
        for record in _read(lines, delimiter, quoting):
            if record is None:
                break
            row += 1
            yield record
        else:
            return
        row += 1
        mended += 1
        first = lines.give_back().rstrip("\n")
        findings.append(Finding("file-quote", row=row, value=first[:_SHOWN]))
        yield first.split(delimiter)


def _read(lines: _Lines, delimiter: str, quoting: int) -> Iterator[list[str] | None]:
    """Yield records until one cannot be read; then nothing, once."""
    reader = csv.reader(lines, delimiter=delimiter, quoting=quoting)
    lines.taken = []
    try:
        for record in reader:
            if quoting != csv.QUOTE_NONE and lines.is_open(delimiter):
                yield None
                return
            yield record
            lines.taken = []
    except csv.Error:
        # The module's limit of a field: without an end every cell after a lone quotation mark is one.
        yield None
