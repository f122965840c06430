"""Coordinates that were swapped, or lost their points."""

from __future__ import annotations

from ckanext.hokkaido_standards.checks.columns import said
from ckanext.hokkaido_standards.checks.places import PAIRS
from ckanext.hokkaido_standards.checks.places import Places as Rule
from ckanext.hokkaido_standards.repair.draft import Draft
from ckanext.hokkaido_standards.repair.registry import REPAIRERS

__all__ = ["Places"]

_SWAPPED, _POINT = "place-swapped", "place-point"


class Places:
    """Latitude and longitude that stand in each other's place, and those whose point was lost."""

    code = _SWAPPED
    also = (_POINT,)

    def repair(self, draft: Draft) -> None:
        look = draft.look()
        at = {concept.key: place for place, concept in said(look).items()}
        pairs = {at[one]: at[other] for one, other in PAIRS if one in at and other in at}
        rows = draft.index_of()
        swapped: dict[int, list[int]] = {}
        points: dict[int, dict[int, str]] = {}
        for finding in Rule().check(look):
            if finding.row is None or finding.place is None:
                continue
            place, index = finding.place - draft.table.left - 1, rows[finding.row]
            if finding.rule == _SWAPPED:
                swapped.setdefault(place, []).append(index)
            elif finding.rule == _POINT:
                points.setdefault(place, {})[index] = str(finding.params["better"])
        for place, cells in points.items():
            draft.put(_POINT, place, cells)
        for place, indexes in swapped.items():
            one, other = (draft.frame[str(column)] for column in (place, pairs[place]))
            draft.put(_SWAPPED, place, {index: other[index] for index in indexes})
            draft.put(_SWAPPED, pairs[place], {index: one[index] for index in indexes})


REPAIRERS.add(Places.code, Places())
