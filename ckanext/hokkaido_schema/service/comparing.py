"""The rows of a stored file read for comparing, again and again, within limits."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ckanext.hokkaido_schema.domain.row_marks import Row
from ckanext.hokkaido_schema.domain.text_file import lines_of
from ckanext.hokkaido_schema.service.converting import Source

__all__ = ["MOST_CELLS", "MOST_ROWS", "FileRows"]

#: What is compared of one file: so many rows below the headings, cells, and characters. Two files of 100,000 rows and
#: 50 columns take about 5 seconds and 90 megabytes.
MOST_ROWS = 100_000
MOST_CELLS = 5_000_000
_MOST_CHARACTERS = 128 << 20


@dataclass(slots=True)
class FileRows:
    """The rows below the headings of a file, as wide as these, without blank ones; each iteration reads the file.

    `most` is how many rows are read, where `share` files of this page share its time. `whole` tells, once an iteration
    came to its end, whether that was all of the file.
    """

    source: Source
    share: int = 1
    most: int = field(init=False)
    whole: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        """Find out how many rows of this width are read."""
        self.most = min(MOST_ROWS, MOST_CELLS // self.share // max(1, len(self.source.headings)))

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows from the first one on."""
        width = len(self.source.headings)
        blank = ("",) * width
        lines = csv.reader(lines_of(self._texts()), delimiter=self.source.delimiter)
        count = 0
        try:
            for cells in itertools.islice(lines, self.source.skip + 1, None):
                row = (*map(str.strip, cells[:width]), *blank[len(cells) :])
                if row == blank:
                    continue
                if count == self.most:
                    return
                count += 1
                yield row
        except (csv.Error, _TooLong):
            # A quotation mark that is never closed, or cells as long as books: the rest is not compared.
            return
        self.whole = True

    def _texts(self) -> Iterable[str]:
        left = _MOST_CHARACTERS
        for text in self.source.texts():
            left -= len(text)
            if left < 0:
                raise _TooLong
            yield text.replace("\0", "")


class _TooLong(Exception):
    """So many characters are not read for a page."""
