"""Looking into one file for its form and its headings, within limits, without keeping anything that stands in it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineWorkbook

from ckanext.hokkaido_core.workbook_biff import Encrypted
from ckanext.hokkaido_core.workbook_faults import reading_workbook
from ckanext.hokkaido_core.workbook_scan import Damaged, scan_workbook
from ckanext.hokkaido_inventory.domain.heading_row import find_heading, title_above
from ckanext.hokkaido_inventory.workbook.cells import plain_text
from ckanext.hokkaido_inventory.workbook.guard import DEFAULT_LIMITS, inspect

__all__ = ["Look", "Unreadable", "look_into", "read_tables"]

MOST_COLUMNS = 512
#: Encodings in the order in which a file without a mark is tried; each must fit to the last byte (UP-14).
_ENCODINGS = ("utf-8", "cp932", "euc_jp")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_NAMES = {"utf-8": "UTF-8", "cp932": "Shift_JIS", "euc_jp": "EUC-JP"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Sheets of examples are not data (作成例, 記入例).
_EXAMPLE = ("作成例", "記入例", "記載例", "入力例", "サンプル")


class Unreadable(Exception):
    """The file cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Look:
    """What a file shows: its format, encoding (texts only), number of sheets, headings, rows below them, title."""

    format: str
    encoding: str = ""
    sheets: int = 0
    rows: int | None = None
    columns: tuple[str, ...] = ()
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Tables:
    """The sheets of a file as texts."""

    format: str
    encoding: str
    sheets: list[list[list[str]]] = field(default_factory=list)


def look_into(path: Path, extension_format: str) -> Look:
    """Return what a file shows; a file that is no table is told by its format only.

    :param extension_format: code of the format that the name says, for what is not opened.
    :raises Unreadable: for a table that cannot be read.
    """
    if path.suffix.casefold() not in {".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsm"}:
        return Look(extension_format)
    tables = read_tables(path.read_bytes(), path.name)
    best = Look(tables.format, tables.encoding, len(tables.sheets))
    for sheet in tables.sheets:
        if (heading := find_heading(sheet)) is None:
            continue
        rows = sum(any(cell.strip() for cell in row) for row in sheet[heading.row + 1 :])
        if best.rows is None or rows > best.rows:
            title = title_above(sheet, heading)
            best = Look(tables.format, tables.encoding, len(tables.sheets), rows, heading.columns, title)
    return best


def read_tables(content: bytes, name: str = "") -> Tables:
    """Return the sheets of a spreadsheet or a text of separated values, told by its bytes, not by its name.

    :raises Unreadable: when it is neither, or damaged, protected, or packed to do harm.
    """
    if not content:
        raise Unreadable("empty_file")
    if content.startswith(b"PK"):
        return _xlsx(content)
    if content.startswith(_OLE):
        return Tables("XLS", "", _sheets(content))
    if content.startswith(b"%PDF"):
        raise Unreadable("pdf_file")
    if content[:512].lstrip().lower().startswith((b"<!doctype", b"<html")):
        raise Unreadable("html_file")
    return _text(content, name)


def _xlsx(content: bytes) -> Tables:
    if refused := inspect(content, DEFAULT_LIMITS):
        raise Unreadable(refused[0].kind.code)
    try:
        scans = scan_workbook(content)
    except Damaged as error:
        raise Unreadable("damaged_file") from error
    if not all(scan.reasonable for scan in scans):
        raise Unreadable("too_many_rows")
    return Tables("XLSX", "", _sheets(content))


def _sheets(content: bytes) -> list[list[list[str]]]:
    if len(content) > DEFAULT_LIMITS.file_bytes:
        raise Unreadable("file_too_large")
    try:
        with reading_workbook():
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
            names = [name for name in workbook.sheet_names if not any(word in name for word in _EXAMPLE)]
            return [_texts(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names]
    except (Damaged, Encrypted) as error:
        raise Unreadable("damaged_file") from error


def _texts(rows: Sequence[Sequence[object]]) -> list[list[str]]:
    return [[plain_text(cell) for cell in row[:MOST_COLUMNS]] for row in rows]


def _text(content: bytes, name: str) -> Tables:
    text, encoding = _decoded(content)
    if "\x00" in text:
        raise Unreadable("not_a_table")
    first = text[: text.find("\n")] if "\n" in text else text
    tabs = name.casefold().endswith(".tsv") or first.count("\t") > first.count(",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if tabs else ",")
    try:
        rows = [row[:MOST_COLUMNS] for row in reader]
    except csv.Error as error:
        raise Unreadable("damaged_file") from error
    return Tables("TSV" if tabs else "CSV", encoding, [rows])


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, codec, shown in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(codec), shown
            except UnicodeDecodeError as error:
                raise Unreadable("unknown_encoding") from error
    for codec in _ENCODINGS:
        try:
            return content.decode(codec), _NAMES[codec]
        except UnicodeDecodeError:
            continue
    raise Unreadable("unknown_encoding")
