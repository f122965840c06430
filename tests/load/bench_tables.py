"""Measure checking a large table, every error located, against frictionless; on the same types and constraints.

One JSON object a line. Both sides get the same file of public toilets, in which one row in fifty has an error, and must
find the same errors in the same cells before anything is reported. Two runs of ours are told: reading, recognising and
checking what the peer checks, and the whole check with all its rules. The peer is at its defaults, its limit of errors
lifted; it runs once, for a large file takes it minutes.

Then files of all municipalities are joined into one table, and once more after one of them has changed. Nothing else
does that, so the side of the peer is the budget of the design, in seconds.
"""

from __future__ import annotations

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ckanext.hokkaido_standards.checking import check_file, looks
from ckanext.hokkaido_standards.checks.registry import RULES
from ckanext.hokkaido_standards.combined.facts import counted
from ckanext.hokkaido_standards.combined.files import write_all
from ckanext.hokkaido_standards.combined.fragment import fragment_of
from ckanext.hokkaido_standards.combined.merging import Source, write_table
from ckanext.hokkaido_standards.combined.store import Store
from ckanext.hokkaido_standards.definitions import standards
from ckanext.hokkaido_standards.domain.combined import Provenance
from ckanext.hokkaido_standards.tables.reader import read

QUICK = bool(os.environ.get("HOKKAIDO_BENCH_QUICK"))
ROWS, TIMES = (int(os.environ.get("HOKKAIDO_BENCH_ROWS") or (5_000 if QUICK else 1_000_000))), (1 if QUICK else 3)
NAME = "public_toilet.csv"
FILES, ROWS_OF_FILE = (10, 100) if QUICK else (179, 1_000)
#: Seconds that the design gives to joining all files, and to joining them again after one has changed.
BUDGET, BUDGET_AGAIN = 10.0, 1.0
#: Types and constraints that both sides check, in the peer's words.
FIELDS: list[dict[str, Any]] = [
    {"name": "全国地方公共団体コード", "type": "string", "constraints": {"enum": ["011002", "012025", "012041"]}},
    {"name": "ID", "type": "string"},
    {"name": "地方公共団体名", "type": "string"},
    {"name": "名称", "type": "string", "constraints": {"required": True}},
    {"name": "所在地_連結表記", "type": "string", "constraints": {"required": True}},
    {"name": "設置位置", "type": "string", "constraints": {"required": True}},
    {"name": "緯度", "type": "number", "constraints": {"minimum": 41.3, "maximum": 45.6}},
    {"name": "経度", "type": "number", "constraints": {"minimum": 139.3, "maximum": 149.0}},
    {"name": "男性トイレ総数", "type": "integer"},
    {"name": "利用開始時間", "type": "string", "constraints": {"pattern": r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00"}},
    {"name": "車椅子使用者用トイレ有無", "type": "string", "constraints": {"enum": ["有", "無"]}},
    {"name": "備考", "type": "string"},
]
HEADINGS = [one["name"] for one in FIELDS]
SITE = "https://data.example.jp"
CITIES = (("011002", "札幌市"), ("012025", "函館市"), ("012041", "旭川市"))
#: Heading -> a value that both sides take for wrong.
ERRORS = {
    "全国地方公共団体コード": "11002",
    "名称": "",
    "緯度": "35.681236",
    "経度": "139.0",
    "男性トイレ総数": "2基",
    "利用開始時間": "9時",
    "車椅子使用者用トイレ有無": "あり",
}
#: Rules of ours that say what the peer says; the others (spacing, duplicates, people …) it has not.
SAME = frozenset(
    ("value-form", "value-code-form", "value-mandatory", "L2-01", "place-region", "value-presence", "value-time")
)
_EVERY = 50


def write(path: str) -> None:
    """Write the measured file; in a process of its own, so that its memory is not counted."""
    chance = random.Random(7)  # noqa: S311 - no secret.
    wrong = list(ERRORS)
    with Path(path).open("w", encoding="utf-8-sig", newline="") as file:
        file.write(",".join(HEADINGS) + "\r\n")
        for row in range(ROWS):
            code, city = CITIES[row % 3]
            values = [
                code,
                f"{code}{row:08}",
                city,
                f"第{row}公園トイレ",
                f"北海道{city}本町{row % 40}丁目",
                "公園の入口",
            ]
            values += [f"{41.5 + chance.random() * 4:.6f}", f"{140 + chance.random() * 5:.6f}", str(row % 9)]
            values += [f"{row % 24:02}:30", "有" if row % 2 else "無", ""]
            if row % _EVERY == 0:
                heading = wrong[row // _EVERY % len(wrong)]
                values[HEADINGS.index(heading)] = ERRORS[heading]
            file.write(",".join(values) + "\r\n")


def expected() -> Iterator[tuple[int, str]]:
    """Yield row and heading of every error that was written."""
    wrong = list(ERRORS)
    for row in range(0, ROWS, _EVERY):
        yield row + 2, wrong[row // _EVERY % len(wrong)]


def peer(path: str) -> set[tuple[int, str]]:
    """Return row and heading of every error that frictionless finds."""
    from frictionless import Checklist, Resource, Schema, system

    # Its engine has a limit of errors; a file outside of the working directory has to be trusted.
    with system.use_context(trusted=True):
        resource_ = Resource(path=path, schema=Schema.from_descriptor({"fields": FIELDS}), encoding="utf-8-sig")
        report = resource_.validate(Checklist(), limit_errors=ROWS)
    return {(error.row_number, error.field_name) for task in report.tasks for error in task.errors}


def ours(content: bytes) -> set[tuple[int, str]]:
    """Return row and heading of every error of the peer's kinds: read, recognised, its values checked."""
    file = read(NAME, content)
    rules = [rule for rule in RULES if rule.code in {"value-form", "value-mandatory", "place-region"}]
    found = (one for look in looks(file, most=None) for rule in rules for one in rule.check(look) if one.rule in SAME)
    return {(one.row or 0, _column(one.column, one.params)) for one in found}


def _column(column: str, params: Any) -> str:
    """A place outside of the region is one finding of two columns; the peer looks at each alone."""
    if "longitude" in params and float(params["longitude"]) < 139.3:
        return "経度"
    return column


def whole(content: bytes) -> int:
    """Return how many places the whole check found."""
    return sum(check_file(read(NAME, content), most=None).counts.values())


def seconds(call: Callable[[], object]) -> float:
    """Return the wall time of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def memory_mb() -> float:
    """Return the peak of this process's memory so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(name: str, ours_: float, peer_: float, memory: float, note: str) -> None:
    """Print a result."""
    result = {"name": name, "ours": round(ours_, 2), "peer": round(peer_, 2), "ratio": round(peer_ / ours_, 1)}
    print(json.dumps({**result, "unit": "s", "memory_mb": round(memory), "note": note}, ensure_ascii=False), flush=True)


def municipal_file(number: int, mark: str = "") -> bytes:
    """Return a file of one municipality."""
    lines = [",".join(HEADINGS)]
    for row in range(ROWS_OF_FILE):
        place = f"{42 + number / 100:.6f},{141 + row / 1000:.6f}"
        lines.append(
            f"011002,{number}-{row},札幌市,第{number}公園{row}号{mark},北海道札幌市中央区{row}番地,入口,{place},2,09:30,有,"
        )
    return "\r\n".join(lines).encode()


def given(store: Store, number: int, content: bytes) -> Source:
    """Return what a file gives to the table, read and stored."""
    made = fragment_of(list(looks(read(NAME, content))), "13").as_parquet()
    told = Provenance(f"市{number}", "公衆トイレ一覧", NAME, f"https://data.example.jp/{number}", "CC BY 4.0")
    at = datetime(2026, 4, 1, tzinfo=UTC)
    return Source(store.fragment(store.keep_fragment(made)), f"d{number}", f"r{number}", "011002", told, at, at)


class Tables:
    """The tables of the files of all municipalities, one after the other.

    :ivar folder: of the last one.
    """

    def __init__(self, root: Path) -> None:
        self.store, self.sources = Store(root), list[Source]()
        self.folder: Path | None = None

    def joined(self, mark: str, files: dict[int, bytes]) -> int:
        """Read these files and join all, and return the rows of the table."""
        old = self.folder
        for number, content in files.items():
            self.sources[number : number + 1] = [given(self.store, number, content)]
        self.folder = self.store.make(
            "13", mark, lambda one: write_table(one, standards()["13"], self.sources, {}, SITE, old=old)
        )
        return counted(self.folder)["rows"]

    def written(self) -> None:
        """Write the files of the last table, and delete the one before it."""
        assert self.folder
        write_all(self.store, self.folder, standards()["13"], SITE)
        self.store.drop_tables("13", self.folder.name)


def combine(folder: Path) -> int:
    """Join the files of all municipalities, then again after one has changed; every table must hold every row."""
    tables, rows = Tables(folder), set[int]()

    def steps(mark: str, files: dict[int, bytes]) -> tuple[float, float]:
        return seconds(lambda: rows.add(tables.joined(mark, files))), seconds(tables.written)

    first = steps("first", {number: municipal_file(number) for number in range(FILES)})
    peak = memory_mb()
    again = [steps(f"again-{one}", {7: municipal_file(7, f"改{one}")}) for one in range(TIMES)]
    if rows != {FILES * ROWS_OF_FILE}:
        print(f"the tables have {rows} rows", file=sys.stderr)
        return 1
    joined, written = (statistics.median(one) for one in zip(*again, strict=True))
    size, median = f"{FILES} files of {ROWS_OF_FILE} rows", f"median of {TIMES}; the peer is the budget"
    report("combined", first[0], BUDGET, peak, f"{size}, read, recognised, mended, joined; the peer is the budget")
    report("combined-again", joined, BUDGET_AGAIN, memory_mb(), f"{size}, one changed: read, joined; {median}")
    told = sum(path.stat().st_size for path in folder.glob("tables/13/*/rows.*")) >> 20
    kinds = f"{size} as CSV, GeoJSON, JSON-LD and NGSI-LD ({told} MiB with Parquet)"
    report("combined-files", first[1], BUDGET, peak, f"{kinds}; the peer is the budget of joining")
    report("combined-files-again", written, BUDGET_AGAIN, memory_mb(), f"{kinds}, one changed; {median}")
    return 0


def main() -> int:
    """Prove both sides equal, then tell their times."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        subprocess.run([sys.executable, "-P", __file__, "--write", str(path)], check=True)
        content = path.read_bytes()
        before = memory_mb()
        found = ours(content)
        memory = memory_mb()
        if found != set(expected()):
            print(f"ours are not the errors that were written: {_difference(found)}", file=sys.stderr)
            return 1
        times = [seconds(lambda: ours(content)) for _ in range(TIMES)]
        times_whole = [seconds(lambda: whole(content)) for _ in range(TIMES)]
        memory_whole = memory_mb()
        start = time.perf_counter()
        theirs = peer(str(path))
        peer_seconds = time.perf_counter() - start
    if theirs != found:
        print(f"the peer's errors are not ours: {_difference(theirs)}", file=sys.stderr)
        return 1
    size = f"{ROWS} rows x {len(FIELDS)} columns ({len(content) >> 20} MiB), {len(found)} errors, the same ones"
    note = f"{size}; the same types and constraints; median of {TIMES}; peer once; {round(before)} MB before it began"
    report("tables", statistics.median(times), peer_seconds, memory, note)
    note = f"{size}; ours with all rules: spacing, characters, duplicates, people, municipalities; median of {TIMES}"
    report("tables-every-rule", statistics.median(times_whole), peer_seconds, memory_whole, note)
    with tempfile.TemporaryDirectory() as folder:
        return combine(Path(folder))


def _difference(found: set[tuple[int, str]]) -> list[tuple[int, str]]:
    return sorted(found ^ set(expected()))[:5]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write(sys.argv[2])
        sys.exit(0)
    sys.exit(main())
