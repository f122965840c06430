"""What the value reader does not tell: formulas, error cells and the true extent of a sheet, read from its XML.

python-calamine gives a formula's cached value and an empty text for an error, and it reserves the whole rectangle
between the first and the last cell. So the XML is looked through once before (UP-06, UP-08).
"""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from posixpath import join, normpath
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import ParseError, fromstring, iterparse
from openpyxl.utils.cell import column_index_from_string

# A sheet with a value beyond these is refused; together they bound the rectangle the reader reserves.
from ckanext.hokkaido_core.domain.text_table import MAX_COLUMNS, MAX_ROWS

__all__ = ["MAX_COLUMNS", "MAX_ROWS", "MAX_TEXT_BYTES", "Damaged", "Sheet", "scan_workbook"]

#: All texts of a sheet together, each counted as often as cells show it: a shared string is stored once and read often.
MAX_TEXT_BYTES = 256 * 1024 * 1024

# None of these may look past the next tag: a file made to be slow would have them read it to its end again and again.
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?:[^<>]*[^/<>])?>')
_ERROR = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^<>]*\bt="e"')
_FORMULA = re.compile(rb"<f[ >/][^<>]*")
_ROW = re.compile(rb"<(?:\w{1,20}:)?row ([^<>]*)")
_COLUMNS = re.compile(rb"<(?:\w{1,20}:)?col ([^<>]*)")
_ATTRIBUTE = re.compile(rb'\b(r|min|max|hidden)="(\w{1,7})"')
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_INDEX = re.compile(rb't="s"[^<>]*><v>([0-9]+)</v>')
_STRING_END = re.compile(rb"</(?:\w+:)?si>")
#: The opening tag of a cell stands at most this many bytes before the formula inside it.
_NEAR = 400


class Damaged(Exception):
    """The workbook's XML cannot be read."""


@dataclass(slots=True)
class Sheet:
    """What was found in one sheet; rows and columns are counted from 1.

    `formulas` and `errors` hold (row, column); `ordered` is False where cells do not stand in reading order, which no
    spreadsheet program writes; `text_bytes` is an upper bound of its texts; `is_text` marks a text file with columns;
    `hidden_rows` and `hidden_columns` are not shown to whoever opens it, nor is a sheet that is `hidden` as a whole;
    `part` is its name in the archive of a workbook that is one.
    """

    name: str
    last_row: int = 0
    last_column: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)
    ordered: bool = True
    text_bytes: int = 0
    is_text: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    part: str = ""

    @property
    def reasonable(self) -> bool:
        """Say whether the sheet may be given to the reader."""
        fits = self.last_row <= MAX_ROWS and self.last_column <= MAX_COLUMNS
        return fits and self.ordered and self.text_bytes <= MAX_TEXT_BYTES


def scan_workbook(content: bytes) -> list[Sheet]:
    """Return the sheets of an inspected workbook in their order; raise Damaged where its XML is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            strings = _string_sizes(archive)
            return [
                _scan(Sheet(name, hidden=is_hidden, part=part), archive.read(part), strings)
                for name, is_hidden, part in _sheet_parts(archive)
            ]
    except (ParseError, KeyError, zipfile.BadZipFile, ValueError) as error:
        raise Damaged(str(error)) from error


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bool, str]]:
    parts = {relation.get("Id"): part for relation, part in _related(archive)}
    for node in fromstring(archive.read("xl/workbook.xml")).iter():
        if node.tag.rpartition("}")[2] != "sheet":
            continue
        identifier = next((value for key, value in node.attrib.items() if key.endswith("}id")), "")
        if parts[identifier].casefold().startswith("xl/worksheets/"):
            yield node.get("name", ""), node.get("state", "visible") != "visible", parts[identifier]


def _related(archive: zipfile.ZipFile) -> Iterator[tuple[Element, str]]:
    """Yield the relations of the workbook that lead to a part of the archive, each with the part's name."""
    names = {name.casefold(): name for name in archive.namelist()}
    for relation in fromstring(archive.read("xl/_rels/workbook.xml.rels")):
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        if path.casefold() in names:
            yield relation, names[path.casefold()]


def _string_sizes(archive: zipfile.ZipFile) -> list[int]:
    part = next((part for node, part in _related(archive) if node.get("Type", "").endswith("/sharedStrings")), None)
    if part is None:
        return []
    ends = [found.end() for found in _STRING_END.finditer(archive.read(part))]
    return [end - start for start, end in itertools.pairwise([0, *ends])]


