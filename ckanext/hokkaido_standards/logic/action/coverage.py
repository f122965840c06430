"""Which municipality publishes which standard data set."""

from __future__ import annotations

from collections import Counter
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import session_of
from ckanext.hokkaido_schema.shared import vocabulary
from ckanext.hokkaido_standards.domain.coverage import Cell, Coverage
from ckanext.hokkaido_standards.logic.combined_dictize import title
from ckanext.hokkaido_standards.service import definition
from ckanext.hokkaido_standards.service.coverage import coverage

__all__ = ["hokkaido_standard_coverage"]


@tk.side_effect_free
def hokkaido_standard_coverage(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show which municipality publishes which standard data set, and how far it is.

    :param standard: two digits of a set, for that one alone (optional).
    :param municipality: code of six digits, for that one alone (optional).
    :returns: `states`, the steps in their order (`absent, listed, published, joined, valid, current`); `standards`
        with `code, title{ja, en}` and `counts` (municipalities by state); `municipalities` with `code, ja, en, bureau`,
        `counts` (standards by state) and `cells`: digits of the standard -> `state, title, url, form, wrong` (places
        in the file that are wrong) and `overdue`, those alone that are not absent. Of several data the furthest
        counts; those of sections count for the municipality above them.
    :raises ObjectNotFound: there is no such set or municipality.
    """
    tk.check_access("hokkaido_standard_coverage", context, data_dict)
    session = session_of(context)
    sets, places = definition.current(session), list(vocabulary("municipalities"))
    if asked := data_dict.get("standard"):
        sets = {code: one for code, one in sets.items() if code == asked}
    if asked := data_dict.get("municipality"):
        places = [place for place in places if place.code == asked]
    if not sets or not places:
        raise tk.ObjectNotFound(tk._("There is no such standard data set or municipality."))
    found = coverage(session)
    absent = Cell()
    municipalities = []
    by_standard: dict[str, Counter[str]] = {code: Counter() for code in sets}
    for place in places:
        cells = {code: found.get((place.code, code), absent) for code in sets}
        for code, cell in cells.items():
            by_standard[code][str(cell.state)] += 1
        municipalities.append(
            {
                "code": place.code,
                "ja": place.ja,
                "en": place.en,
                "bureau": str(place["bureau"]),
                "counts": _counted(Counter(str(cell.state) for cell in cells.values())),
                "cells": {code: _cell(cell) for code, cell in cells.items() if cell.state != Coverage.ABSENT},
            }
        )
    standards = [
        {"code": code, "title": title(one), "counts": _counted(by_standard[code])} for code, one in sets.items()
    ]
    return {"states": [str(state) for state in Coverage], "standards": standards, "municipalities": municipalities}


def _counted(counts: Counter[str]) -> dict[str, int]:
    return {str(state): counts[str(state)] for state in Coverage}


def _cell(cell: Cell) -> dict[str, Any]:
    told = {"state": str(cell.state), "title": cell.title, "url": cell.url, "form": cell.form}
    return told | {"wrong": cell.wrong, "overdue": cell.overdue}
