"""LibreOffice opens what we write, computes what the server computes, and saves what we read back the same."""

from __future__ import annotations

import io
import shutil
import subprocess
from itertools import product
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ckanext.hokkaido_inventory.domain.disclosure import judge
from ckanext.hokkaido_inventory.domain.fitness import API_KEYS, SUITABILITY_KEYS, api_fitness, suitability
from ckanext.hokkaido_inventory.domain.questions import DISCLOSURE_KEYS
from ckanext.hokkaido_inventory.workbook.layout import SHEET_TITLES
from ckanext.hokkaido_inventory.workbook.official import write_official
from ckanext.hokkaido_inventory.workbook.reader import read
from ckanext.hokkaido_inventory.workbook.template import TemplateContent, write_template

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
ANSWERS = ("yes", "no", "unclear", None)


def _rows() -> list[dict]:
    """Return rows whose answers meet in every pair, and some that reach each branch of the formulas."""
    rows = []
    for number, answers in enumerate(product(ANSWERS, repeat=3)):
        row = dict(zip(DISCLOSURE_KEYS[::2], answers, strict=True)) | dict(
            zip(DISCLOSURE_KEYS[1::2], reversed(answers), strict=True)
        )
        row |= {key: ANSWERS[(number + place) % 4] for place, key in enumerate((*SUITABILITY_KEYS, *API_KEYS))}
        row |= {"title": f"0{number:03}＝一覧\n（二行目）", "record_count": 5000 * (number % 4)}
        row |= {"update_interval": number % 3 or None, "update_unit": ("day", "month", "hour")[number % 3]}
        rows.append({key: value for key, value in row.items() if value is not None})
    same = [dict.fromkeys((*SUITABILITY_KEYS, *API_KEYS), answer) | {"title": str(answer)} for answer in ANSWERS[:3]]
    return [*rows, *same]


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Let LibreOffice open both forms, compute and save them, in one start of the program."""
    folder = tmp_path_factory.mktemp("office")
    rows = [row | {"number": number, "version": 1} for number, row in enumerate(_rows(), 1)]
    (folder / "official.xlsx").write_bytes(write_official(rows))
    (folder / "template.xlsx").write_bytes(write_template(TemplateContent(rows=rows, spare_rows=2)))
    command = [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
    names = ["official.xlsx", "template.xlsx"]
    done = subprocess.run(
        [*command, "--outdir", str(folder / "out"), *[str(folder / name) for name in names]],
        capture_output=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {Path(name).stem: (folder / "out" / name).read_bytes() for name in names}


def _cells(content: bytes, sheet: str, first: int, columns: str) -> list[list[object]]:
    opened = load_workbook(io.BytesIO(content), data_only=True)[sheet]
    return [[opened[f"{column}{first + row}"].value for column in columns] for row in range(len(_rows()))]


def test_the_official_form_computes_what_the_server_computes(resaved) -> None:
    content = resaved["official"]
    assert _cells(content, SHEET_TITLES[2], 9, "FHKL") == [
        [verdict.label for verdict in (found.personal, found.release, found.law, found.decision)]
        for found in map(judge, _rows())
    ]
    fourth = _cells(content, SHEET_TITLES[4], 10, "JWKNC")
    for row, cells in zip(_rows(), fourth, strict=True):
        assert cells[:2] == [suitability(row).shown, api_fitness(row).shown], row
        assert cells[3] == ("該当" if row.get("record_count", 0) >= 10_000 else "非該当")
        assert cells[4] == judge(row).decision.label


def test_the_template_computes_the_decision_of_the_server(resaved) -> None:
    shown = _cells(resaved["template"], "回答", 7, "K")
    assert shown == [[judge(row).decision.label] for row in _rows()]


def test_what_libreoffice_saved_is_read_as_what_we_wrote(resaved) -> None:
    for content in resaved.values():
        result = read(content)
        assert {found.code for found in result.findings} <= {"contradiction"}
        for row, found in zip(_rows(), result.rows, strict=True):
            assert {key: value for key, value in found.values.items() if value is not None} == row
