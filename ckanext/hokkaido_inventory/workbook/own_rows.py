"""The rows of somebody's own list: which of them are data, and what their cells answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from openpyxl.utils.cell import get_column_letter

from ckanext.hokkaido_core.domain.csv_cell import restore
from ckanext.hokkaido_inventory.domain.findings import Finding
from ckanext.hokkaido_inventory.domain.questions import question
from ckanext.hokkaido_inventory.workbook.cells import Vocabularies, is_blank, plain_text
from ckanext.hokkaido_inventory.workbook.checks import check_contradictions
from ckanext.hokkaido_inventory.workbook.grid import Grid
from ckanext.hokkaido_inventory.workbook.proposal import Proposal
from ckanext.hokkaido_inventory.workbook.result import ReadResult, RowRead
from ckanext.hokkaido_inventory.workbook.table import Table, filled_cells, heading_text, is_note, is_plain_text
from ckanext.hokkaido_inventory.workbook.understanding import UNKNOWN, Understanding

__all__ = ["read_rows"]

#: 合計, 全道計, 町村計 …, but not 統計, 会計, 家計, 設計, 集計.
_TOTAL = re.compile(
    r"[〈<（(【\[]?(?:.{0,6}(?:合計|小計|総計|累計|[都道府県市区町村郡局部課全]計)|計|総数)[〉>）)】\]]?"
)
_EXAMPLE = re.compile(r"[(（【\[<]?(?:例|記入例|記載例|入力例|サンプル|作成例)[)）】\]>]?[:：0-9]*")
_SECTION = re.compile(r"^[■□◆◇●○◎▼▽【〔《<＜〈第]")
_NOTE_TITLE = re.compile(r"[※＊]|[(（]?注[)）\d]")
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SHOWN = 60
_EXACT = 10**15
#: A row with one filled cell is a heading between rows only where the others fill so many.
_WIDE = 3


@dataclass(slots=True)
class _Skipped:
    """Rows in a run that were left out for the same reason."""

    code: str
    first: int
    last: int
    value: str

    def is_note_above(self, row: int) -> bool:
        """Say whether these rows are a note that ends right above a row."""
        return self.code == "note_skipped" and self.last == row - 1


@dataclass(slots=True)
class _Sheet:
    grid: Grid
    table: Table
    columns: list[tuple[Proposal, Understanding]]
    result: ReadResult
    title: int
    usual: int
    is_text: bool
    leaves: frozenset[str]
    covered: frozenset[int]
    runs: list[_Skipped] = field(default_factory=list)


def read_rows(
    grid: Grid, table: Table, proposals: Sequence[Proposal], vocabularies: Vocabularies, result: ReadResult
) -> None:
    """Add the rows of a table and its findings to a result; every row left out is told."""
    columns = _columns(proposals, vocabularies)
    title = next((proposal.heading.index for proposal, _ in columns if proposal.field == "title"), 0)
    if not title:
        return
    counts = sorted(
        len(list(filled_cells(grid, row))) for row in range(table.body, min(grid.height, table.body + 200) + 1)
    )
    filled = [count for count in counts if count]
    sheet = _Sheet(
        grid,
        table,
        columns,
        result,
        title,
        filled[len(filled) // 2] if filled else 0,
        grid.scan.is_text,
        frozenset(heading.leaf for heading in table.headings if heading.leaf),
        _covered(grid, title),
    )
    for row in range(table.body, grid.height + 1):
        _read_row(sheet, row)
    result.findings += [_told(grid, run) for run in sheet.runs]


def _columns(proposals: Sequence[Proposal], vocabularies: Vocabularies) -> list[tuple[Proposal, Understanding]]:
    columns: dict[str, tuple[Proposal, Understanding]] = {}
    for proposal in proposals:
        if proposal.field:
            columns.setdefault(proposal.field, (proposal, Understanding(question(proposal.field), vocabularies)))
    return list(columns.values())


def _covered(grid: Grid, column: int) -> frozenset[int]:
    """Return the rows whose title is merged with the one above."""
    return frozenset(
        row
        for top, left, bottom, right in grid.merged
        if left <= column <= right and bottom > top
        for row in range(top + 1, min(bottom, grid.height) + 1)
    )


def _read_row(sheet: _Sheet, at: int) -> None:
    cells = dict(filled_cells(sheet.grid, at))
    broken = any(sheet.grid.is_filled(at, proposal.heading.index) for proposal, _ in sheet.columns)
    if not cells and not broken:
        return
    code = _left_out(sheet, at, cells)
    if code:
        _skip(sheet, code, at, next(iter(cells.values()), ""))
        return
    row = RowRead(None, sheet.grid.name, at)
    unread: list[str] = []
    for proposal, understanding in sheet.columns:
        row.values[proposal.field or ""] = _answer(sheet, at, proposal, understanding, unread)
    row.unread = tuple(unread)
    places = {proposal.field or "": proposal.heading.index for proposal, _ in sheet.columns}
    check_contradictions(sheet.grid, row, places, sheet.result)
    sheet.result.rows.append(row)


def _left_out(sheet: _Sheet, at: int, cells: dict[int, str]) -> str | None:
    """Return the code of why a row is no data."""
    if sheet.grid.is_filled(at, sheet.title) and sheet.title not in cells:
        return None  # A formula or an error stands for the title: said where it is read.
    first, title = next(iter(cells.values()), ""), cells.get(sheet.title, "")
    code = _by_words(sheet, at, cells, first, title)
    if code or title:
        return code
    return "row_continued" if at in sheet.covered else "row_without_title"


def _by_words(sheet: _Sheet, at: int, cells: dict[int, str], first: str, title: str) -> str | None:
    """Return the code of why a row is no data by what it says."""
    alone = len(cells) == 1
    few = alone or len(cells) * 3 <= max(sheet.usual, 3)
    section = alone and title and sheet.usual >= _WIDE
    goes_on = title.endswith("。") and bool(sheet.runs) and sheet.runs[-1].is_note_above(at)
    reasons = {
        "note_skipped": (few and is_note(first)) or _NOTE_TITLE.match(title) or goes_on,
        "total_skipped": _is_total(title) or (_is_total(first) and not is_plain_text(title)),
        "example_skipped": _EXAMPLE.fullmatch(first) or _EXAMPLE.fullmatch(title),
        "heading_repeated": not alone and all(heading_text(text) in sheet.leaves for text in cells.values()),
        "section_skipped": section and (_SECTION.match(title) or len(title) > question("title").max_length),
    }
    return next((code for code, holds in reasons.items() if holds), None)


def _is_total(text: str) -> bool:
    return bool(_TOTAL.fullmatch(heading_text(text)))


def _skip(sheet: _Sheet, code: str, at: int, value: str) -> None:
    last = sheet.runs[-1] if sheet.runs else None
    if last and last.code == code and last.last == at - 1:
        last.last = at
    else:
        sheet.runs.append(_Skipped(code, at, at, value))


def _told(grid: Grid, run: _Skipped) -> Finding:
    return grid.at(run.code, run.first, None, _shown(run.value), last=run.last)


def _answer(
    sheet: _Sheet, at: int, proposal: Proposal, understanding: Understanding, unread: list[str]
) -> str | int | None:
    index, item = proposal.heading.index, understanding.question
    place = (at, index)
    value = sheet.grid.value(at, index)
    heading = (proposal.heading.text or get_column_letter(index))[:40]
    for code, places in (("formula", sheet.grid.scan.formulas), ("cell_error", sheet.grid.scan.errors)):
        if place in places:
            sheet.result.findings.append(sheet.grid.at(code, at, index, _shown(plain_text(value)), heading=heading))
            return None
    if is_blank(value):
        return None
    if isinstance(value, str):
        value = _clean(sheet, at, index, value, heading)
    if isinstance(value, float) and abs(value) >= _EXACT:
        sheet.result.findings.append(
            sheet.grid.at("precision_lost", at, index, _shown(plain_text(value)), heading=heading)
        )
        return None
    answer = understanding.read(value)
    if answer is UNKNOWN:
        shown = plain_text(value)
        unread.append(f"{heading}：{shown}")
        sheet.result.findings.append(
            sheet.grid.at("not_understood", at, index, _shown(shown), heading=heading, field=item.label.ja)
        )
        return None
    if isinstance(answer, str) and len(answer) > item.max_length and not understanding.choices:
        params = {"heading": heading, "length": len(answer), "limit": item.max_length}
        sheet.result.findings.append(sheet.grid.at("text_cut", at, index, _shown(answer), **params))
        unread.append(f"{heading}：{answer}")
        return f"{answer[: item.max_length - 1]}…"
    return answer if isinstance(answer, str | int) else None


def _clean(sheet: _Sheet, at: int, index: int, text: str, heading: str) -> str:
    """Return a text without what PostgreSQL cannot keep or a reader cannot see, and say so (UP-15)."""
    plain = plain_text(restore(text) if sheet.is_text else text)
    clean = _SURROGATE.sub("\ufffd", _HIDDEN.sub("", plain))
    if clean != plain:
        sheet.result.findings.append(sheet.grid.at("hidden_removed", at, index, _shown(clean), heading=heading))
    return clean


def _shown(text: str) -> str:
    plain = "".join(character if character.isprintable() else " " for character in text)
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"
