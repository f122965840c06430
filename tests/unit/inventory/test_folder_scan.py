"""Scanning a folder: titles, headings, forms; nothing of what stands in the files comes out."""

from __future__ import annotations

import csv
import json
import subprocess
import sys

import pytest
from openpyxl import Workbook

from ckanext.hokkaido_core.domain.file_title import title_of_file
from ckanext.hokkaido_inventory.domain.heading_row import find_heading
from ckanext.hokkaido_inventory.domain.scan_report import NotAReport, read_report, seeds_of
from ckanext.hokkaido_inventory.domain.seed_hints import is_personal_register, register_answers, register_mapping
from ckanext.hokkaido_inventory.scan import Limits, main, scan_folder

#: What must never leave the machine.
CANARIES = ("山田太郎", "090-1234-5678", "札幌市中央区北3条西6丁目", "yamada@example.jp", "昭和50年3月4日", "胃潰瘍")
HEADINGS = ("氏名", "電話番号", "住所", "メールアドレス", "生年月日", "病名")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("公共施設一覧.xlsx", "公共施設一覧"),
        ("011002_公共施設一覧_20260401.csv", "公共施設一覧"),
        ("01_公共施設一覧（令和8年4月1日現在）.xlsx", "公共施設一覧"),
        ("【最新版】R8年度 河川台帳 ver2.1 - コピー.xls", "【最新版】R8年度 河川台帳"),
        ("河川台帳_最終版(2).xlsx", "河川台帳"),
        ("R7_道路台帳.xlsx", "道路台帳"),
        ("令和7年度_観光入込客数調査.pdf", "観光入込客数調査"),
        ("人口統計2025.csv", "人口統計"),
        ("20260401.csv", "20260401"),
        ("第2次基本計画.docx", "第2次基本計画"),
        ("a.b.c", "a.b"),
        (".hidden", "hidden"),
    ],
)
def test_the_title_is_the_name_without_codes_dates_and_versions(name, title):
    assert title_of_file(name) == title


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([["施設名", "所在地", "電話番号"], ["A", "B", "C"]], ("施設名", "所在地", "電話番号")),
        ([["公共施設一覧", "", ""], ["", "", ""], ["No", "名称", "面積（㎡）"]], ("No", "名称", "面積(m2)")),
        ([["id", "facility_name", "lat"], ["1", "x", "43"]], ("id", "facility_name", "lat")),
        # Data without headings: persons, addresses, numbers.
        ([["山田太郎", "090-1234-5678", "札幌市中央区北3条西6丁目"], ["佐藤花子", "011-231-4111", "函館市"]], None),
        ([["佐藤花子", "函館市", "会社員"], ["鈴木一郎", "小樽市", "農業"]], None),
        ([["2026-04-01", "100", "200"]], None),
        ([["Sato", "Suzuki", "Tanaka"], ["Ito", "Abe", "Kato"]], None),
        ([["表題だけ"]], None),
        ([], None),
    ],
)
def test_only_what_is_surely_a_row_of_headings_is_taken_for_one(rows, columns):
    """A data row must never be reported as headings."""
    found = find_heading(rows)
    assert (found.columns if found else None) == columns


def _csv(path, rows, encoding="utf-8"):
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows(rows)