def _scan(sheet: Sheet, xml: bytes, strings: list[int]) -> Sheet:
    usual = b"<worksheet" in xml[:2000] and xml.count(b"<c ") == xml.count(b'<c r="') and b"<c>" not in xml
    if usual:
        _scan_usual(sheet, xml)
    else:
        _scan_any(sheet, xml)
    sheet.text_bytes = _text_bytes(xml, strings)
    if b"hidden" in xml:
        sheet.hidden_rows = {row for first, last in _hidden(_ROW, xml) for row in range(first, min(last, MAX_ROWS) + 1)}
        places = [range(first, min(last, MAX_COLUMNS) + 1) for first, last in _hidden(_COLUMNS, xml)]
        sheet.hidden_columns = {column for columns in places for column in columns}
    return sheet


def _hidden(tag: re.Pattern[bytes], xml: bytes) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of what a tag for rows or for columns hides."""
    for attributes in tag.findall(xml):
        given = dict(_ATTRIBUTE.findall(attributes))
        first = given.get(b"r") or given.get(b"min")
        if given.get(b"hidden") in {b"1", b"true"} and first:
            yield int(first), int(given.get(b"max") or first)


def _scan_usual(sheet: Sheet, xml: bytes) -> None:
    """Scan what Excel, LibreOffice and openpyxl write: unprefixed tags, every cell with its place first."""
    cells = _CELL.findall(xml)
    if cells:
        rows = [int(row) for _column, row in cells]
        sheet.last_row = max(rows)
        sheet.ordered = rows == sorted(rows)
        sheet.last_column = max(column_index_from_string(column.decode()) for column in {cell[0] for cell in cells})
    if b't="e"' in xml:
        sheet.errors.update(_place(column, row) for column, row in _ERROR.findall(xml))
    for found in _FORMULA.finditer(xml):
        start = xml.rfind(b'<c r="', max(0, found.start() - _NEAR), found.start())
        place = _REFERENCE.match(xml[start + 6 : start + 20].decode("ascii", "replace")) if start >= 0 else None
        if place:
            sheet.formulas.add(_place(place[1], place[2]))
        sheet.formulas.update(_array(found.group().decode("utf-8", "replace")))


def _scan_any(sheet: Sheet, xml: bytes) -> None:
    """Scan XML of any shape, with prefixes or cells that do not tell their place."""
    row = column = 0
    for event, node in iterparse(io.BytesIO(xml), events=("start", "end")):
        tag = node.tag.rpartition("}")[2]
        if event == "end":
            if tag == "row":
                node.clear()
        elif tag == "row":
            row, column = int(node.get("r") or row + 1), 0
        elif tag == "c":
            place = _REFERENCE.fullmatch(node.get("r") or "")
            before = row
            row, column = _place(place[1], place[2]) if place else (row, column + 1)
            sheet.ordered = sheet.ordered and before <= row
            if node.get("t") == "e":
                sheet.errors.add((row, column))
        else:
            _scan_content(sheet, tag, node, (row, column))


def _scan_content(sheet: Sheet, tag: str, node: Element, place: tuple[int, int]) -> None:
    if tag in {"v", "is"}:
        sheet.last_row, sheet.last_column = max(sheet.last_row, place[0]), max(sheet.last_column, place[1])
    elif tag == "f":
        sheet.formulas.add(place)
        sheet.formulas.update(_array(f't="{node.get("t")}" ref="{node.get("ref")}"'))


def _array(attributes: str) -> Iterable[tuple[int, int]]:
    """Return the cells that an array formula fills besides its own."""
    area = re.search(r'ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"', attributes)
    if not area or 't="array"' not in attributes:
        return ()
    left, right = column_index_from_string(area[1]), column_index_from_string(area[3])
    rows = range(int(area[2]), min(int(area[4]), MAX_ROWS) + 1)
    return {(row, column) for row in rows for column in range(left, min(right, MAX_COLUMNS) + 1)}


def _place(column: str | bytes, row: str | bytes) -> tuple[int, int]:
    letters = column.decode() if isinstance(column, bytes) else column
    return int(row), column_index_from_string(letters)


def _text_bytes(xml: bytes, strings: list[int]) -> int:
    longest = max(strings, default=0)
    used = xml.count(b't="s"')
    if longest * used + len(xml) <= MAX_TEXT_BYTES:
        return longest * used + len(xml)
    counted = Counter(map(int, _INDEX.findall(xml)))
    told = sum(strings[index] * times for index, times in counted.items() if index < len(strings))
    # Cells written in an unusual way are counted at the price of the longest text.
    return told + longest * max(0, used - counted.total()) + len(xml)
