"""Read a workbook people send: which form it is, its rows, and everything that is wrong with it, all at once."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_core.workbook_biff import Encrypted, scan_old_workbook
from ckanext.hokkaido_core.workbook_faults import reading_workbook
from ckanext.hokkaido_core.workbook_scan import MAX_COLUMNS, MAX_ROWS, Damaged, Sheet, scan_workbook
from ckanext.hokkaido_inventory.domain.finding_kinds import kind
from ckanext.hokkaido_inventory.domain.findings import Finding, ordered
from ckanext.hokkaido_inventory.workbook.cells import Vocabularies
from ckanext.hokkaido_inventory.workbook.grid import Grid
from ckanext.hokkaido_inventory.workbook.guard import DEFAULT_LIMITS, MIB, Limits, inspect
from ckanext.hokkaido_inventory.workbook.read_official import find_sheets, read_official
from ckanext.hokkaido_inventory.workbook.read_own import NOTHING_CHOSEN, Choices, read_own
from ckanext.hokkaido_inventory.workbook.read_template import find_answer_sheet, read_template
from ckanext.hokkaido_inventory.workbook.result import ReadResult
from ckanext.hokkaido_inventory.workbook.template_layout import TEMPLATE_SHEET
from ckanext.hokkaido_inventory.workbook.text_file import SHEET_NAME, decode, read_rows

__all__ = ["MAX_FINDINGS", "read"]

#: So many problems of one file are spelled out (UP-22).
MAX_FINDINGS = 2000

#: What the guard takes for no workbook may be a text file with columns, in whatever encoding.
_MAYBE_TEXT = {"csv_file", "not_a_workbook"}
#: A template whose columns are others than it had is none, unless its name or its codes say that it is.
_NOT_THE_FORM = {"heading_missing", "heading_unknown"}
_NOTHING: Mapping[str, tuple[()]] = {}


def read(
    source: bytes | Path,
    vocabularies: Vocabularies = _NOTHING,
    limits: Limits = DEFAULT_LIMITS,
    choices: Choices = NOTHING_CHOSEN,
) -> ReadResult:
    """Read a file people send: the official layout (GIF 465-3), the suite's own template, or any list of an office.

    `source` is the file's content or its path; `vocabularies` maps the names in `Question.vocabulary` to their choices;
    `choices` is what a person decided of how an own list is read. The kind of file is told from its content, never from
    its name. Nothing in a file raises: what is wrong comes back as findings, errors first, in reading order. Hidden
    rows and columns are read like any other (UP-09).
    """
    content = _content(source, limits)
    grids = [content] if isinstance(content, Finding) else _grids(content, limits)
    findings = [item for item in grids if isinstance(item, Finding)]
    if findings:
        return ReadResult(findings=findings)
    result = _dispatch([item for item in grids if isinstance(item, Grid)], vocabularies, choices)
    result.findings = _bounded(ordered(result.findings))
    return result


def _grids(content: bytes, limits: Limits) -> Sequence[Grid | Finding]:
    """Return the sheets of a file, or why it is not read."""
    refused = inspect(content, limits)
    code = refused[0].code if refused else ""
    try:
        with reading_workbook():
            if code == "old_excel_file":
                return _sheets(content, scan_old_workbook(content))
            if code in _MAYBE_TEXT and not content.startswith(b"PK"):
                return _text(content)
            return refused or _sheets(content, scan_workbook(content))
    except Encrypted:
        return [Finding(kind("encrypted_file"))]
    except Damaged:
        return [Finding(kind("damaged_file"))]


def _sheets(content: bytes, scans: list[Sheet]) -> Sequence[Grid | Finding]:
    if unreasonable := [found for scan in scans if (found := _unreasonable(scan))]:
        return unreasonable
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    known = {sheet.name: sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet}
    grids = [Grid.load(workbook, scan) for scan in scans if scan.name in known]
    for grid in grids:
        grid.hidden = known[grid.name].visible != SheetVisibleEnum.Visible
    return grids


def _text(content: bytes) -> Sequence[Grid | Finding]:
    decoded = decode(content)
    if isinstance(decoded, Finding):
        return [decoded]
    rows, findings = read_rows(decoded[0])
    return findings or [Grid(Sheet(SHEET_NAME, is_text=True), rows, len(rows))]


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


def _dispatch(grids: list[Grid], vocabularies: Vocabularies, choices: Choices) -> ReadResult:
    if not any(grid.rows for grid in grids):
        return ReadResult(findings=[Finding(kind("empty_workbook"))])
    if choices.sheet is None and choices.header_rows is None:
        if sheets := find_sheets(grids):
            return read_official(grids, sheets, vocabularies)
        answers = find_answer_sheet(grids)
        form = read_template(grids, answers, vocabularies) if answers else None
        if answers and form and not _only_alike(answers, form):
            return form
    if own := read_own(grids, vocabularies, choices):
        return own
    names = "、".join(grid.name for grid in grids[:10])
    return ReadResult(findings=[Finding(kind("no_table"), params={"sheets": names[:200]})])


def _only_alike(grid: Grid, form: ReadResult) -> bool:
    """Say whether a sheet only has headings like those of the template: an own list that uses the same words."""
    named = comparison_key(grid.name) == comparison_key(TEMPLATE_SHEET)
    return not named and not form.codes and any(finding.code in _NOT_THE_FORM for finding in form.findings)
