"""What a file is by its bytes, whatever its name says, and whether the two go together (UP-05, UP-12, UP-20).

Only what decides about publishing is told apart; the format that a page shows comes from `file_facts`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import PurePath
from typing import IO

__all__ = ["ACTIVE", "FORMAT_OF", "disagreement", "kind_of", "refusal"]

_HEAD = 8192
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"PAR1", "parquet"),
    (b"\x7fELF", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
)
#: A program of Windows names the place of its second header at this offset.
_PE_AT = 0x3C
_MACRO = re.compile(r"(^|/)(vbaProject\.bin|macrosheets/)", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype html|html|head|body|table|script|meta)\b")
_DRAWING = re.compile(r"<(?:\w+:)?svg\b")
_MARKUP = re.compile(r"<[?!a-z]")

#: Kinds that a browser would run if they were shown on the portal's own origin.
ACTIVE = frozenset({"html", "svg", "xml", "pdf"})
#: Codes of the vocabulary `formats` for kinds whose bytes leave no doubt.
FORMAT_OF: Mapping[str, str] = {"xlsx": "XLSX", "xls": "XLS", "ods": "ODS", "docx": "DOCX", "pptx": "PPTX"}
#: Kinds that a name may stand for; a name that is not listed is believed.
_NAMED: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("csv", "tsv", "txt", "json", "geojson", "ttl", "nt", "ics"), frozenset({"text"})),
    **dict.fromkeys(("xml", "rdf", "kml", "gml"), frozenset({"xml", "text", "html", "svg"})),
    **dict.fromkeys(("html", "htm"), frozenset({"html", "xml", "text"})),
    "svg": frozenset({"svg"}),
    "xlsx": frozenset({"xlsx"}),
    "xls": frozenset({"xls"}),
    "ods": frozenset({"ods"}),
    "docx": frozenset({"docx"}),
    "pptx": frozenset({"pptx"}),
    **dict.fromkeys(("doc", "ppt"), frozenset({"ole"})),
    "pdf": frozenset({"pdf"}),
    **dict.fromkeys(("zip", "kmz"), frozenset({"zip", "xlsx", "ods", "docx", "pptx"})),
    "png": frozenset({"png"}),
    **dict.fromkeys(("jpg", "jpeg"), frozenset({"jpeg"})),
    "gif": frozenset({"gif"}),
    "gz": frozenset({"gzip"}),
}


def kind_of(stream: IO[bytes]) -> str:
    """Return what a file is: `empty`, `text`, `html`, `xlsx`, `macro`, `encrypted`, `program`, `binary` and others.

    The stream is left at its beginning. No part of an archive is unpacked.
    """
    stream.seek(0)
    head = stream.read(_HEAD)
    try:
        if not head:
            return "empty"
        if head.startswith(b"PK\x03\x04"):
            return _archive(stream)
        if head.startswith(_OLE):
            return _container(stream)
        if head.startswith(b"MZ") and _is_program(head):
            return "program"
        return next((kind for start, kind in _SIGNATURES if head.startswith(start)), None) or _text(head)
    finally:
        stream.seek(0)


def refusal(filename: str, kind: str) -> str | None:
    """Return why a file cannot be published: `empty`, `program`, `encrypted`, `macro`, `page` or `drawing`."""
    if kind in {"empty", "program", "encrypted", "macro"}:
        return kind
    expected = _NAMED.get(_extension(filename))
    if expected is None or kind in expected:
        return None
    return {"html": "page", "svg": "drawing"}.get(kind)


def disagreement(filename: str, kind: str) -> bool:
    """Tell whether the name of a file promises something else than its bytes are."""
    expected = _NAMED.get(_extension(filename))
    return expected is not None and kind not in expected


def _extension(filename: str) -> str:
    return PurePath(filename).suffix.lower().removeprefix(".")


def _is_program(head: bytes) -> bool:
    at = int.from_bytes(head[_PE_AT : _PE_AT + 4], "little")
    return head[at : at + 4] == b"PE\0\0" or b"DOS mode" in head


def _archive(stream: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            if any(_MACRO.search(name) for name in names):
                return "macro"
            if "mimetype" in names:
                kind = archive.open("mimetype").read(100)
                return "ods" if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet") else "zip"
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, RuntimeError):
        # A broken archive is published as what it is: an archive. Whoever reads it finds out, and the page says so.
        return "zip"
    family = {"xl/workbook.xml": "xlsx", "word/document.xml": "docx", "ppt/presentation.xml": "pptx"}
    return next((kind for name, kind in family.items() if name in names), "zip")


def _container(stream: IO[bytes]) -> str:
    """Tell what an OLE container holds by the names in its directory, which are written in UTF-16."""
    found, tail = set(), b""
    names = {
        "encrypted": "EncryptedPackage".encode("utf-16-le"),
        "macro": "_VBA_PROJECT".encode("utf-16-le"),
        "xls": "Workbook".encode("utf-16-le"),
        "old": b"B\0o\0o\0k\0\0\0",
    }
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        found |= {kind for kind, name in names.items() if name in tail + chunk}
        tail = chunk[-64:]
    if "encrypted" in found or "macro" in found:
        return "encrypted" if "encrypted" in found else "macro"
    return "xls" if found else "ole"


def _text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", "ignore")
    elif b"\0" in head:
        return "text" if _looks_utf16(head) else "binary"
    else:
        text = head.decode("latin-1").removeprefix("\xef\xbb\xbf")
    start = text.lstrip().lower()
    if not _MARKUP.match(start):
        return "text"
    # A comment or a declaration may stand before the element that tells.
    early = start[:4096]
    drawing, page = _DRAWING.search(early), _PAGE.search(early)
    if drawing and (page is None or drawing.start() < page.start()):
        return "svg"
    return "html" if page else "xml"


def _looks_utf16(head: bytes) -> bool:
    ends = sum(head.count(end) for end in (b"\n\0", b"\0\n"))
    return ends > 0 and head.count(b"\0") * 10 > len(head)
