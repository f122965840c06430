"""A report counts exactly, gives stars by what was found, and speaks the language of its reader."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.domain.recognition import Dialect
from ckanext.hokkaido_standards.report import Report, TableSummary, in_order
from ckanext.hokkaido_standards.report_csv import report_csv

KEYS = {"path", "standard", "dialect", "encoding", "rows", "columns", "score", "findings"}
OF_A_FINDING = {"rule", "sheet", "row", "column", "value", "message", "remedy", "repairable"}
WHOLE = frozenset(("id", "localgov_code"))


def summary(form: str | None = "current", says: frozenset[str] = WHOLE, rows: int = 3) -> TableSummary:
    return TableSummary("", "13" if form else None, form, Dialect.CURRENT, 1.0 if form else 0.0, rows, 4, says)


def report(*findings: Finding, kind: str = "csv", tables: tuple[TableSummary, ...] = (summary(),)) -> Report:
    return Report("a.csv", kind, "utf-8-sig", tables, in_order(findings))


@pytest.mark.parametrize(
    ("found", "stars"),
    [
        (report(), 5),
        (report(Finding("set-missing", params={"names": "x", "number": 1})), 5),
        (report(Finding("value-form", params={"better": "1"})), 5),
        (report(Finding("value-code")), 4),
        (report(tables=(summary(says=frozenset(("id",))),)), 4),
        (report(Finding("row-id-double", params={"first": 2})), 3),
        (report(tables=(summary(form=None),)), 3),
        (report(Finding("L1-06")), 2),
        (report(kind="xlsx"), 2),
        (report(tables=(summary(rows=0),)), 1),
        (report(tables=()), 0),
    ],
)
def test_stars_follow_from_what_was_found(found: Report, stars: int) -> None:
    assert found.stars == stars


def test_the_json_of_a_file_has_what_is_promised_in_either_language() -> None:
    found = report(Finding("value-form", "", 2, "開始時間", 3, "9:00", {"better": "09:00"}, repairable=True))
    for language, message in (("ja", "「9:00」は「09:00」と書きます。"), ("en", "“9:00” is written “09:00”.")):
        shown = json.loads(json.dumps(found.as_dict(language)))
        assert shown.keys() >= KEYS
        (one,) = shown["findings"]
        assert one.keys() >= OF_A_FINDING
        assert (one["message"], one["row"], one["repairable"]) == (message, 2, True)


def test_a_report_as_csv_has_a_row_for_each_finding_and_no_formula() -> None:
    found = report(Finding("value-url", "", 2, "URL", 1, "=1+1"), Finding("row-id-blank", "", 3, "ID", 2, count=4))
    text = report_csv([found.as_dict()])
    heading, *rows = csv.DictReader(io.StringIO(text)).fieldnames, *csv.DictReader(io.StringIO(text))
    assert len(heading) == 12
    assert [(row["行"], row["列"], row["値"], row["件数"]) for row in rows] == [
        ("2", "URL", "'=1+1", "1"),
        ("3", "ID", "", "4"),
    ]
    assert report_csv([found.as_dict("en")], "en").startswith("File,")


def test_a_file_that_cannot_be_read_says_so_in_every_key() -> None:
    shown = report(tables=(), kind="").as_dict()
    assert (shown["standard"], shown["dialect"], shown["rows"], shown["score"]) == (None, "other", 0, 0)
    assert {one["kept"] for one in shown["rules"]} == {None}


def test_counts_are_exact_and_findings_in_the_order_of_the_rules() -> None:
    findings = (Finding("L1-08", params={"characters": "①"}), Finding("value-url", count=5), Finding("value-url"))
    found = report(*findings)
    assert found.counts == {"value-url": 6, "L1-08": 1}
    assert [one.rule for one in found.findings] == ["value-url", "value-url", "L1-08"]


def test_what_only_people_can_judge_is_asked_and_neither_good_nor_bad() -> None:
    shown = report(Finding("value-several", params={"number": 2}), Finding("L2-01", params={"better": "1"})).as_dict()
    kept = {one["rule"]: one["kept"] for one in shown["rules"]}
    assert len(kept) == 30
    # Two values in one cell were seen by the machine; whether there are more only people know.
    assert (kept["L1-07"], kept["L1-04"], kept["L2-01"], kept["L3-05"]) == (False, None, False, True)
    # A text has no merged cells to be judged.
    assert kept["L1-12"] is None
    assert "L1-04" in {one["rule"] for one in shown["questions"]}


def test_the_surest_table_is_the_one_that_a_file_is_about() -> None:
    found = report(tables=(summary(form=None, rows=900), summary(rows=2), summary(rows=5)))
    assert (found.main.standard, found.main.rows) == ("13", 5)


def test_a_process_that_checks_no_table_does_not_load_the_engine() -> None:
    code = (
        "import sys, ckanext.hokkaido_standards.plugin, ckanext.hokkaido_standards.cli;"
        "print([name for name in ('polars', 'ckanext.hokkaido_standards.checking') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_command_needs_no_portal(tmp_path: Path) -> None:
    path = tmp_path / "public_toilet.csv"
    path.write_text("\ufeffID,名称,緯度,経度,URL\r\n1,トイレ,43.06,141.35,なし\r\n", encoding="utf-8")
    code = "import sys; from ckanext.hokkaido_standards.cli.table import table; table(sys.argv[1:])"
    command = [sys.executable, "-c", code, "check", "--json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "「なし」は URL ではありません。" in [one["message"] for one in json.loads(done.stdout)["findings"]]
