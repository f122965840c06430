"""Reading the beginning of a stored file for a page, at a bounded price."""

from __future__ import annotations

import codecs
import io
import itertools
import json
import re
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from ckanext.hokkaido_schema.domain.file_kind import kind_of
from ckanext.hokkaido_schema.domain.places import Places, of_geojson, of_table
from ckanext.hokkaido_schema.domain.table import Table
from ckanext.hokkaido_schema.domain.text_file import encoding_of, read_table
from ckanext.hokkaido_schema.stored_file import StoredFile
from ckanext.hokkaido_schema.workbook.sheet_table import NotShown, read_sheet

__all__ = ["Reading", "read"]

_SHEETS = {"xlsx", "xls"}
_TEXTS = {"text", "xml", "html", "svg"}
_COLUMNS = {"csv", "tsv"}
_TREES = {"json", "geojson", "json-ld", "jsonld"}
_FEATURES = re.compile(rb'"type"\s*:\s*"FeatureCollection"')
_MOST_LINES = 300
_LONGEST_LINE = 500
#: A text of a page is not read further than this, in bytes: one line may be as long as the file.
_MOST_TEXT = 1 << 20


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page can show of a file.

    `kind` is `table`, `text` or `nothing`, and `reason` says why it is nothing. `complete` tells whether all of the
    file was read, `whole` whether all of it is shown.
    """

    kind: str
    reason: str = ""
    table: Table | None = None
    places: Places | None = None
    text: str = ""
    encoding: str = ""
    complete: bool = True
    notes: tuple[str, ...] = ()


def read(stored: StoredFile, filename: str, format_: str, most: int, sheet: str = "") -> Reading:
    """Read the beginning of a file.

    :param filename: its name; the extension tells columns from other text.
    :param format_: the format that its page names, which wins over the extension.
    :param most: bytes that may be read.
    :param sheet: name of a worksheet.
    """
    head = stored.head(most)
    complete = len(head) >= stored.size
    kind = kind_of(io.BytesIO(head))
    if head.startswith(b"PK\x03\x04") and not complete:
        return Reading("nothing", "too_large")
    if kind in _SHEETS:
        return _sheet(head, sheet) if complete else Reading("nothing", "too_large")
    if kind not in _TEXTS:
        return Reading("nothing", "no_text" if kind != "empty" else "empty_file")
    names = {format_.casefold(), PurePath(filename).suffix.casefold().removeprefix(".")}
    if names & _COLUMNS and kind == "text":
        table = read_table(head, complete=complete)
        return _with_places(table)
    if names & _TREES:
        return _tree(head, complete=complete)
    return _plain(head, complete=complete)


def _sheet(content: bytes, sheet: str) -> Reading:
    try:
        return _with_places(read_sheet(content, sheet))
    except NotShown as refused:
        return Reading("nothing", refused.code)


def _with_places(table: Table) -> Reading:
    places = of_table(table.headings, table.rows)
    return Reading(
        "table",
        table=table,
        places=places,
        encoding=table.encoding,
        complete=table.complete,
        notes=table.notes,
    )


def _tree(head: bytes, *, complete: bool) -> Reading:
    if not complete:
        plain = _plain(head, complete=False)
        return replace(plain, notes=(*plain.notes, "no_map")) if _FEATURES.search(head) else plain
    try:
        document = json.loads(head.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        plain = _plain(head, complete=True)
        return Reading("text", text=plain.text, encoding=plain.encoding, complete=plain.complete, notes=("no_json",))
    text, whole = _pretty(document)
    return Reading("text", text=text, places=of_geojson(document), encoding="UTF-8", complete=whole)


def _pretty(document: Any) -> tuple[str, bool]:
    """Return the first lines of a document, written with indentation; no more of it is written than is shown."""
    pieces: list[str] = []
    lines = length = 0
    try:
        for piece in json.JSONEncoder(indent=2, ensure_ascii=False).iterencode(document):
            pieces.append(piece)
            lines += piece.count("\n")
            length += len(piece)
            if lines >= _MOST_LINES or length >= _MOST_TEXT:
                return _cut("".join(pieces))[0], False
    except RecursionError:
        return _cut("".join(pieces))[0], False
    return _cut("".join(pieces))


def _plain(head: bytes, *, complete: bool) -> Reading:
    part = head[:_MOST_TEXT]
    whole = complete and len(part) == len(head)
    encoding, fits = encoding_of(part, complete=whole)
    decoder = codecs.getincrementaldecoder(encoding.codec)("replace")
    text, shown = _cut(decoder.decode(part, whole))
    notes = () if fits else ("undecodable",)
    return Reading("text", text=text, encoding=encoding.label, complete=whole and shown, notes=notes)


def _cut(text: str) -> tuple[str, bool]:
    lines = io.StringIO(text.replace("\0", "\ufffd"))
    kept = [line.rstrip("\r\n") for line in itertools.islice(lines, _MOST_LINES + 1)]
    whole = len(kept) <= _MOST_LINES and all(len(line) <= _LONGEST_LINE for line in kept)
    return "\n".join(line[:_LONGEST_LINE] for line in kept[:_MOST_LINES]), whole
