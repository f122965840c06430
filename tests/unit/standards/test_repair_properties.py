"""Whatever a file holds: a repair ends, loses nothing, and has nothing to do the second time.

Real files are held against that, too, and a check finds less in them afterwards. Two kinds of findings may grow:
English headings of a set whose current form is not known become those of the older one; what merged cells say with
blanks for looks is said as often as there are cells, once they are filled.
"""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from ckanext.hokkaido_standards.checking import check
from ckanext.hokkaido_standards.repair.change import Repaired
from ckanext.hokkaido_standards.repair.registry import REPAIRERS
from ckanext.hokkaido_standards.repair.structure import SETTLED
from ckanext.hokkaido_standards.repair.values import mended
from ckanext.hokkaido_standards.repair.written import csv_bytes
from ckanext.hokkaido_standards.repairing import repair
from ckanext.hokkaido_standards.tables.reader import read
from ckanext.hokkaido_standards.values import VALUES, judge

HEADINGS = (
    "全国地方公共団体コード",
    "ID",
    "名　称",
    "名称_カナ",
    "住所",
    "緯度",
    "経度",
    "電話番号",
    "開始時間",
    "金額",
    "備考",
)
VALUE = st.one_of(
    st.sampled_from((
        "", " ", "11002", "０１１００２", "011003", "札幌市", "髙﨑", "ｶﾅ", "かな", "43.06", "141.35", "430606",
        "011-231-4111", "０１１（２３１）４１１１", "9:00", "午後5時", "25:00", "1,234円", "１２", "約50人", "-",
        "令和8年4月1日", "R8.4.1", "平成99年", "46235", "①", "a,b", 'a"b', "一行\n二行", "　空白　", "※注記", "合計",
        "有", "〃", "43°03'",
    )),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=6),
)  # fmt: skip

#: Bytes of a real file that is repaired here: larger ones take seconds each. `HOKKAIDO_LARGEST_FILE` takes them in.
LARGEST = int(os.environ.get("HOKKAIDO_LARGEST_FILE") or 8_000)
MOST_CLAIMED = 8
GROWS = {"set-legacy": "set-english", "L1-06": "L1-12"}

#: The first table loads the definitions of all sets. The same examples each time: whoever looks for new ones runs these
#: with `--hypothesis-seed` and without `derandomize`.
SLOW_AT_FIRST = settings(derandomize=True, max_examples=50)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[list[str]], list[str]]:
    """Return rows with a title, headings, records and notes, of which some are missing, and merged areas of records."""
    width = draw(st.integers(2, 6))
    headings = draw(st.permutations(HEADINGS))[:width]
    above = draw(st.lists(st.sampled_from(["一覧", "", "令和8年4月1日現在"]), max_size=2))
    records = draw(st.lists(st.lists(VALUE, min_size=width, max_size=width), min_size=1, max_size=7))
    below = draw(st.lists(st.sampled_from(["", "※注", "資料：総務課"]), max_size=2))
    alone = [[text] + [""] * (width - 1) for text in (*above, *below)]
    rows = [*alone[: len(above)], headings, *records, *alone[len(above) :]]
    first = len(above) + 2
    areas = []
    if len(records) > 1 and draw(st.booleans()):
        letter = "ABCDEF"[draw(st.integers(0, width - 1))]
        areas.append(f"{letter}{first}:{letter}{first + 1}")
    return rows, areas


def _workbook(rows: list[list[str]], areas: list[str]) -> bytes:
    book, stream = Workbook(), io.BytesIO()
    sheet: Any = book.active
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            if text:
                cell = sheet.cell(number, place)
                cell.value, cell.data_type = "".join(one for one in text if one.isprintable() or one == "\n"), "s"
    for area in areas:
        sheet.merge_cells(area)
    book.save(stream)
    return stream.getvalue()


