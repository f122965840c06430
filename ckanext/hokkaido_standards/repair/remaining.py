"""What a repair leaves to people, by the places of the file as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from openpyxl.utils.cell import get_column_letter

from ckanext.hokkaido_standards.checks.registry import Rule
from ckanext.hokkaido_standards.domain.finding import Finding, limited
from ckanext.hokkaido_standards.repair.draft import Draft
from ckanext.hokkaido_standards.repair.structure import SETTLED
from ckanext.hokkaido_standards.tables.grid import Area, Grid
from ckanext.hokkaido_standards.tables.table import Table, TableFile
from ckanext.hokkaido_standards.wording import weight

__all__ = ["left_in_file", "left_in_table", "without_headings"]

#: Places of one rule in one column that are told one by one.
_MOST = 100
_WEIGHTS = frozenset(("wrong", "warn"))
_MERGED, _FORMULA, _TWICE, _NO_HEADING = "L1-12", "L2-06", "L2-03", "table-no-heading"


def left_in_file(file: TableFile, drafts: Sequence[Draft]) -> Iterator[Finding]:
    """Yield what was found while the file was read and is not settled by writing its tables anew."""
    merged = {draft.grid.name: _unfilled(draft.grid, drafts) for draft in drafts}
    grids = {grid.name: grid for grid in file.grids}
    for finding in file.findings:
        if finding.rule in SETTLED or weight(finding.rule) not in _WEIGHTS:
            continue
        if finding.rule == _MERGED and finding.params.get("area") not in merged.get(finding.sheet, ()):
            continue
        if finding.rule == _TWICE and not any(_is_twice(draft, finding) for draft in drafts):
            continue
        if finding.rule == _FORMULA and _has_value(grids.get(finding.sheet), finding):
            continue
        yield finding


def without_headings(file: TableFile, repaired: Sequence[Table]) -> Iterator[Finding]:
    """Yield the tables that are left alone because they have no headings, as far as nobody has told of them."""
    told = {(one.sheet, one.row) for one in file.findings if one.rule == _NO_HEADING}
    for table in file.tables:
        if all(table is not one for one in repaired) and table.frame.height and (table.sheet, table.row(0)) not in told:
            yield Finding(_NO_HEADING, table.sheet, table.row(0))


def left_in_table(draft: Draft, rules: Iterable[Rule]) -> Iterator[Finding]:
    """Yield what the rules find in a repaired table, each with the column in which it stood in the file."""
    look = replace(draft.look(), most=_MOST)
    first = draft.table.left + 1
    findings = (finding for rule in rules for finding in rule.check(look) if weight(finding.rule) in _WEIGHTS)
    for finding in limited(findings, _MOST):
        place = None if finding.place is None else draft.places[finding.place - first]
        yield replace(finding, place=place)


def _is_twice(draft: Draft, finding: Finding) -> bool:
    """Say whether a heading still stands over several columns of a table."""
    if draft.table.sheet != finding.sheet or finding.place not in draft.places:
        return False
    place = draft.places.index(finding.place)
    return not draft.free_heading(draft.headings[place], place)


def _unfilled(grid: Grid, drafts: Sequence[Draft]) -> set[str]:
    """Return the merged areas among records that are blank but for their first cell, as spreadsheets name them."""
    of_sheet = [draft for draft in drafts if draft.grid is grid]
    filled = {area for draft in of_sheet for area in draft.filled}
    return {_name(area) for area in grid.merged if area not in filled and any(_meets(one, area) for one in of_sheet)}


def _meets(draft: Draft, area: Area) -> bool:
    """Say whether a merged area has cells of records of a table."""
    top, left, bottom, right = area
    if not draft.frame.height or right < min(draft.places) or left > max(draft.places):
        return False
    return top <= draft.table.row(draft.frame.height - 1) and bottom >= draft.table.row(0)


def _name(area: Area) -> str:
    top, left, bottom, right = area
    return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"


def _has_value(grid: Grid | None, finding: Finding) -> bool:
    """Say whether the workbook holds what a formula gives; one that was never calculated has no value."""
    if grid is None or finding.row is None or finding.place is None:
        return False
    if finding.row > grid.frame.height or finding.place > grid.frame.width:
        return False
    return bool(grid.frame[str(finding.place - 1)][finding.row - 1].strip())
