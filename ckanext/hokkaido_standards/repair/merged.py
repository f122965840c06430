"""Merged cells among the records: what stands in the first of them goes into each, where that is what is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ckanext.hokkaido_standards.checks.columns import said
from ckanext.hokkaido_standards.repair.draft import Draft
from ckanext.hokkaido_standards.repair.registry import REPAIRERS
from ckanext.hokkaido_standards.tables.cell_kind import is_number
from ckanext.hokkaido_standards.tables.grid import Area
from ckanext.hokkaido_standards.values import VALUES, judge

__all__ = ["MergedCells"]

#: Columns whose numbers name something. Another number in a merged cell may be the sum of its rows.
_NAMING = re.compile(r"(年|年度|月|日|番号|コード|区分|ID|NO\.?|№)$", re.IGNORECASE)
_AMOUNTS = frozenset(("integer", "number"))


class MergedCells:
    """Merged cells.

    An area that heads columns is settled by one row of headings. One that runs down gives its value to each record,
    unless it is an amount. One that runs across does so where it is words that may stand in each column.
    """

    code = "L1-12"
    also = ()

    def repair(self, draft: Draft) -> None:
        rows = draft.index_of()
        columns = {number: place for place, number in enumerate(draft.places)}
        kinds = {place: concept.type for place, concept in said(draft.look()).items()}
        for area in draft.areas():
            top, left, bottom, right = area
            if bottom <= draft.table.heading_row:
                draft.filled.add(area)
                continue
            inside = [rows[row] for row in range(top, bottom + 1) if row in rows]
            if not inside or left not in columns:
                continue
            across = [columns[number] for number in range(left, right + 1) if number in columns]
            if _may_fill(draft, area, inside, across, kinds):
                _fill(draft, inside, across)
                draft.filled.add(area)


def _may_fill(draft: Draft, area: Area, inside: list[int], across: list[int], kinds: Mapping[int, str]) -> bool:
    top, _left, _bottom, _right = area
    if draft.table.row(inside[0]) != top:
        return False
    text = draft.frame[str(across[0])][inside[0]]
    if not text.strip():
        return True
    if len(across) == 1:
        return not _is_amount(draft, text, across[0], kinds)
    others = [place for place in range(draft.frame.width) if place not in across]
    alone = not any(draft.frame[str(place)][inside[0]].strip() for place in others)
    if alone or is_number(text):
        # What stands alone in its row heads those below it.
        return False
    return all(_may_stand(text, kinds.get(place, "")) for place in across)


def _is_amount(draft: Draft, text: str, place: int, kinds: Mapping[int, str]) -> bool:
    if place in kinds:
        return kinds[place] in _AMOUNTS
    return is_number(text) and not _NAMING.search(draft.headings[place].strip())


def _may_stand(text: str, kind: str) -> bool:
    return kind not in VALUES or judge(kind, text) is None


def _fill(draft: Draft, inside: list[int], across: list[int]) -> None:
    text = draft.frame[str(across[0])][inside[0]]
    if not text.strip():
        return
    for place in across:
        blank = [index for index in inside if not draft.frame[str(place)][index].strip()]
        draft.put(MergedCells.code, place, dict.fromkeys(blank, text))


REPAIRERS.add(MergedCells.code, MergedCells())