def _text(rows: list[list[str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()


def lost(name: str, content: bytes, repaired: Repaired) -> Counter[str]:
    """Return the cells of a file that are in no table, no note and no change; sheets that are told to be left apart."""
    aside = {one.sheet for one in repaired.left if one.rule in {"sheet-hidden", "sheet-example", "table-no-heading"}}
    file = read(name, content, with_grids=True)
    cells = Counter(
        text.strip()
        for grid in file.grids
        if grid.name not in aside or not grid.name
        for row in grid.frame.rows()
        for text in row
        if text.strip()
    )
    # Headings of several rows say again what merged cells say once, and are told as they were.
    heads = {text.strip() for grid in file.grids for text in _heading_cells(file, grid)}
    kept = Counter(_kept(repaired))
    return Counter({text: count for text, count in (cells - kept).items() if not (text in heads and kept[text])})


def _heading_cells(file: Any, grid: Any) -> Iterator[str]:
    for table in file.tables:
        if table.sheet == grid.name and table.heading_row:
            yield from (cell for row in grid.rows(table.heading_first - 1, table.heading_row) for cell in row)


def _kept(repaired: Repaired) -> Iterator[str]:
    for table in repaired.tables:
        yield from (heading.strip() for heading in table.headings)
        yield from (text.strip() for row in table.frame.rows() for text in row)
    for change in repaired.changes:
        if change.rule in {"table-heading-rows", "table-heading-again", "table-unfilled"}:
            yield from (part.strip() for part in change.before.split(" / "))
        yield change.before.strip()


def again(repaired: Repaired) -> list[tuple[str, Any]]:
    """Return the tables that a second repair changes, and how."""
    found: list[tuple[str, Any]] = []
    for table in repaired.tables:
        second = repair(table.name, csv_bytes(table))
        same = [(one.headings, one.frame.rows()) for one in second.tables] == [(table.headings, table.frame.rows())]
        if second.changes or not same:
            found.append((table.name, second.changes or "another table"))
    return found


@SLOW_AT_FIRST
@given(told=sheets())
def test_a_workbook_loses_nothing(told: tuple[list[list[str]], list[str]]) -> None:
    content = _workbook(*told)
    assert not lost("a.xlsx", content, repair("a.xlsx", content))


@SLOW_AT_FIRST
@given(told=sheets())
def test_a_text_loses_nothing(told: tuple[list[list[str]], list[str]]) -> None:
    content = _text(told[0])
    assert not lost("a.csv", content, repair("a.csv", content))


@SLOW_AT_FIRST
@given(told=sheets())
def test_what_is_repaired_stays_as_it_is(told: tuple[list[list[str]], list[str]]) -> None:
    assert again(repair("a.xlsx", _workbook(*told))) == []


@SLOW_AT_FIRST
@given(content=st.binary(max_size=300))
def test_any_bytes_are_repaired_or_told_of(content: bytes) -> None:
    repaired = repair("a.csv", content)
    assert repaired.tables or repaired.left


@SLOW_AT_FIRST
@given(kind=st.sampled_from(sorted(VALUES)), text=VALUE)
def test_a_value_that_is_mended_is_right_or_told_of_otherwise(kind: str, text: str) -> None:
    if told := mended(kind, text):
        fault = judge(kind, told[1])
        assert fault is None or not fault.repairable


@pytest.fixture(scope="module")
def repaired(shared_dir: Path) -> list[tuple[str, Path, Repaired]]:
    """Return each file of the corpus, and what becomes of it."""
    folder = shared_dir / "corpus"
    if not (folder / "manifest_shared.csv").is_file():
        pytest.skip("the corpus of real files is not beside this checkout")
    with (folder / "manifest_shared.csv").open(encoding="utf-8-sig", newline="") as lines:
        paths = [(row["path"], folder / row["path"]) for row in csv.DictReader(lines)]
    return [
        (name, path, repair(path.name, path.read_bytes())) for name, path in paths if path.stat().st_size <= LARGEST
    ]


def test_no_cell_is_lost(repaired: list[tuple[str, Path, Repaired]]) -> None:
    wrong = {name: found for name, path, one in repaired if (found := lost(path.name, path.read_bytes(), one))}
    assert wrong == {}


def test_a_second_repair_has_nothing_to_do(repaired: list[tuple[str, Path, Repaired]]) -> None:
    assert {name: found for name, _path, one in repaired if (found := again(one))} == {}


def test_a_check_finds_less(repaired: list[tuple[str, Path, Repaired]]) -> None:
    kinds = {code for one in REPAIRERS for code in (one.code, *one.also)} | SETTLED
    before, after, worse, claimed = Counter[str](), Counter[str](), [], Counter[str]()
    for name, path, one in repaired:
        if not one.tables:
            continue
        was = Counter(check(path.name, path.read_bytes(), most=None).counts)
        now = Counter[str]()
        for table in one.tables:
            report = check(table.name, csv_bytes(table), most=None)
            now.update(report.counts)
            claimed.update(finding.rule for finding in report.findings if finding.repairable)
        worse += [
            (name, rule, was[rule], now[rule])
            for rule in kinds
            if now[rule] > was[rule] and not was[GROWS.get(rule, "")]
        ]
        before, after = before + was, after + now
    print(f"{before.total()} findings before, {after.total()} after; of the kinds that are repaired:")
    print(*((rule, before[rule], after[rule]) for rule in sorted(kinds) if before[rule]), sep="\n")
    assert worse == []
    # What a check says that a machine can mend has been mended, but for a few tables that a set does not fit well.
    assert claimed.total() <= MOST_CLAIMED, claimed
    assert sum(after[rule] for rule in kinds) <= sum(before[rule] for rule in kinds) * 0.2
