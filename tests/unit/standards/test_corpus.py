"""Real files of municipalities: each is read, its tables stand where the eye sees them, and its set is recognised."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from ckanext.hokkaido_standards.checking import looks, summary
from ckanext.hokkaido_standards.report import Report
from ckanext.hokkaido_standards.tables.table import Table, TableFile

SHAPES = yaml.safe_load((Path(__file__).parent / "corpus_shapes.yaml").read_text(encoding="utf-8"))
#: What the manifest calls neither of the generations.
DIALECTS = {"non-standard": "other", "none": "other"}
LEAST = 0.95

Reads = Callable[[str], TableFile]


def test_kind_and_dialect_are_those_of_the_manifest(manifest: list[dict[str, str]], corpus_file: Reads) -> None:
    others = list(_others(manifest, corpus_file))
    print(*others, sep="\n")
    assert len(manifest) == 310
    assert 1 - len(others) / len(manifest) >= LEAST, others


def _others(manifest: list[dict[str, str]], corpus_file: Reads) -> Iterator[tuple[str, ...]]:
    """Yield the files that are recognised as another kind or dialect."""
    for row in manifest:
        # What the rules find does not matter here, and takes far longer than recognising.
        tables = [summary(look) for look in looks(corpus_file(row["path"]))]
        told = Report(row["path"], "", "", tables, ()).as_dict()
        found = (told["standard"] or "other", told["dialect"])
        wanted = (row["dataset_kind"], DIALECTS.get(row["header_dialect"], row["header_dialect"]))
        if found != wanted:
            yield (row["path"], *wanted, *found)


def test_encodings_are_those_of_the_manifest(manifest: list[dict[str, str]], corpus_file: Reads) -> None:
    for row in manifest:
        file = corpus_file(row["path"])
        assert (file.encoding or file.kind or "html") == row["encoding"].partition("(")[0], row["path"]


@pytest.mark.parametrize("expected", SHAPES, ids=[one["path"] for one in SHAPES])
def test_tables_stand_where_the_eye_sees_them(corpus_file: Reads, expected: Mapping[str, Any]) -> None:
    file = corpus_file(expected["path"])
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
