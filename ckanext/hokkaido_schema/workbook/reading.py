"""Reading workbooks that people hand in: ours, or オープンデータ一覧 as a workbook; the guard has looked before."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.cell import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from ckanext.hokkaido_core.domain.file_faults import Fault
from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_core.domain.text_table import MAX_COLUMNS, MAX_ROWS
from ckanext.hokkaido_core.domain.workbook_guard import inspect
from ckanext.hokkaido_schema.domain.record import FORMULA, Note, Record
from ckanext.hokkaido_schema.workbook.columns import DATASET_ID, DATASETS, FILE_ID, FILES, TITLE, VERSION, Column

__all__ = ["Sheets", "read_own", "sheets"]

Rows = list[list[str]]
Sheets = dict[str, Rows]


def sheets(content: bytes) -> Sheets | Fault:
    """Return the texts of every sheet, or why the file is not read."""
    if fault := inspect(content):
        return fault
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        found: Sheets = {}
        for sheet in book.worksheets:
            rows = _rows(sheet)
            if isinstance(rows, Fault):
                return rows
            found[sheet.title] = rows
    except (InvalidFileException, BadZipFile, ParseError, KeyError, ValueError, TypeError, AttributeError):
        # openpyxl has no one exception for a broken workbook.
        return Fault("damaged_file")
    return found


def _rows(sheet: Any) -> Rows | Fault:
    # What a sheet says of its own size may be a lie; the rows themselves are counted.
    sheet.reset_dimensions()
    rows: Rows = []
    blank = 0
    for cells in sheet.iter_rows(max_col=MAX_COLUMNS + 1):
        texts = [_text(cell) for cell in cells]
        if len(texts) > MAX_COLUMNS and texts[MAX_COLUMNS]:
            return Fault("too_many_columns", {"limit": MAX_COLUMNS})
        blank = 0 if any(texts) else blank + 1
        rows.append(texts)
        if len(rows) - blank > MAX_ROWS:
            return Fault("too_many_rows", {"limit": MAX_ROWS})
        if blank > MAX_ROWS:
            break
    return rows[: len(rows) - blank]


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return FORMULA
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


def read_own(
    found: Sheets, of_dataset: Sequence[Column], of_file: Sequence[Column], codes: Callable[[str, str], tuple[str, ...]]
) -> list[Record] | None:
    """Return the records of our workbook, nothing when it is another one; cells that are blank clear their field."""
    rows = found.get(DATASETS)
    if not rows or DATASET_ID not in rows[0]:
        return None
    own = _Sheet(DATASETS, rows, of_dataset, codes)
    records = [own.record(number) for number in range(1, len(rows)) if any(rows[number])]
    files = found.get(FILES) or [[]]
    if DATASET_ID in files[0]:
        _hang_files(records, _Sheet(FILES, files, of_file, codes))
    return records


def _hang_files(records: list[Record], sheet: _Sheet) -> None:
    by_id = {record.source["id"]: record for record in records if record.source.get("id")}
    by_title = {comparison_key(str(record.dataset.get("title"))): record for record in records}
    for number in range(1, len(sheet.rows)):
        if not any(sheet.rows[number]):
            continue
        title = comparison_key(sheet.cell(number, TITLE))
        record = by_id.get(sheet.cell(number, DATASET_ID)) or by_title.get(title)
        if record is None:
            told = sheet.cell(number, TITLE).replace(FORMULA, "")
            lost = Note(f"{FILES}!A{number + 1}", "no_dataset", told)
            records.append(Record(number + 1, refusals=[lost], refused=True))
            continue
        file = sheet.values(number, record)
        if sheet.cell(number, FILE_ID) == FORMULA:
            record.refusals.append(sheet.formula(number, FILE_ID))
            continue
        file["id"] = sheet.cell(number, FILE_ID)
        record.dataset.setdefault("resources", []).append(file)


class _Sheet:
    """A sheet of the workbook, its columns known by their headings in any order."""

    def __init__(self, name: str, rows: Rows, columns: Sequence[Column], codes: Any) -> None:
        self.name, self.rows, self._codes = name, rows, codes
        places = {comparison_key(heading): place for place, heading in reversed(list(enumerate(rows[0]))) if heading}
        self._places = places
        self._columns = [
            (column, places[key]) for column in columns if (key := comparison_key(column.heading)) in places
        ]

    def cell(self, row: int, heading: str) -> str:
        """Return a cell by the heading of its column."""
        place = self._places.get(comparison_key(heading))
        cells = self.rows[row]
        return cells[place] if place is not None and place < len(cells) else ""

    def formula(self, row: int, heading: str) -> Note:
        """Return the refusal of a formula, with its cell."""
        letter = get_column_letter(self._places[comparison_key(heading)] + 1)
        return Note(f"{heading}（{self.name}!{letter}{row + 1}）", "formula", "")

    def record(self, row: int) -> Record:
        """Return the record in a row."""
        record = Record(row + 1)
        record.dataset = self.values(row, record)
        if FORMULA in {self.cell(row, DATASET_ID), self.cell(row, VERSION)}:
            record.refusals.append(self.formula(row, DATASET_ID))
            record.refused = True
        elif mark := self.cell(row, DATASET_ID):
            record.source["id"] = mark
            record.source["version"] = self.cell(row, VERSION)
        elif not record.dataset.get("title"):
            record.refusals.append(Note(TITLE, "no_title", ""))
            record.refused = True
        return record

    def values(self, row: int, record: Record) -> dict[str, Any]:
        """Return what a row says; a formula is refused and changes nothing."""
        found: dict[str, Any] = {}
        groups: dict[str, dict[str, str]] = {}
        broken: set[str] = set()
        cells = self.rows[row]
        for column, place in self._columns:
            text = cells[place] if place < len(cells) else ""
            if text == FORMULA:
                record.refusals.append(self.formula(row, column.heading))
                broken.add(column.field)
            elif column.kind == "group":
                groups.setdefault(column.field, {})[column.part] = text
            else:
                found[column.field] = column.read(text, self._codes)
        for name, group in groups.items():
            if name not in broken:
                found[name] = [group] if any(group.values()) else []
        return found
