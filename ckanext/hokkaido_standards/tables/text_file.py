"""Reading a text with columns, of any size that fits into memory once or twice, into a grid."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from ckanext.hokkaido_core.domain.file_faults import Fault
from ckanext.hokkaido_core.domain.text_table import decode, delimiter_of
from ckanext.hokkaido_standards.domain.encoding_name import encoding_name
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.tables.grid import Grid
from ckanext.hokkaido_standards.tables.text_rows import even_rows, lines_of, rows_of
from ckanext.hokkaido_standards.tables.text_signs import CONTROLS, signs_of

__all__ = ["read_text"]

_SAMPLE = 200_000
_SAMPLE_ROWS = 200
_LARGE = _CHUNK = 1 << 20
_QUOTED = re.compile(rb'"[^"]*"')
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_UTF8, _BOM = "utf-8", b"\xef\xbb\xbf"
#: How people call them.
_DELIMITERS = {"\t": "TAB", ";": ";"}


def read_text(content: bytes) -> tuple[Grid, str, str, list[Finding]] | Fault:
    """Return a text as a grid, its encoding, its delimiter and what was found, or why it is not read."""
    if len(content) > _LARGE and (read := _at_once(content)) is not None:
        return read
    opened = _opened(content)
    if isinstance(opened, Fault):
        return opened
    sample, data, encoding, findings = opened
    # It holds the text once more.
    del opened
    data = _with_plain_ends(data, findings)
    delimiter = delimiter_of(sample)
    findings += _of_delimiter(delimiter)
    read = rows_of(data, delimiter, _width(sample, delimiter), findings)
    return read if isinstance(read, Fault) else (read, encoding, delimiter, findings)


def _at_once(content: bytes) -> tuple[Grid, str, str, list[Finding]] | None:
    """Read a text in UTF-8 that is in order, in as few passes as it takes, or return nothing.

    The frame holds UTF-8 itself, so nothing but the beginning is decoded here.
    """
    sample = _beginning(content)
    delimiter = delimiter_of(sample)
    grid = even_rows(content, delimiter, _width(sample, delimiter), signs_of(content, delimiter))
    if grid is None:
        return None
    encoding = _named(content)
    return grid, encoding, delimiter, [*_of_mark(content, encoding), *_of_delimiter(delimiter)]


def _beginning(content: bytes) -> str:
    return _plain(content[: 4 * _SAMPLE].decode("utf-8-sig", "ignore")[:_SAMPLE])


def _named(content: bytes) -> str:
    return "utf-8-sig" if content.startswith(_BOM) else _UTF8


def _opened(content: bytes) -> tuple[str, bytes, str, list[Finding]] | Fault:
    """Return the beginning of a text, the text in UTF-8, its encoding and what was found, or why it is none."""
    if len(content) > _LARGE and len(content.translate(None, CONTROLS)) == len(content) and _is_utf8(content):
        # Nothing of a large text has to be decoded here: the frame holds UTF-8 itself.
        encoding = _named(content)
        return _beginning(content), content.removeprefix(_BOM), encoding, list(_of_mark(content, encoding))
    decoded = decode(content)
    if isinstance(decoded, Fault):
        return decoded
    text, encoding = decoded
    if encoding == "utf-8-sig" and not content.startswith(_BOM):
        encoding = _UTF8
    data = content.removeprefix(_BOM) if encoding.startswith(_UTF8) else text.encode(_UTF8)
    findings = [*_of_mark(data, encoding), *_of_controls(text)]
    return _plain(text[:_SAMPLE]), data.rstrip(b"\x1a").replace(b"\0", b""), encoding, findings


def _is_utf8(content: bytes) -> bool:
    """Say whether a text is UTF-8, without holding it decoded."""
    decoder = codecs.getincrementaldecoder(_UTF8)()
    view = memoryview(content)
    try:
        for start in range(0, len(view), _CHUNK):
            decoder.decode(view[start : start + _CHUNK], final=start + _CHUNK >= len(view))
    except UnicodeDecodeError:
        return False
    return True


def _width(sample: str, delimiter: str) -> int:
    """Return how many cells the widest of the first rows has."""
    try:
        rows = islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), _SAMPLE_ROWS)
        return max((len(row) for row in rows), default=1) or 1
    except csv.Error:
        return 1


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _of_mark(data: bytes, encoding: str) -> Iterator[Finding]:
    if not encoding.startswith(_UTF8):
        told = {"encoding": encoding_name(encoding)}
        yield Finding("file-encoding", params=told, repairable=True)
    elif encoding == _UTF8 and not data.isascii():
        yield Finding("file-bom", repairable=True)


def _of_delimiter(delimiter: str) -> Iterator[Finding]:
    if delimiter != ",":
        yield Finding("file-delimiter", params={"delimiter": _DELIMITERS[delimiter]}, repairable=True)


def _of_controls(text: str) -> Iterator[Finding]:
    if found := _CONTROL.search(text):
        count = len(_CONTROL.findall(text))
        row = _plain(text[: found.start()]).count("\n") + 1
        yield Finding("file-control", row=row, value=f"U+{ord(found[0]):04X}", count=count, repairable=True)


def _with_plain_ends(data: bytes, findings: list[Finding]) -> bytes:
    """Return a text whose lines end with LF; note where they end in several ways or an old one."""
    if b"\r" not in data:
        return data
    plain = data.replace(b"\r\n", b"\n")
    both = len(data) - len(plain)
    if b"\r" in plain or lines_of(plain) != both:
        # Those inside of cells are no ends of rows.
        ends = _ends(_QUOTED.sub(b"", data) if b'"' in data else data)
        if ends["CR"] or all((ends["CRLF"], ends["LF"])):
            told = "、".join(f"{name} {count}" for name, count in ends.items() if count)
            findings.append(Finding("file-line-ends", params={"ends": told}, repairable=True))
    return plain.replace(b"\r", b"\n")


def _ends(data: bytes) -> dict[str, int]:
    both = data.count(b"\r\n")
    return {"CRLF": both, "LF": data.count(b"\n") - both, "CR": data.count(b"\r") - both}
