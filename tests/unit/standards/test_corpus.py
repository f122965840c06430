"""Real files of municipalities: each is read, its tables stand where the eye sees them, and its set is recognised."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from ckanext.hokkaido_standards.checking import check_file
from ckanext.hokkaido_standards.tables.reader import read
from ckanext.hokkaido_standards.tables.table import Table, TableFile

SHAPES = yaml.safe_load((Path(__file__).parent / "corpus_shapes.yaml").read_text(encoding="utf-8"))
#: What the manifest calls neither of the generations.
DIALECTS = {"non-standard": "other", "none": "other"}
LEAST = 0.95


@pytest.fixture(scope="module")
def corpus(shared_dir: Path) -> Path:
    folder = shared_dir / "corpus"
    if not (folder / "manifest_shared.csv").is_file():
        pytest.skip("the corpus of real files is not beside this checkout")
    return folder


@cache
def _read(path: Path) -> TableFile:
    # Only the file's own name: the folder tells the kind.
    return read(path.name.partition("__")[2], path.read_bytes())


def test_kind_and_dialect_are_those_of_the_manifest(corpus: Path) -> None:
    with (corpus / "manifest_shared.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    others = list(_others(corpus, rows))
    print(*others, sep="\n")
    assert len(rows) == 310
    assert 1 - len(others) / len(rows) >= LEAST, others


def _others(corpus: Path, rows: list[dict[str, str]]) -> Iterator[tuple[str, ...]]:
    """Yield the files that are recognised as another kind or dialect."""
    for row in rows:
        told = check_file(_read(corpus / row["path"]), most=0).as_dict()
        found = (told["standard"] or "other", told["dialect"])
        wanted = (row["dataset_kind"], DIALECTS.get(row["header_dialect"], row["header_dialect"]))
        if found != wanted:
            yield (row["path"], *wanted, *found)


def test_encodings_are_those_of_the_manifest(corpus: Path) -> None:
    with (corpus / "manifest_shared.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            file = _read(corpus / row["path"])
            assert (file.encoding or file.kind or "html") == row["encoding"].partition("(")[0], row["path"]


@pytest.mark.parametrize("expected", SHAPES, ids=[one["path"] for one in SHAPES])
def test_tables_stand_where_the_eye_sees_them(corpus: Path, expected: Mapping[str, Any]) -> None:
    file = _read(corpus / expected["path"])
    assert (file.kind or None, file.encoding or None) == (expected["kind"], expected["encoding"])
    assert len(file.tables) == expected["tables"]
    sheets = list(dict.fromkeys(table.sheet for table in file.tables))
    found = [_placed(table, sheets.index(table.sheet) + 1) for table in file.tables]
    for one in expected["first"]:
        assert one in found


def _placed(table: Table, sheet: int) -> list[int]:
    height = table.frame.height
    rows = [table.row(0), table.row(height - 1)] if height else [0, 0]
    return [sheet, table.heading_row, table.left, len(table.headings), height, *rows]
