"""The 30 official rules against the government's sample checker: who finds what in the same files, and why.

The files are made here from `readability.yaml`, which says what both checkers have to say of each.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from ckanext.hokkaido_schema.shared import vocabulary
from ckanext.hokkaido_standards.checking import check

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "readability.yaml").read_text(encoding="utf-8"))
VERDICTS = {True: "kept", False: "violated", None: "open"}
#: Nothing is wrong with these, says either checker.
GOOD = [
    ["団体コード", "施設名", "定員（人）", "開設日"],
    ["011002", "中央図書館", 120, "2001-04-01"],
    ["011002", "北図書館", 80, "2003-05-01"],
    ["011002", "南図書館", 60, "2010-10-01"],
]
#: Neither checker can tell by a file alone.
UNJUDGED = {"L3-02", "L3-03", "L3-07", "L3-08"}


def made(case: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return the name of the file of a case, and what is in it."""
    if "csv" not in case:
        return case.get("file", "a.xlsx"), _workbook(case)
    more = "".join(f"{row.format(n=number)}\n" for number in range(15) for row in case.get("more", ()))
    text = (case["csv"] + more).replace("\n", "\r\n")
    return case.get("file", "a.csv"), text.encode(case.get("encoding", "utf-8-sig"))


def _workbook(case: Mapping[str, Any]) -> bytes:
    book, stream = Workbook(), io.BytesIO()
    sheet: Any = book.active
    for row in case["rows"]:
        sheet.append(row)
    for name, change in CHANGES.items():
        if name in case:
            change(sheet, case[name])
    book.save(stream)
    return stream.getvalue()


def _bold(sheet: Any, color: str) -> None:
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=color)


def _fill(sheet: Any, fills: Mapping[str, str]) -> None:
    for cell, color in fills.items():
        sheet[cell].fill = PatternFill("solid", fgColor=color)


def _merge(sheet: Any, areas: Sequence[str]) -> None:
    for area in areas:
        sheet.merge_cells(area)


def _hidden_sheet(sheet: Any, name: str) -> None:
    other = sheet.parent.create_sheet(name)
    other.append(["控え", "値"])
    other.sheet_state = "hidden"


#: Key of a case -> what becomes of its sheet.
CHANGES: Mapping[str, Callable[[Any, Any], object]] = {
    "merge": _merge,
    "fills": _fill,
    "headings": _bold,
    "hidden_sheet": _hidden_sheet,
    "red": lambda sheet, cell: setattr(sheet[cell], "font", Font(color="FFFF0000")),
    "chart": lambda sheet, cell: sheet.add_chart(BarChart(), cell),
    "comment": lambda sheet, cell: setattr(sheet[cell], "comment", Comment("本館だけの数", "総務課")),
    "hide_row": lambda sheet, row: setattr(sheet.row_dimensions[row], "hidden", True),
    "hide_column": lambda sheet, column: setattr(sheet.column_dimensions[column], "hidden", True),
    "fold": lambda sheet, rows: sheet.row_dimensions.group(*rows, hidden=True),
}


def verdicts(name: str, content: bytes) -> dict[str, str]:
    return {one["rule"]: VERDICTS[one["kept"]] for one in check(name, content).as_dict()["rules"]}


@pytest.mark.parametrize("case", CASES, ids=[f"{one['rule']} {one['name']}" for one in CASES])
def test_a_file_is_judged_as_the_comparison_says(case: Mapping[str, Any]) -> None:
    name, content = made(case)
    report = check(name, content)
    found = next(one for one in report.as_dict()["rules"] if one["rule"] == case["rule"])
    # A file that is no table at all is no table of which the other rules could be told.
    assert VERDICTS[found["kept"]] == case["ours"], [(one.rule, one.row, one.value) for one in report.findings]


@pytest.mark.parametrize("as_csv", [True, False])
def test_a_good_file_breaks_no_rule(as_csv: bool) -> None:
    case = {"csv": "".join(",".join(map(str, row)) + "\n" for row in GOOD)} if as_csv else {"rows": GOOD}
    assert {rule for rule, told in verdicts(*made(case)).items() if told == "violated"} == set()


def test_the_comparison_is_whole() -> None:
    assert list(dict.fromkeys(case["rule"] for case in CASES)) == [
        item.code for item in vocabulary("readability_rules")
    ]
    for case in CASES:
        assert ("why" in case) is (
            case["ours"] != case["theirs"] and {case["ours"], case["theirs"]} != {"open", "kept"}
        ), case
    both = Counter(case["rule"] for case in CASES if case["ours"] == case["theirs"] == "violated")
    # What the sample checker leaves to its AI, and what needs the description, no file can show.
    assert {item.code for item in vocabulary("readability_rules")} - set(both) == UNJUDGED | {"L1-09", "L3-04"}
