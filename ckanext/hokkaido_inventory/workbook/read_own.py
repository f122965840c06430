"""Reading any list an office keeps: the sheet and its table are found, its columns mapped, its rows understood."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.domain.finding_kinds import kind
from ckanext.hokkaido_inventory.domain.findings import Finding
from ckanext.hokkaido_inventory.domain.seed_hints import is_personal_register, register_answers
from ckanext.hokkaido_inventory.workbook.cells import Vocabularies, plain_text
from ckanext.hokkaido_inventory.workbook.grid import Grid
from ckanext.hokkaido_inventory.workbook.hidden import about_hidden
from ckanext.hokkaido_inventory.workbook.own_rows import read_rows
from ckanext.hokkaido_inventory.workbook.proposal import Found, Proposal, heading_key, propose
from ckanext.hokkaido_inventory.workbook.result import ReadResult, WorkbookKind
from ckanext.hokkaido_inventory.workbook.table import Table, find_table, table_at

__all__ = ["NOTHING_CHOSEN", "Choices", "read_own", "signature"]

#: Sheets that show how to fill something in: what stands in them is fiction, so they are never taken in.
_EXAMPLES = re.compile("作成例|記入例|記載例|入力例|回答例|見本|凡例")
#: Sheets of lists and explanations, taken in only when somebody chooses them.
_BESIDE = re.compile(
    "マスタ|選択肢|選択項目|プルダウン|リスト定義|コード表|はじめに|説明|マニュアル|記入要領|入力要領|要領|手引|変更履歴|更新履歴|改訂履歴"
    "|使い方|目次|表紙|参考資料|設定|master|legend|readme"
)
_SAMPLES = 40
_OF_PERSONS = ("personal_information", "specific_personal_information", "sensitive_personal_information")
_NOTHING: Mapping[str, Mapping[str, str | None]] = {}


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose, or confirmed before, of how a list is read.

    `mapping` gives the key of a question, or None for a column left out, by column letter or by heading; `kept` holds
    the mappings of former years by `signature`, each by the key of a heading.
    """

    sheet: str | None = None
    header_rows: tuple[int, int] | None = None
    mapping: Mapping[str, str | None] = field(default_factory=dict)
    kept: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)


NOTHING_CHOSEN = Choices()


@dataclass(frozen=True, slots=True)
class _Candidate:
    grid: Grid
    table: Table
    proposals: list[Proposal]
    weight: float


def signature(table: Table) -> str:
    """Return what stays the same of a list's headings from year to year."""
    keys = "\n".join(heading_key(heading.text) for heading in table.headings if heading.text)
    return hashlib.sha256(keys.encode()).hexdigest()


def read_own(grids: list[Grid], vocabularies: Vocabularies, choices: Choices = NOTHING_CHOSEN) -> ReadResult | None:
    """Read a list of any layout, or return nothing where no sheet holds a table.

    Sheets of examples are never read. Formulas are refused in the columns that are taken in, and of no concern in
    others.
    """
    readable = [grid for grid in grids if grid.rows and not _EXAMPLES.search(comparison_key(grid.name))]
    chosen = _chosen(readable, choices) if choices.sheet else readable
    candidates = [found for grid in chosen if (found := _candidate(grid, vocabularies, choices))]
    if not candidates:
        return None
    best = max(candidates, key=lambda candidate: candidate.weight)
    return _read(best, grids, readable, vocabularies, choices)


def _chosen(grids: Sequence[Grid], choices: Choices) -> list[Grid]:
    wanted = comparison_key(choices.sheet or "")
    return [grid for grid in grids if comparison_key(grid.name) == wanted]


def _candidate(grid: Grid, vocabularies: Vocabularies, choices: Choices) -> _Candidate | None:
    table = table_at(grid, *choices.header_rows) if choices.header_rows else find_table(grid)
    if table is None or not any(heading.text for heading in table.headings):
        return None
    rows = range(table.body, min(grid.height, table.body + _SAMPLES) + 1)
    values = {heading.index: [grid.value(row, heading.index) for row in rows] for heading in table.headings}
    if _is_prose(table, values):
        return None
    proposals = propose(
        [heading for heading in table.headings if _is_used(grid, table, heading.index)], values, vocabularies
    )
    return _Candidate(grid, table, proposals, _weight(grid, table, proposals))


def _is_prose(table: Table, values: Mapping[int, Sequence[object]]) -> bool:
    """Say whether a table is one column of sentences: an explanation, not a list."""
    filled = [[text for value in column if (text := plain_text(value))] for column in values.values()]
    columns = [texts for texts in filled if texts]
    headings = sum(bool(heading.text) for heading in table.headings)
    return headings == len(columns) == 1 and sum(text.endswith("。") for text in columns[0]) * 2 > len(columns[0])


