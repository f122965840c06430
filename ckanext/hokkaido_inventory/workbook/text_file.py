"""Reading text files with columns, in the words of this plugin's findings; the core does the reading."""

from __future__ import annotations

from ckanext.hokkaido_core.domain import text_table
from ckanext.hokkaido_core.domain.file_faults import Fault
from ckanext.hokkaido_inventory.domain.finding_kinds import kind
from ckanext.hokkaido_inventory.domain.findings import Finding

__all__ = ["SHEET_NAME", "decode", "read_rows"]

#: A text file has one sheet, which findings call so.
SHEET_NAME = "CSV"


def decode(content: bytes) -> tuple[str, str] | Finding:
    """Return the text of a file and the encoding that fits it strictly, or why there is none."""
    decoded = text_table.decode(content)
    return _finding(decoded) if isinstance(decoded, Fault) else decoded


def read_rows(text: str) -> tuple[list[list[object]], list[Finding]]:
    """Return the rows of a text file, all of one width, and what is wrong with it as a whole."""
    rows, faults = text_table.read_rows(text)
    return rows, [_finding(fault) for fault in faults]


def _finding(fault: Fault) -> Finding:
    sheet = None if fault.code == "not_a_workbook" else SHEET_NAME
    return Finding(kind(fault.code), sheet, fault.line, params=fault.params)
