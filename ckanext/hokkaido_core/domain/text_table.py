"""Reading text files with columns: CSV and its relatives, whatever their encoding, delimiter and line ends."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from ckanext.hokkaido_core.domain.file_faults import Fault

__all__ = ["MAX_COLUMNS", "MAX_ROWS", "decode", "delimiter_of", "read_rows"]

#: A table with a value beyond these is refused.
MAX_ROWS = 20_000
MAX_COLUMNS = 256

#: Tried strictly in this order; CP932 rather than Shift_JIS, for 髙, ①, ㈱ and ～ are written with it (UP-14).
_ENCODINGS = ("utf-8-sig", "cp932", "euc_jp")
_DELIMITERS = (",", "\t", ";")
_SAMPLE_LINES = 60
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BINARY_BYTES = bytes(byte for byte in range(0x20) if byte not in b"\t\n\x0b\x0c\r\x1b")
#: So large a part of a text may be control characters before it is no text.
_MOST_BINARY = 0.01
#: A cell with more lines than this, that ends the file, is one whose closing quotation mark is missing.
_MANY_LINES = 5


def decode(content: bytes) -> tuple[str, str] | Fault:
    """Return the text of a file and the encoding that fits it strictly, or why there is none."""
    guess = _marked(content)
    encodings = (guess,) if guess else _ENCODINGS
    furthest: tuple[int, str] = (-1, "")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            furthest = max(furthest, (error.start, encoding))
            continue
        if encoding == "cp932" and (better := _rather_euc(content, text)) is not None:
            text, encoding = better, "euc_jp"  # noqa: PLW2901  The loop ends with it.
        if _controls(content, text, encoding) > len(text) * _MOST_BINARY:
            return Fault("not_a_workbook")
        return text.rstrip("\x1a"), encoding
    if _controls(content) > len(content) * _MOST_BINARY:
        return Fault("not_a_workbook")
    line = content.count(b"\n", 0, max(0, furthest[0])) + 1
    return Fault("undecodable", {"byte": furthest[0] + 1}, line)


def read_rows(text: str) -> tuple[list[list[object]], list[Fault]]:
    """Return the rows of a text file, all of one width, and what is wrong with it as a whole."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = delimiter_of(plain)
    rows, faults = _parse(plain, delimiter)
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    if len(rows) > MAX_ROWS:
        faults.append(Fault("too_many_rows", {"limit": MAX_ROWS}))
    if width > MAX_COLUMNS:
        faults.append(Fault("too_many_columns", {"limit": MAX_COLUMNS}))
    if faults:
        return [], faults
    return [[*row, *[""] * (width - len(row))] for row in rows], []


def _controls(content: bytes, text: str = "", encoding: str = "") -> int:
    """Return how many control characters there are; but for UTF-16 such a byte is part of no other character."""
    if encoding.startswith("utf-16"):
        return len(_BINARY.findall(text))
    return len(content) - len(content.translate(None, _BINARY_BYTES))


def _marked(content: bytes) -> str | None:
    """Return the encoding that a mark at the start, or the very shape of the bytes, gives away."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for encoding, end in (
        ()
        if b"\0" not in content
        else (
            ("utf-16-le", b"\n\0"),
            ("utf-16-be", b"\0\n"),
            ("utf-16-le", b"\r\0"),
            ("utf-16-be", b"\0\r"),
        )
    ):
        # A line end of two bytes; a byte of its own may be part of a character there.
        ends = content.count(end)
        if ends and ends * 2 >= content.count(end.strip(b"\0")) and len(content) % 2 == 0:
            return encoding
    if b"\x1b$" in content:
        return "iso2022_jp_ext"
    return None


def _rather_euc(content: bytes, text: str) -> str | None:
    """Return the text as EUC-JP where CP932 makes half-width kana of it, as it does of nearly every EUC-JP text."""
    foreign = sum(not character.isascii() for character in text[:20000])
    if not foreign or len(_HALF_WIDTH.findall(text[:20000])) < foreign * 0.4:
        return None
    try:
        return content.decode("euc_jp")
    except UnicodeDecodeError:
        return None


def delimiter_of(text: str) -> str:
    """Return what stands between the cells of a text: a comma, a tab or a semicolon; its line ends are plain ones."""
    sample = "".join(text[:200_000].splitlines(keepends=True)[:_SAMPLE_LINES])

    def weight(delimiter: str) -> tuple[float, int]:
        rows, _faults = _parse(sample, delimiter, complete=False)
        widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
        if not widths:
            return 0.0, 0
        width, times = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        return (times / widths.total(), width) if width > 1 else (0.0, 0)

    return max(_DELIMITERS, key=weight)


def _parse(text: str, delimiter: str, *, complete: bool = True) -> tuple[list[list[str]], list[Fault]]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    rows: list[list[str]] = []
    start = 1
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MAX_ROWS * 2:
                break
            last, start = start, reader.line_num + 1
    except csv.Error:
        # The module's limit of a field: without an end every cell after a lone quotation mark is one.
        return [], [Fault("unclosed_quote", line=start)] if complete else []
    if complete and rows and any(cell.count("\n") > _MANY_LINES for cell in rows[-1]) and text.count('"') % 2:
        return [], [Fault("unclosed_quote", line=last)]
    return rows, []
