"""Reading any file that a body publishes: what it is, told by its content, and the tables in it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from pathlib import PurePosixPath

from ckanext.hokkaido_core.domain.file_faults import Fault
from ckanext.hokkaido_core.domain.workbook_guard import MIB, Limits, inspect
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.tables.grid import MOST_COLUMNS_IN_ALL
from ckanext.hokkaido_standards.tables.shape import shape
from ckanext.hokkaido_standards.tables.table import TableFile
from ckanext.hokkaido_standards.tables.text_file import read_text
from ckanext.hokkaido_standards.tables.workbook_file import Refused, read_workbook

__all__ = ["read"]

_LIMITS = Limits(file_bytes=512 * MIB)
_MAYBE_TEXT = {"csv_file", "not_a_workbook", "html_file"}
_MARKUP = b"<"
_BLANKS = b"\xef\xbb\xbf \t\r\n"
#: What names of each kind end with.
_ENDINGS = {"csv": {".csv", ".tsv", ".txt", ".tab"}, "xlsx": {".xlsx"}, "xls": {".xls"}}
#: Why nothing is read -> the rule that says so; what is packed in an odd way is suspicious.
_RULES = {
    "empty_file": "file-empty",
    "file_too_large": "file-large",
    "html_file": "file-page",
    "pdf_file": "file-pdf",
    "ods_file": "file-ods",
    "xlsb_file": "file-xlsb",
    "macro_file": "file-macros",
    "encrypted_file": "file-password",
    "damaged_file": "file-damaged",
    "not_a_workbook": "file-no-table",
    "undecodable": "file-undecodable",
    "too_many_rows": "sheet-large",
    "too_many_columns": "file-wide",
}


def read(name: str, content: bytes, *, with_grids: bool = False) -> TableFile:
    """Return a file with its tables and with what is wrong with how it is written.

    :param name: name of the file; only its ending is looked at, for telling that it says something else.
    :param content: the whole file. Nothing in it raises: a file that cannot be read has no table, and one finding
        that says why and what to do.
    :param with_grids: whether every cell is kept, those that belong to no table too.
    """
    file = TableFile(PurePosixPath(name.replace("\\", "/")).name)
    refused = inspect(content, _LIMITS)
    code = refused.code if refused else ""
    if code in _MAYBE_TEXT and not content.startswith(b"PK") and not _is_markup(content, code):
        _text(file, content)
    elif refused and code != "old_excel_file":
        _unreadable(file, refused)
    else:
        _workbook(file, content, old=refused is not None)
    if not file.tables and not file.findings:
        file.findings.append(Finding("file-empty"))
    _without_the_widest(file)
    if not with_grids:
        file.grids = []
    if file.kind and not _fits(file):
        file.findings.insert(0, Finding("file-extension", value=file.name, params={"kind": file.kind}))
    return file


def _without_the_widest(file: TableFile) -> None:
    """Leave out the tables after those whose columns are as many as a file may have, and say so."""
    columns = list(accumulate(table.frame.width for table in file.tables))
    kept = bisect_right(columns, MOST_COLUMNS_IN_ALL)
    if kept < len(columns):
        first = file.tables[kept]
        told = {"limit": MOST_COLUMNS_IN_ALL}
        file.findings.append(Finding("file-wide", first.sheet, first.heading_row or None, params=told))
        del file.tables[kept:]


def _is_markup(content: bytes, code: str) -> bool:
    """Say whether a file is a page; a table may have pages in its cells."""
    return code == "html_file" and content[:4096].lstrip(_BLANKS).startswith(_MARKUP)


def _fits(file: TableFile) -> bool:
    ending = PurePosixPath(file.name).suffix.lower()
    return not ending or ending in _ENDINGS[file.kind] or not any(ending in known for known in _ENDINGS.values())


def _text(file: TableFile, content: bytes) -> None:
    told = read_text(content)
    if isinstance(told, Fault):
        _unreadable(file, told)
        return
    grid, file.encoding, file.delimiter, file.findings = told
    file.kind = "csv"
    file.grids = [grid]
    file.tables, findings = shape(file.grids)
    file.findings += findings


def _workbook(file: TableFile, content: bytes, *, old: bool) -> None:
    grids = read_workbook(content, old=old)
    if isinstance(grids, Fault):
        _unreadable(file, grids)
        return
    file.kind = "xls" if old else "xlsx"
    if old:
        file.findings.append(Finding("file-xls", repairable=True))
    for grid in grids:
        if isinstance(grid, Refused):
            _unreadable(file, grid.fault, grid.name)
    file.grids = [grid for grid in grids if not isinstance(grid, Refused)]
    file.tables, findings = shape(file.grids)
    file.findings += findings


def _unreadable(file: TableFile, fault: Fault, sheet: str = "") -> None:
    finding = Finding(_RULES.get(fault.code, "file-suspicious"), sheet, fault.line, params=fault.params)
    file.findings.append(finding)
