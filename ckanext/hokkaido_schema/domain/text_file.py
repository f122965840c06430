"""Text files with columns, whatever their encoding, delimiter and line ends (UP-14 to UP-16)."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ckanext.hokkaido_schema.domain.table import KEPT_ROWS, Table, shape

__all__ = ["Encoding", "delimiter_of", "encoding_of", "label_of", "lines_of", "read_table", "texts_of"]


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec of Python and the name people know it by."""

    codec: str
    label: str


_UTF8 = Encoding("utf-8-sig", "UTF-8")
_CP932 = Encoding("cp932", "Shift_JIS")
_EUC = Encoding("euc_jp", "EUC-JP")
_MARKS = (
    (codecs.BOM_UTF8, Encoding("utf-8-sig", "UTF-8 (BOM)")),
    (codecs.BOM_UTF16_LE, Encoding("utf-16", "UTF-16")),
    (codecs.BOM_UTF16_BE, Encoding("utf-16", "UTF-16")),
)
_DELIMITERS = (",", "\t", ";")
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
_SAMPLE = 200_000
_SAMPLE_LINES = 60
#: EUC-JP read as CP932 is mostly half-width kana.
_KANA_SHARE = 0.4


def encoding_of(head: bytes, *, complete: bool = True) -> tuple[Encoding, bool]:
    """Return the encoding of a file, and whether every byte of the head fits it.

    UTF-8 comes first, for hardly any other text fits it; CP932 rather than Shift_JIS, for 髙, ① and ㈱ are written with
    it.

    :param complete: whether the head is all of the file; otherwise a character may be cut at its end.
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, True
    for codec, end in (("utf-16-le", b"\n\0"), ("utf-16-be", b"\0\n")):
        ends = head.count(end)
        if ends and ends * 2 >= head.count(b"\n"):
            return Encoding(codec, "UTF-16"), True
    for encoding in (_UTF8, _CP932, _EUC):
        text = _strictly(head, encoding.codec, complete=complete)
        if text is None:
            continue
        if encoding is _CP932 and _is_kana(text) and _strictly(head, "euc_jp", complete=complete) is not None:
            return _EUC, True
        return encoding, True
    # Nothing fits. Bytes of another encoding hardly ever make characters of UTF-8 by chance.
    text = head.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    foreign = sum(not character.isascii() for character in text) - broken
    return _UTF8 if foreign > broken else _CP932, False


def label_of(codec: str) -> str:
    """Return the name by which people know a codec of Python."""
    return {"utf-8-sig": "UTF-8", "cp932": "Shift_JIS", "euc_jp": "EUC-JP"}.get(codec, "UTF-16")


def _strictly(head: bytes, codec: str, *, complete: bool) -> str | None:
    try:
        return codecs.getincrementaldecoder(codec)().decode(head, complete)
    except UnicodeDecodeError:
        return None


def _is_kana(text: str) -> bool:
    foreign = sum(not character.isascii() for character in text[:20000])
    return bool(foreign) and len(_HALF_WIDTH.findall(text[:20000])) >= foreign * _KANA_SHARE


def delimiter_of(text: str) -> str:
    """Return the sign between the cells: the one that gives most rows the same width."""
    sample = "".join(text[:_SAMPLE].splitlines(keepends=True)[:_SAMPLE_LINES])

    def weight(delimiter: str) -> tuple[float, int]:
        try:
            rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))
        except csv.Error:
            return 0.0, 0
        widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
        if not widths:
            return 0.0, 0
        width, times = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        return (times / widths.total() if width > 1 else 0.0), width

    return max(_DELIMITERS, key=weight)


def texts_of(chunks: Iterable[bytes], codec: str, *, complete: bool = True) -> Iterator[str]:
    """Decode a file piece by piece; a mark at its beginning is dropped, and what cannot be read is U+FFFD.

    :param complete: whether the pieces are all of the file; otherwise a character cut at their end is left out.
    """
    decoder = codecs.getincrementaldecoder(codec)("replace")
    for chunk in chunks:
        if text := decoder.decode(chunk):
            yield text
    if complete and (rest := decoder.decode(b"", True)):
        yield rest


def lines_of(texts: Iterable[str]) -> Iterator[str]:
    """Cut a text into lines, as the csv module wants them, with their ends."""
    rest = ""
    # A lone carriage return ends a line in files of old programs, and the csv module would refuse it.
    ends = io.IncrementalNewlineDecoder(None, translate=True)
    for text in texts:
        *whole, rest = (rest + ends.decode(text)).split("\n")
        yield from (f"{line}\n" for line in whole)
    if rest:
        yield rest


def read_table(head: bytes, *, complete: bool) -> Table:
    """Read the beginning of a text file with columns.

    :param head: the first bytes of the file.
    :param complete: whether they are all of it; otherwise the last row may be cut and is left out.
    """
    encoding, fits = encoding_of(head, complete=complete)
    text = codecs.getincrementaldecoder(encoding.codec)("replace").decode(head, complete)
    # A lone carriage return ends a line in files of old programs; the csv module would refuse it.
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    delimiter = delimiter_of(plain)
    rows, count, whole = _rows(plain, delimiter)
    if not complete and count:
        count -= 1
        rows = rows[:count]
    notes = [code for code, there in (("undecodable", not fits), ("unclosed", not whole)) if there]
    return shape(
        rows,
        count,
        complete=complete and whole,
        encoding=encoding.label,
        delimiter=delimiter,
        notes=tuple(notes),
    )


def _rows(text: str, delimiter: str) -> tuple[list[list[str]], int, bool]:
    """Return the first rows, how many there are (without blank ones at the end), and whether all could be read."""
    kept: list[list[str]] = []
    count = last = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            count += 1
            if any(cell.strip() for cell in row):
                last = count
            if count <= KEPT_ROWS * 2:
                kept.append(row)
    except csv.Error:
        # Without its closing quotation mark a cell runs on until the module's limit of a field.
        return kept[:last], last, False
    return kept[:last], last, True
