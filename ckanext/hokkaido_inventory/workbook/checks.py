"""Checks on a whole row that both forms share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ckanext.hokkaido_inventory.domain.branching import contradictions
from ckanext.hokkaido_inventory.domain.disclosure import decide
from ckanext.hokkaido_inventory.domain.questions import DISCLOSURE_KEYS, question
from ckanext.hokkaido_inventory.workbook.grid import Grid
from ckanext.hokkaido_inventory.workbook.result import ReadResult, RowRead

__all__ = ["check_contradictions", "check_decision"]


def check_contradictions(grid: Grid, row: RowRead, columns: Mapping[str, int], result: ReadResult) -> None:
    """Warn of a kind of personal information in a row that says it has none."""
    for key in contradictions(row.values):
        params = {"heading": question(key).label.ja, "other": question("personal_information").label.ja}
        result.findings.append(grid.at("contradiction", row.row, columns.get(key), **params))


def check_decision(grid: Grid, row: RowRead, column: int, result: ReadResult) -> None:
    """Warn where the sheet shows another decision than its answers give: typed over, or not computed anew."""
    shown = grid.text(row.row, column)
    if not shown:
        return
    expected = _decided(tuple(row.values.get(key) for key in DISCLOSURE_KEYS))
    if shown != expected and not _has_error(row, result):
        result.findings.append(grid.at("decision_differs", row.row, column, shown[:40], expected=expected))


@lru_cache(maxsize=1024)
def _decided(answers: tuple[object, ...]) -> str:
    # There are 4 to the 6th power of them, and a large file asks for the same few again and again.
    return decide(dict(zip(DISCLOSURE_KEYS, answers, strict=True))).label


def _has_error(row: RowRead, result: ReadResult) -> bool:
    # With a refused answer the two must differ, and the refusal is said already.
    return any(finding.sheet == row.sheet and finding.row == row.row for finding in result.findings[-20:])
