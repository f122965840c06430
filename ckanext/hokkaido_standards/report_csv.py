"""A report as a CSV file, one row a finding, to be worked off in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from ckanext.hokkaido_core.domain.csv_cell import neutralise

__all__ = ["report_csv"]

_KEYS = ("sheet", "row", "column", "value", "rule", "weight", "message", "why", "remedy", "repairable", "count")
_HEADINGS = {
    "ja": ("ファイル", "シート", "行", "列", "値", "規則", "扱い", "内容", "理由", "直し方", "自動で直せる", "件数"),
    "en": (
        "File",
        "Sheet",
        "Row",
        "Column",
        "Value",
        "Rule",
        "Weight",
        "What",
        "Why",
        "What to do",
        "Automatic",
        "Count",
    ),
}
_YES = {"ja": "○", "en": "yes"}


def report_csv(reports: Iterable[dict[str, Any]], language: str = "ja") -> str:
    """Return reports, as `Report.as_dict` gives them, as a CSV text in which nothing is a formula.

    :param language: of the headings, `ja` or `en`.
    """
    tongue = "en" if language.partition("_")[0] == "en" else "ja"
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(_HEADINGS[tongue])
    for report in reports:
        for one in report["findings"]:
            shown = one | {"repairable": _YES[tongue] if one["repairable"] else "", "row": one["row"] or ""}
            writer.writerow(neutralise(str(cell)) for cell in (report["path"], *(shown[key] for key in _KEYS)))
    return stream.getvalue()
