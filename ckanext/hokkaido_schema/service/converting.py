"""A stored file as CSV in another encoding: what would not fit, and the bytes themselves."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ckanext.hokkaido_schema.domain.conversion import Misfit, Target, convert, misfits
from ckanext.hokkaido_schema.domain.file_kind import kind_of
from ckanext.hokkaido_schema.domain.text_file import encoding_of, lines_of, read_table, texts_of
from ckanext.hokkaido_schema.stored_file import StoredFile
from ckanext.hokkaido_schema.workbook.sheet_table import NotShown, read_sheet, sheet_rows

__all__ = ["NotConvertible", "Source", "source_of"]

_SHEETS = {"xlsx", "xls"}


class NotConvertible(Exception):
    """The file is nothing that can be written as CSV; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be written as CSV.

    `texts` reads all of it, `checked` only what a page may read; `delimiter` is that of the texts, and `skip` counts
    the lines above the headings.
    """

    texts: Callable[[], Iterable[str]]
    checked: Callable[[], Iterable[str]]
    complete: bool
    delimiter: str = ","
    encoding: str = ""
    headings: tuple[str, ...] = ()
    skip: int = 0
    sheets: tuple[str, ...] = ()
    sheet: str = ""

    def misfits(self, target: Target) -> tuple[list[Misfit], bool]:
        """Return what does not fit into an encoding, and whether all of the file was looked at."""
        found, whole = misfits(lines_of(self.checked()), self.delimiter, target)
        return found, whole and self.complete

    def bytes(self, target: Target) -> Iterator[bytes]:
        """Yield the file in an encoding, piece by piece."""
        return convert(self.texts(), target)


def source_of(stored: StoredFile, most: int, sheet: str = "") -> Source:
    """Return a stored file as something that can be written as CSV.

    A text keeps its delimiter, its line ends and every sign of it; nothing is put before texts that a spreadsheet
    would take for formulas, for the file is its publisher's.

    :param most: bytes that may be read for looking at it; a larger workbook is not opened at all.
    :raises NotConvertible: when it is neither a text with columns nor a workbook.
    """
    head = stored.head(most)
    complete = len(head) >= stored.size
    kind = kind_of(io.BytesIO(head))
    if kind in _SHEETS or (head.startswith(b"PK\x03\x04") and not complete):
        if not complete:
            raise NotConvertible("too_large")
        return _of_sheet(head, sheet)
    if kind != "text":
        raise NotConvertible("no_text")
    table = read_table(head, complete=complete)
    if table.width <= 1 and not table.rows:
        raise NotConvertible("no_columns")
    codec = encoding_of(head, complete=complete)[0].codec
    return Source(
        texts=lambda: texts_of(stored.chunks(), codec),
        checked=lambda: texts_of([head], codec, complete=complete),
        complete=complete,
        delimiter=table.delimiter,
        encoding=table.encoding,
        headings=table.headings,
        skip=table.skip,
    )


def _of_sheet(content: bytes, sheet: str) -> Source:
    try:
        table = read_sheet(content, sheet)
    except NotShown as refused:
        raise NotConvertible(refused.code) from refused

    def texts() -> Iterator[str]:
        for row in sheet_rows(content, table.sheet):
            line = io.StringIO()
            csv.writer(line).writerow(row)
            yield line.getvalue()

    return Source(
        texts=texts,
        checked=texts,
        complete=True,
        headings=table.headings,
        skip=table.skip,
        sheets=table.sheets,
        sheet=table.sheet,
    )
