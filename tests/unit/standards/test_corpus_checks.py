"""Every real file is checked to its end, and the rules agree with what a crude finder rightly saw in it.

The finder's notes are an index, not the truth: where the rules differ from them somebody has looked at the file, and
`corpus_verdicts.yaml` says who is right. A file in which both differ, and that nobody has looked at, counts as a fault.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from ckanext.hokkaido_standards.checking import check_file
from ckanext.hokkaido_standards.report import Report
from ckanext.hokkaido_standards.tables.table import TableFile

#: Larger files take seconds each; `tests/tools/corpus_rules.py` looks at all of them.
LARGEST = 20_000
#: Defect or rule -> least precision and recall; 1 for all others.
LEAST: dict[str, tuple[float, float]] = {
    "blanks and line breaks": (0.97, 1.0),
    "platform-dependent characters": (1.0, 0.94),
}

Checked = dict[str, tuple[frozenset[str], Report]]


@pytest.fixture(scope="module")
def tool(checkout: Path) -> ModuleType:
    """Return the script that compares, as a module."""
    spec = importlib.util.spec_from_file_location("corpus_rules", checkout / "tests" / "tools" / "corpus_rules.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def checked(tool: ModuleType, corpus: Path, corpus_file: Callable[[str], TableFile]) -> Checked:
    """Return each file with its notes and its report."""
    return {path: (noted, check_file(corpus_file(path), most=3)) for path, noted, _place in tool.files(corpus, LARGEST)}


def test_every_file_has_a_report_in_both_languages(checked: Checked) -> None:
    for path, (_noted, report) in checked.items():
        for language in ("ja", "en"):
            shown = report.as_dict(language)
            assert json.dumps(shown), path
            assert shown["score"] in range(6)
        assert report.readable == bool(report.tables), path


def test_rules_agree_with_the_finder_or_with_the_eye(tool: ModuleType, checked: Checked) -> None:
    found = {path: (noted, frozenset(report.counts)) for path, (noted, report) in checked.items()}
    assert len(found) > 150
    told = [*tool.agreements(found), *tool.alone(found)]
    print(*tool.lines(told), sep="\n")
    assert [(one.name, one.unseen) for one in told if one.unseen] == []
    figures = {one.name: (one.precision, one.recall) for one in told}
    assert set(LEAST) <= set(figures)
    wrong = {
        name: figure
        for name, figure in figures.items()
        if any(value < least for value, least in zip(figure, LEAST.get(name, (1.0, 1.0)), strict=True))
    }
    assert wrong == {}


def test_every_note_is_told_of_and_every_verdict_is_about_a_difference(tool: ModuleType, corpus: Path) -> None:
    known = {note for one in tool.data("corpus_defects") for note in one["notes"]}
    paths, noted = set(), set()
    for path, of_file, _place in tool.files(corpus, float("inf")):
        paths.add(path)
        noted |= of_file
    assert noted == known
    names = {one["name"] for one in tool.data("corpus_defects") if "why" not in one}
    for one in tool.data("corpus_verdicts"):
        assert one.get("defect", one.get("rule")) in names or "rule" in one
        assert {one["only"], one["right"]} <= {tool.OURS, tool.THEIRS}
        assert set(one["files"]) <= paths
        assert one["why"]
