"""Files are repaired by a command, which overwrites none of them and says where it wrote and what it changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

LEGACY = (
    "都道府県コード又は市区町村コード,NO,名称,緯度,経度,多機能トイレ数\r\n11002,1,大通公園トイレ,141.35,43.06,約3基\r\n"
).encode("cp932")
MENDED = (
    "\ufeff全国地方公共団体コード,ID,名称,緯度,経度,バリアフリートイレ数\r\n"
    "011002,1,大通公園トイレ,43.06,141.35,約3基\r\n"
).encode()
GOOD = "\ufeff名称,備考\r\n役場,本庁舎\r\n".encode()

pytestmark = pytest.mark.usefixtures("with_plugins")


def run(cli: Any, *words: str | Path) -> Any:
    from ckan.cli.cli import ckan

    return cli.invoke(ckan, ["hokkaido", "table", "repair", *map(str, words)])


@pytest.fixture
def legacy(tmp_path: Path) -> Path:
    path = tmp_path / "public_toilet.csv"
    path.write_bytes(LEGACY)
    return path


def test_the_repaired_file_stands_beside_the_one_that_stays(cli: Any, legacy: Path) -> None:
    done = run(cli, legacy, "--json")
    assert done.exit_code == 1, done.output
    (line,) = done.stdout.splitlines()
    told = json.loads(line)
    made = legacy.with_name("public_toilet-repaired.csv")
    assert (told["path"], told["standard"], told["changed"]) == (str(legacy), "13", True)
    assert [one["path"] for one in told["outputs"]] == [str(made)]
    assert (legacy.read_bytes(), made.read_bytes()) == (LEGACY, MENDED)
    assert {"value-code-form", "place-swapped", "file-encoding", "set-legacy"} <= {
        one["rule"] for one in told["changes"]
    }
    assert [(one["rule"], one["row"], one["value"]) for one in told["left"] if one["rule"] == "L2-01"] == [
        ("L2-01", 2, "約3基")
    ]


def test_no_file_is_overwritten(cli: Any, legacy: Path) -> None:
    for name in ("public_toilet.csv", "public_toilet-2.csv", "public_toilet-3.csv"):
        done = run(cli, legacy, "--out", legacy.parent / "out")
        assert str(legacy.parent / "out" / name) in done.output
    assert {path.name for path in (legacy.parent / "out").iterdir()} == {
        "public_toilet.csv", "public_toilet-2.csv", "public_toilet-3.csv"
    }  # fmt: skip


def test_notes_are_written_beside(cli: Any, legacy: Path) -> None:
    legacy.write_bytes("公衆トイレ一覧,,,,,\r\n".encode("cp932") + LEGACY)
    run(cli, legacy)
    assert legacy.with_name("public_toilet-notes.txt").read_text(encoding="utf-8-sig") == "公衆トイレ一覧\n"


@pytest.mark.parametrize(("content", "code"), [(GOOD, 0), (b"%PDF-1.7", 2)], ids=["good", "pdf"])
def test_where_nothing_is_mended_nothing_is_written(cli: Any, tmp_path: Path, content: bytes, code: int) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert run(cli, path).exit_code == code
    assert list(tmp_path.iterdir()) == [path]


def test_a_trial_writes_nothing(cli: Any, legacy: Path) -> None:
    done = run(cli, legacy, "--dry-run", "--language", "en")
    assert "Latitude and longitude swapped back" in done.output
    assert list(legacy.parent.iterdir()) == [legacy]


def test_the_command_needs_no_portal(legacy: Path) -> None:
    from click.testing import CliRunner

    from ckanext.hokkaido_standards.cli.table import table

    done = CliRunner().invoke(table, ["repair", str(legacy), "--dry-run"])
    assert (done.exit_code, "011002" in done.output) == (1, True)
