"""Real files of offices: the table is found, and at most two corrections make a list of it.

The table holds what a person sees in each file: sheet, heading rows, column of the name, number of rows. `corrections`
are what the proposal needs to get there.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ckanext.hokkaido_inventory.domain.findings import has_errors
from ckanext.hokkaido_inventory.domain.question_types import Choice
from ckanext.hokkaido_inventory.domain.wording import Wording
from ckanext.hokkaido_inventory.workbook.read_own import Choices
from ckanext.hokkaido_inventory.workbook.reader import read

MOST_CORRECTIONS = 2
VOCABULARIES = {
    "frequencies": (Choice("ANNUAL", Wording("毎年", "Annual")), Choice("MONTHLY", Wording("毎月", "Monthly"))),
    "formats": (Choice("CSV", Wording("CSV", "CSV")), Choice("XLSX", Wording("Excel（xlsx）", "Excel"))),
    "themes": (Choice("government", Wording("行政・財政", "Government")),),
}
TABLE = Path(__file__).with_name("corpus_expectations.csv")
EXPECTED = {line["path"]: line for line in csv.DictReader(TABLE.open(encoding="utf-8"))}


def _of_the_inventory(shared: Path) -> list[str]:
    with (shared / "corpus" / "manifest_shared.csv").open(encoding="utf-8-sig") as stream:
        return [row["path"] for row in csv.DictReader(stream) if "inventory" in row["suited_for"]]


@pytest.fixture(scope="module")
def corpus(shared_dir: Path) -> Path:
    return shared_dir / "corpus"


def test_every_file_of_the_corpus_is_in_the_table(shared_dir: Path) -> None:
    assert set(_of_the_inventory(shared_dir)) == set(EXPECTED)


@pytest.mark.parametrize("path", EXPECTED)
def test_a_real_file_is_read_with_at_most_two_corrections(corpus: Path, path: str) -> None:
    expected = EXPECTED[path]
    corrections = dict(part.split("=") for part in expected["corrections"].split(";") if part)
    result = read(corpus / path, VOCABULARIES, choices=Choices(mapping=corrections))
    assert len(corrections) <= MOST_CORRECTIONS
    assert (result.kind, len(result.rows)) == (expected["kind"], int(expected["rows"]))
    if expected["kind"] == "own":
        title = next(one.heading.letter for one in result.found.proposals if one.field == "title")
        rows = "-".join(map(str, result.found.header_rows))
        assert (result.found.sheet, rows, title) == (expected["sheet"], expected["header_rows"], expected["title"])
    # A template without a row says so; everything else can be stored.
    assert has_errors(result.findings) == (expected["rows"] == "0")
