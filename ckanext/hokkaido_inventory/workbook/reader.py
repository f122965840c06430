"""Read a workbook people send: which form it is, its rows, and everything that is wrong with it, all at once."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from ckanext.hokkaido_inventory.domain.finding_kinds import kind
from ckanext.hokkaido_inventory.domain.findings import Finding, ordered
from ckanext.hokkaido_inventory.workbook.cells import Vocabularies
from ckanext.hokkaido_inventory.workbook.grid import Grid
from ckanext.hokkaido_inventory.workbook.guard import DEFAULT_LIMITS, MIB, Limits, inspect
from ckanext.hokkaido_inventory.workbook.read_official import find_sheets, read_official
from ckanext.hokkaido_inventory.workbook.read_template import find_answer_sheet, read_template
from ckanext.hokkaido_inventory.workbook.result import ReadResult
from ckanext.hokkaido_inventory.workbook.scan import MAX_COLUMNS, MAX_ROWS, Damaged, Sheet, scan_workbook

__all__ = ["MAX_FINDINGS", "read"]

#: So many problems of one file are spelled out (UP-22).
MAX_FINDINGS = 2000

_NOTHING: Mapping[str, tuple[()]] = {}


def read(source: bytes | Path, vocabularies: Vocabularies = _NOTHING, limits: Limits = DEFAULT_LIMITS) -> ReadResult:
    """Read a workbook of the official layout (GIF 465-3) or of the suite's own template.

    `source` is the file's content or its path; `vocabularies` maps the names in `Question.vocabulary` to their choices.
    Nothing in a file raises: what is wrong comes back as findings, errors first, in reading order. Hidden rows, columns
    and sheets are read like any other (UP-09).
    """
    content = _content(source, limits)
    if isinstance(content, Finding):
        return ReadResult(findings=[content])
    if refused := inspect(content, limits):
        return ReadResult(findings=refused)
    try:
        scans = scan_workbook(content)
        if unreasonable := [found for scan in scans if (found := _unreasonable(scan))]:
            return ReadResult(findings=unreasonable)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        grids = [Grid.load(workbook, scan) for scan in scans]
    except (Damaged, CalamineError):
        return ReadResult(findings=[Finding(kind("damaged_file"))])
    result = _dispatch(grids, vocabularies)
    result.findings = _bounded(ordered(result.findings))
    return result


def _bounded(findings: list[Finding]) -> list[Finding]:
    """Cut a list that nobody could read to its end; errors stand first, so that none is cut before a warning."""
    if len(findings) <= MAX_FINDINGS:
        return findings
    return [*findings[:MAX_FINDINGS], Finding(kind("more_findings"), params={"count": len(findings) - MAX_FINDINGS})]


def _content(source: bytes | Path, limits: Limits) -> bytes | Finding:
    if isinstance(source, bytes):
        return source
    size = source.stat().st_size
    if size > limits.file_bytes:
        # A file of many gigabytes is not even loaded.
        params = {"size": -(-size // MIB), "limit": limits.file_bytes // MIB}
        return Finding(kind("file_too_large"), params=params)
    return source.read_bytes()


def _unreasonable(scan: Sheet) -> Finding | None:
    if scan.reasonable:
        return None
    if scan.last_row > MAX_ROWS:
        return Finding(kind("too_many_rows"), scan.name, params={"limit": MAX_ROWS})
    if scan.last_column > MAX_COLUMNS:
        return Finding(kind("too_many_columns"), scan.name, params={"limit": MAX_COLUMNS})
    return Finding(kind("zip_suspicious"), scan.name, params={"part": scan.name})


def _dispatch(grids: list[Grid], vocabularies: Vocabularies) -> ReadResult:
    if not any(grid.rows for grid in grids):
        return ReadResult(findings=[Finding(kind("empty_workbook"))])
    if sheets := find_sheets(grids):
        return read_official(grids, sheets, vocabularies)
    if answers := find_answer_sheet(grids):
        return read_template(grids, answers, vocabularies)
    names = "、".join(grid.name for grid in grids[:10])
    return ReadResult(findings=[Finding(kind("unknown_layout"), params={"sheets": names[:200]})])
