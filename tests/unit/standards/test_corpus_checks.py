"""Every real file is checked to its end, and what a crude finder saw in it is found by the rules.

The finder's notes are an index, not the truth. Those that may be missed were looked at, each: eras, times and dashes in
free texts, paragraphs of long ones, telephone numbers that it took for serial numbers of dates.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ckanext.hokkaido_standards.checking import check_file
from ckanext.hokkaido_standards.report import Report
from ckanext.hokkaido_standards.tables.table import TableFile

#: Larger files take seconds each, and have nothing that smaller ones lack.
LARGEST = 400_000
#: Note of the finder on values and files (where tables begin and end is tested with their reading), digits as N -> the
#: rules that find it, and how many of its notes need no finding.
NOTES: Mapping[str, tuple[tuple[str, ...], int]] = {
    "N columns always empty": (("set-empty", "table-blank-columns", "table-blank-column"), 0),
    "spaces around values": (("L1-06", "value-form", "L2-01", "table-notes"), 4),
    "newlines in cells": (("L1-06", "L1-14", "table-notes"), 3),
    "cpN": (("file-encoding",), 0),
    "UTF-N": (("file-encoding",), 0),
    "era dates": (("L3-05",), 37),
    "times as H:MM or N:N": (("value-form", "value-time"), 3),
    "dash as empty": (("value-dash",), 2),
    "N merged ranges": (("L1-12",), 0),
    "multi-row header": (("table-heading-rows", "L1-12"), 0),
    "duplicate ID/NO": (("row-id-double",), 0),
    "ID/NO column all blank": (("row-id-blank",), 0),
    "ID/NO blank in some rows": (("row-id-blank",), 0),
    "possible Excel serial dates": (("value-serial",), 9),
    "lat/lng out of Japan in N": (("place-japan", "place-swapped", "place-point"), 0),
    "lat/lng not decimal in N": (("value-coordinate", "value-form", "value-dash"), 1),
    "N-digit municipality code": (("value-code-form", "value-code"), 0),
    "hidden columns": (("sheet-hidden-column",), 0),
    "hidden sheet": (("sheet-hidden",), 0),
    "thousands separators": (("L2-01",), 1),
    "unknown/invalid municipality code N": (("value-code", "value-code-check"), 0),
    "HTML page saved as csv": (("file-page",), 0),
    "xlsx content named .csv": (("file-extension",), 0),
    "xlsx content named .xls": (("file-extension",), 0),
    "images/charts": (("L1-10",), 0),
    "Excel error values": (("value-error", "sheet-error"), 0),
    "mixed circle marks ○〇": (("value-form", "value-mark"), 1),
}


Noted = list[tuple[str, frozenset[str], Report]]


@pytest.fixture(scope="session")
def noted(corpus: Path, manifest: list[dict[str, str]], corpus_file: Callable[[str], TableFile]) -> Noted:
    """Return each file of the corpus with its notes and its report."""
    return [
        (row["path"], frozenset(_notes(row["known_defects"])), check_file(corpus_file(row["path"]), most=3))
        for row in manifest
        if (corpus / row["path"]).stat().st_size <= LARGEST
    ]


def _notes(text: str) -> set[str]:
    notes = {re.sub(r"\d+", "N", one.strip()) for one in re.split(r"[;|]", text)}
    return {known for known in NOTES for note in notes if note.startswith(known)}


def test_every_file_has_a_report_in_both_languages(noted: Noted) -> None:
    for path, _of, report in noted:
        for language in ("ja", "en"):
            shown = report.as_dict(language)
            assert json.dumps(shown), path
            assert shown["score"] in range(6)
        assert report.readable == bool(report.tables), path


def test_what_the_finder_saw_is_found(noted: Noted) -> None:
    missed = defaultdict(list)
    for path, notes, report in noted:
        for note in notes:
            if not report.counts.keys() & set(NOTES[note][0]):
                missed[note].append(path)
    wrong = {note: paths for note, paths in missed.items() if len(paths) > NOTES[note][1]}
    assert wrong == {}