def _is_used(grid: Grid, table: Table, column: int) -> bool:
    return bool(table.headings[column - 1].text) or any(
        grid.is_filled(row, column) for row in range(table.body, min(grid.height, table.body + _SAMPLES) + 1)
    )


def _weight(grid: Grid, table: Table, proposals: Sequence[Proposal]) -> float:
    """Say how much a sheet looks like the list that is meant."""
    rows = max(0, grid.height - table.body + 1)
    sure = sum(proposal.confidence for proposal in proposals if proposal.field)
    weight = (0.5 + sure) * math.log2(2 + rows) * (1.0 if rows else 0.1)
    weight *= 0.2 if _BESIDE.search(comparison_key(grid.name)) else 1.0
    return weight * (0.3 if grid.hidden else 1.0)


def _read(
    best: _Candidate, grids: Sequence[Grid], readable: Sequence[Grid], vocabularies: Vocabularies, choices: Choices
) -> ReadResult:
    mark = signature(best.table)
    proposals = tuple(_decided(proposal, choices, mark) for proposal in best.proposals)
    others = tuple(grid.name for grid in readable if grid is not best.grid)
    found = Found(best.grid.name, (best.table.first, best.table.last), proposals, mark, mark in choices.kept, others)
    result = ReadResult(WorkbookKind.OWN, sheets=[best.grid.name], found=found)
    result.findings += _about_sheets(grids, best.grid)
    result.findings += _about_headings(best, proposals)
    result.findings += about_hidden(best.grid, best.table, proposals)
    read_rows(best.grid, best.table, proposals, vocabularies, result)
    if is_personal_register([heading.text for heading in best.table.headings]) and result.rows:
        _propose_personal(best, result)
    if not result.rows and not any(finding.code == "title_unmapped" for finding in result.findings):
        result.findings.append(best.grid.at("no_rows", first=best.table.body))
    return result


def _propose_personal(best: _Candidate, result: ReadResult) -> None:
    """Propose what follows for every row of a 個人情報ファイル簿."""
    for row in result.rows:
        answers = register_answers({"columns": str(row.values.get("columns") or "")})
        row.proposed = {key: answers[key] for key in _OF_PERSONS if key in answers}
    result.findings.append(best.grid.at("personal_register"))


def _decided(proposal: Proposal, choices: Choices, mark: str) -> Proposal:
    heading = proposal.heading
    key = heading_key(heading.text)
    for name in (heading.letter, heading.text, key):
        if name and name in choices.mapping:
            return Proposal(heading, choices.mapping[name], 1.0, "chosen", proposal.samples)
    chosen = {field for field in choices.mapping.values() if field}
    kept = choices.kept.get(mark, _NOTHING.get(mark, {}))
    if key in kept:
        field_ = None if kept[key] in chosen else kept[key]
        return Proposal(heading, field_, 1.0, "kept", proposal.samples)
    if proposal.field in chosen:
        return Proposal(heading, None, 0.0, proposal.source, proposal.samples)
    return proposal


def _about_sheets(grids: Sequence[Grid], chosen: Grid) -> list[Finding]:
    findings = []
    for grid in grids:
        if grid is chosen or not grid.rows:
            continue
        if _EXAMPLES.search(comparison_key(grid.name)):
            findings.append(grid.at("sheet_of_examples"))
        else:
            findings.append(grid.at("sheet_hidden_not_read" if grid.hidden else "sheet_not_read", chosen=chosen.name))
    if chosen.hidden:
        findings.append(chosen.at("sheet_hidden_read"))
    return findings


def _about_headings(best: _Candidate, proposals: Sequence[Proposal]) -> list[Finding]:
    grid, table = best.grid, best.table
    findings: list[Finding] = []
    seen: dict[str, str] = {}
    fields: dict[str, str] = {}
    for proposal in proposals:
        heading = proposal.heading
        if proposal.field and proposal.field in fields:
            params = {"heading": heading.text[:40], "first": fields[proposal.field]}
            findings.append(Finding(kind("field_twice"), grid.name, table.last, heading.letter, None, params))
        if heading.text and heading.text in seen and proposal.field is None:
            params = {"first": seen[heading.text]}
            findings.append(
                Finding(kind("heading_again"), grid.name, table.last, heading.letter, heading.text[:40], params)
            )
        seen.setdefault(heading.text, heading.letter)
        if proposal.field:
            fields.setdefault(proposal.field, heading.letter)
    if "title" not in fields:
        findings.append(grid.at("title_unmapped", table.last))
    return findings
