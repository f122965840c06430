"""Real files of municipalities, each read once for all tests."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from ckanext.hokkaido_standards.tables.reader import read
from ckanext.hokkaido_standards.tables.table import TableFile


@pytest.fixture(scope="session")
def corpus(shared_dir: Path) -> Path:
    """Return the folder of the files."""
    folder = shared_dir / "corpus"
    if not (folder / "manifest_shared.csv").is_file():
        pytest.skip("the corpus of real files is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def manifest(corpus: Path) -> list[dict[str, str]]:
    """Return what is known of each file."""
    with (corpus / "manifest_shared.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="session")
def corpus_file(corpus: Path) -> Callable[[str], TableFile]:
    """Return what reads a file of the corpus, given its path there."""

    @cache
    def reading(path: str) -> TableFile:
        # Only the file's own name: the folder tells the kind.
        return read(Path(path).name.partition("__")[2], (corpus / path).read_bytes())

    return reading
