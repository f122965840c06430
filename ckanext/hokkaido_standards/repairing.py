"""The whole repair of a file: each table taken out and mended, what is left to people listed; nothing is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath

from ckanext.hokkaido_standards.checks import KINDS as RULE_KINDS
from ckanext.hokkaido_standards.checks.registry import RULES
from ckanext.hokkaido_standards.definitions import standards
from ckanext.hokkaido_standards.domain.recognition import Recognizer
from ckanext.hokkaido_standards.domain.region import HOKKAIDO, Box
from ckanext.hokkaido_standards.repair import KINDS
from ckanext.hokkaido_standards.repair.change import Note, Repaired, RepairedTable
from ckanext.hokkaido_standards.repair.draft import Draft
from ckanext.hokkaido_standards.repair.leftovers import notes_of
from ckanext.hokkaido_standards.repair.linked import of_subjects, with_subjects
from ckanext.hokkaido_standards.repair.registry import REPAIRERS
from ckanext.hokkaido_standards.repair.remaining import left_in_file, left_in_table, without_headings
from ckanext.hokkaido_standards.repair.settled import at_its_word
from ckanext.hokkaido_standards.repair.structure import (
    apart,
    of_file,
    of_headings,
    of_notes,
    without_blank_columns,
    without_headings_again,
    without_unfilled_rows,
)
from ckanext.hokkaido_standards.report import in_order
from ckanext.hokkaido_standards.tables.reader import read
from ckanext.hokkaido_standards.tables.table import Table, TableFile

__all__ = ["KINDS", "RULE_KINDS", "repair", "repair_file"]

#: What names of files may not have everywhere.
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST = 60


def repair(
    name: str,
    content: bytes,
    *,
    title: str = "",
    region: Box = HOKKAIDO,
    recognizer: Recognizer | None = None,
) -> Repaired:
    """Repair a file; nothing in it raises, and the file itself stays as it is.

    :param name: its name, which may tell the set where the headings do not.
    :param title: title of the data, where it is known.
    :param region: where its places are looked for.
    :param recognizer: of the sets as they hold now; of those that are shipped unless given.
    """
    file = at_its_word(read(name, content, with_grids=True))
    return repair_file(file, title=title, region=region, recognizer=recognizer or _shipped())


def repair_file(file: TableFile, *, title: str, region: Box, recognizer: Recognizer) -> Repaired:
    """Repair a file that was read with its grids."""
    if not _repairable(file):
        return Repaired(file.name, left=in_order(file.findings))
    grids = {grid.name: grid for grid in file.grids}
    file = replace(file, tables=[with_subjects(grids[one.sheet], one) for one in file.tables])
    tables = _repairable(file)
    drafts = [
        Draft(file, grids[table.sheet], table, region, recognizer, (title, file.name, table.sheet)) for table in tables
    ]
    notes = list(_notes(file))
    changes = [*of_file(file), *of_notes(notes, file.tables)]
    for draft in drafts:
        draft.changes += [*of_headings(draft), *of_subjects(draft.grid, draft.table)]
        without_unfilled_rows(draft)
        without_blank_columns(draft)
        without_headings_again(draft)
        for one in REPAIRERS:
            one.repair(draft)
        # Merged cells of such a row say so only once they are filled.
        without_headings_again(draft)
        changes += draft.told()
    made = _tables(file, drafts)
    changes += apart(drafts, [one.name for one in made])
    left = [
        *left_in_file(file, drafts),
        *without_headings(file, tables),
        *(finding for draft in drafts for finding in left_in_table(draft, RULES)),
    ]
    return Repaired(file.name, made, changes, in_order(left), notes)


def _repairable(file: TableFile) -> list[Table]:
    """Return the tables that have headings; of the others only a text is written anew, for it stays what it is."""
    return [one for one in file.tables if any(one.headings)] or (file.tables if file.kind == "csv" else [])


def _notes(file: TableFile) -> Iterator[Note]:
    """Yield what stands outside of the tables; sheets that nobody is to see stay where they are."""
    aside = {one.sheet for one in file.findings if one.rule in {"sheet-hidden", "sheet-example"}}
    for grid in file.grids:
        tables = [table for table in file.tables if table.sheet == grid.name]
        if tables or grid.name not in aside:
            yield from notes_of(grid, tables)


def _tables(file: TableFile, drafts: Sequence[Draft]) -> list[RepairedTable]:
    names = list(_names(file.name, [draft.table for draft in drafts]))
    return [
        RepairedTable(
            name, draft.headings if draft.table.heading_row else (), draft.frame, draft.look().match, draft.table.sheet
        )
        for name, draft in zip(names, drafts, strict=True)
    ]


def _names(name: str, tables: Sequence[Table]) -> Iterator[str]:
    """Yield a name for the file of each table: the name of the file, with sheet and number where there are several."""
    stem = PurePosixPath(name).stem or "table"
    sheets = [table.sheet for table in tables]
    seen: dict[str, int] = {}
    for table in tables:
        parts = [stem]
        if len(set(sheets)) > 1:
            parts.append(_UNFIT.sub("_", table.sheet).strip(" .")[:_LONGEST])
        seen[table.sheet] = seen.get(table.sheet, 0) + 1
        if sheets.count(table.sheet) > 1:
            parts.append(str(seen[table.sheet]))
        yield f"{'_'.join(filter(None, parts))}.csv"


@cache
def _shipped() -> Recognizer:
    return Recognizer(standards().values())