@pytest.fixture
def folder(tmp_path):
    """Make a folder as offices keep them, with a secret in every data cell."""
    root = tmp_path / "共有"
    (root / "名簿").mkdir(parents=True)
    book = Workbook()
    book.active.append(["申請者名簿"])
    book.active.append([])
    book.active.append(list(HEADINGS))
    for _ in range(3):
        book.active.append(list(CANARIES))
    example = book.create_sheet("作成例")
    example.append(list(HEADINGS))
    book.save(root / "名簿" / "R8_申請者.xlsx")
    _csv(root / "名簿" / "見出しなし.csv", [CANARIES, CANARIES], "cp932")
    _csv(
        root / "042_aed.csv",
        [("名称", "設置位置", "小児対応設備の有無", "利用可能曜日"), ("庁舎", "1階", "有", "平日")],
    )
    (root / "計画書.pdf").write_bytes(b"%PDF-1.7 " + "山田太郎".encode())
    (root / "壊れた.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (root / "取扱.csv").write_bytes(b"<!DOCTYPE html><html>")
    (root / "~$lock.xlsx").write_bytes(b"x")
    (tmp_path / "外").mkdir()
    _csv(tmp_path / "外" / "外部.csv", [HEADINGS])
    (root / "リンク").symlink_to(tmp_path / "外")
    (root / "外部.csv").symlink_to(tmp_path / "外" / "外部.csv")
    return root


def test_forms_headings_and_likely_standard_sets_are_found(folder):
    found = {one.name: one for one in scan_folder(folder).files}
    register = found["R8_申請者.xlsx"]
    assert (register.title, register.rows, register.columns, register.sheets) == ("申請者名簿", 3, HEADINGS, 1)
    aed = found["042_aed.csv"]
    assert (aed.title, aed.standard, aed.encoding, aed.rows) == ("AED設置箇所一覧", "08", "UTF-8", 1)
    assert (found["見出しなし.csv"].columns, found["見出しなし.csv"].encoding) == ((), "Shift_JIS")
    assert (found["計画書.pdf"].format, found["計画書.pdf"].problem) == ("PDF", "")
    assert found["壊れた.xlsx"].problem
    assert found["取扱.csv"].problem == "html_file"


def test_nothing_of_the_content_leaves_but_names_of_columns(folder, capsys):
    """LK: canaries in every data cell, in a file without headings, and in a document."""
    assert main([str(folder), "--json"]) == 0
    assert main([str(folder)]) == 0
    written = capsys.readouterr().out
    assert [canary for canary in CANARIES if canary in written] == []
    assert all(heading in written for heading in HEADINGS)


def test_nothing_is_followed_out_of_the_folder_and_limits_hold(folder):
    report = scan_folder(folder)
    assert not any(one.name == "外部.csv" for one in report.files)
    assert report.skipped["symbolic_link"] == 2
    few = scan_folder(folder, Limits(files=2))
    assert (len(few.files), few.skipped["too_many_files"]) == (2, 1)
    assert not any(one.folder == "名簿" for one in scan_folder(folder, Limits(depth=0)).files)
    small = scan_folder(folder, Limits(file_bytes=10))
    assert {one.problem for one in small.files} >= {"file_too_large"}


def test_the_scan_runs_where_there_is_no_portal(folder, checkout):
    """On a file server: nothing of CKAN is imported, and what it prints is what the portal reads."""
    program = (
        "import sys; from ckanext.hokkaido_inventory.scan import main; code = main(sys.argv[1:]);"
        "assert not [name for name in sys.modules if name == 'ckan' or name.startswith('ckan.')]; sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder), "--json"], cwd=checkout, capture_output=True, text=True, check=True
    )
    seeds = {seed.title: seed for seed in seeds_of(read_report(json.loads(done.stdout)))}
    register = seeds["申請者名簿"].answers
    assert register["personal_information"] == register["sensitive_personal_information"] == "yes"
    assert (register["format"], register["machine_readability"], register["record_count"]) == ("XLSX", "2", 3)
    assert "personal_information" not in seeds["AED設置箇所一覧"].answers


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"kind": "x"},
        {"kind": "hokkaido-inventory-scan", "version": 2, "files": []},
        {"kind": "hokkaido-inventory-scan", "version": 1, "files": [1]},
        {"kind": "hokkaido-inventory-scan", "version": 1, "files": [{"title": 3}]},
        {"kind": "hokkaido-inventory-scan", "version": 1, "files": [{"title": "x", "rows": -1}]},
        {"kind": "hokkaido-inventory-scan", "version": 1, "files": [{"columns": ["x"] * 999}]},
    ],
)
def test_what_the_scan_did_not_write_is_refused(data):
    """UP-12: a list of another kind."""
    with pytest.raises(NotAReport):
        read_report(data)


def test_files_of_other_years_and_forms_are_one_row_of_the_newest():
    files = [
        {"name": "河川台帳_R7.xlsx", "title": "河川台帳", "format": "XLSX", "modified": "2025-04-01", "rows": 10},
        {"name": "河川台帳_R8.csv", "title": "河川台帳", "format": "CSV", "modified": "2026-04-01", "rows": 12},
    ]
    (seed,) = seeds_of(read_report({"kind": "hokkaido-inventory-scan", "version": 1, "files": files}))
    assert (seed.answers["format"], seed.answers["record_count"]) == ("CSV", 12)


def test_real_files_of_standard_sets_are_recognised_by_their_headings(shared_dir):
    """Of real files a set is named rightly far more often than wrongly; a doubtful one is not named."""
    kinds = {"03_evacuation_space": "03", "07_public_wireless_lan": "07", "10_hospital": "10", "13_public_toilet": "13"}
    right = wrong = 0
    for folder_name, code in kinds.items():
        for one in scan_folder(shared_dir / "corpus" / folder_name).files:
            right += one.standard == code
            wrong += one.standard not in ("", code)
    assert (right > 30, wrong) == (True, 0)


def test_a_register_of_personal_files_answers_what_it_is_kept_for():
    headings = ["個人情報ファイルの名称", "利用目的", "記録項目", "記録範囲", "要配慮個人情報の有無", "備考"]
    assert is_personal_register(headings)
    assert not is_personal_register(["施設名", "所在地", "備考"])
    assert list(register_mapping(headings).values()) == [
        "title",
        "description",
        "columns",
        "sensitive_personal_information",
        "remarks",
    ]
    row = {"title": "乳幼児健診台帳", "columns": "個人番号、氏名、診断結果", "sensitive_personal_information": "含む"}
    assert register_answers(row) == row | {
        "personal_information": "yes",
        "specific_personal_information": "yes",
        "sensitive_personal_information": "yes",
    }
    quiet = register_answers({"title": "x", "columns": "氏名、診断結果", "sensitive_personal_information": ""})
    assert quiet["sensitive_personal_information"] == "unclear"
    none = register_answers({"title": "x", "columns": "氏名", "sensitive_personal_information": "含まない"})
    assert none["sensitive_personal_information"] == "no"
