"""Say how far the rules of tables and the notes of a crude finder agree over a corpus of real files, rule by rule.

Usage: corpus_rules.py CORPUS [LARGEST]

CORPUS is a folder with `manifest_shared.csv`, whose column `known_defects` has the notes; files of more than LARGEST
bytes are left out. `tests/unit/standards/corpus_defects.yaml` says which rules a note is about, `corpus_verdicts.yaml`
what the eye says of the files in which both differ. One row a defect is printed:

    precision   of the files in which a rule has found something, how many are such (both, or right by the eye)
    recall      of the files that are such, in how many a rule has found it

A difference that nobody has looked at counts against the rules in both, and is listed.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ckanext.hokkaido_standards.checking import check_file
from ckanext.hokkaido_standards.tables.reader import read

DATA = Path(__file__).parents[1] / "unit" / "standards"
OURS, THEIRS = "ours", "theirs"

#: File -> the finder's notes, and the codes of the rules that found something.
Found = Mapping[str, tuple[AbstractSet[str], AbstractSet[str]]]


@dataclass
class Agreement:
    """One defect over all files: those in which both see it, and the others by who is right."""

    name: str
    both: int = 0
    ours_right: list[str] = field(default_factory=list)
    ours_wrong: list[str] = field(default_factory=list)
    theirs_right: list[str] = field(default_factory=list)
    theirs_wrong: list[str] = field(default_factory=list)
    unseen: list[tuple[str, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        right = self.both + len(self.ours_right)
        wrong = len(self.ours_wrong) + sum(only == OURS for only, _path in self.unseen)
        return right / (right + wrong) if right + wrong else 1.0

    @property
    def recall(self) -> float:
        right = self.both + len(self.ours_right)
        missed = len(self.theirs_right) + sum(only == THEIRS for only, _path in self.unseen)
        return right / (right + missed) if right + missed else 1.0


@cache
def data(name: str) -> list[dict[str, Any]]:
    """Return what one of the files beside the tests says."""
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def notes(text: str) -> frozenset[str]:
    """Return the notes of a cell of the manifest, digits as N."""
    return frozenset(re.sub(r"\d+", "N", one.strip()) for one in re.split(r"[;|]", text) if one.strip())


def agreements(found: Found) -> Iterator[Agreement]:
    """Yield how far rules and notes agree, one defect after the other."""
    judged = {
        (one["defect"], one["only"], path): one["right"]
        for one in data("corpus_verdicts")
        if "defect" in one
        for path in one["files"]
    }
    for defect in data("corpus_defects"):
        if "why" in defect:
            continue
        own, wanted = set(defect["rules"]), set(defect["notes"])
        told = Agreement(defect["name"])
        for path, (noted, rules) in found.items():
            _count(
                told,
                path,
                bool(noted & wanted),
                bool(rules & own),
                bool(rules & (own | set(defect.get("also", ())))),
                judged,
            )
        yield told


def _count(
    told: Agreement, path: str, noted: bool, ours: bool, somehow: bool, judged: Mapping[tuple[str, str, str], str]
) -> None:
    if noted and somehow:
        told.both += 1
    elif noted or ours:
        only = THEIRS if noted else OURS
        right = judged.get((told.name, only, path))
        if right is None:
            told.unseen.append((only, path))
            return
        places = {
            (OURS, OURS): told.ours_right,
            (OURS, THEIRS): told.ours_wrong,
            (THEIRS, THEIRS): told.theirs_right,
            (THEIRS, OURS): told.theirs_wrong,
        }
        places[only, right].append(path)


def alone(found: Found) -> Iterator[Agreement]:
    """Yield what the eye says of rules that no note is about."""
    for code in dict.fromkeys(one["rule"] for one in data("corpus_verdicts") if "rule" in one):
        verdicts = {
            path: one["right"] for one in data("corpus_verdicts") if one.get("rule") == code for path in one["files"]
        }
        told = Agreement(code)
        for path, (_noted, rules) in found.items():
            if code in rules and path in verdicts:
                (told.ours_right if verdicts[path] == OURS else told.ours_wrong).append(path)
            elif code in rules:
                told.unseen.append((OURS, path))
            elif verdicts.get(path) == OURS:
                told.unseen.append((THEIRS, path))
        yield told


def files(corpus: Path, largest: float) -> Iterator[tuple[str, frozenset[str], Path]]:
    """Yield the files of a corpus with their notes."""
    with (corpus / "manifest_shared.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if (corpus / row["path"]).stat().st_size <= largest:
                yield row["path"], notes(row["known_defects"]), corpus / row["path"]


def _found(corpus: Path, largest: float) -> Found:
    found = {}
    for path, noted, place in files(corpus, largest):
        # The folder tells the kind; the name in front is that of the publisher.
        report = check_file(read(place.name.partition("__")[2], place.read_bytes()), most=1)
        found[path] = noted, frozenset(report.counts)
    return found


def lines(told: Iterable[Agreement]) -> Iterator[str]:
    """Yield the rows of a Markdown table."""
    yield "| defect | both | ours, right | ours, wrong | theirs, right | theirs, wrong | precision | recall |"
    yield f"|{' --- |' * 8}"
    for one in told:
        counts = (one.both, *map(len, (one.ours_right, one.ours_wrong, one.theirs_right, one.theirs_wrong)))
        figures = f"{one.precision:.2f} | {one.recall:.2f}"
        yield f"| {one.name} | {' | '.join(map(str, counts))} | {figures} |"


def main(corpus: str, largest: str = "inf") -> None:
    found = _found(Path(corpus), float(largest))
    told = [*agreements(found), *alone(found)]
    print(f"{len(found)} files", *lines(told), sep="\n")
    for one in told:
        for only, path in one.unseen:
            print("not looked at:", one.name, "only", only, path)


if __name__ == "__main__":
    main(*sys.argv[1:])
