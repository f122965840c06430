"""Measure taking a large workbook in against what openpyxl needs merely to read it, on the portal's own database.

One JSON object a line. Ours is the whole way: guard, scan, reading, checking, planning, storing and committing, by the
functions that the action calls. The peer reads the same bytes cell by cell (read-only, values only) and does nothing
with them. Before anything is timed, what was stored is proven to be what the peer reads. The survey of the measurement
is a round for practice of a unit of its own, and is deleted at the end.
"""

from __future__ import annotations

import configparser
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa
from ckan import model  # noqa: F401  The tables of CKAN must be known before those of the plugins.
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_inventory.domain.findings import has_errors
from ckanext.hokkaido_inventory.domain.question_types import AnswerKind
from ckanext.hokkaido_inventory.domain.questions import question
from ckanext.hokkaido_inventory.domain.response_state import ResponseState
from ckanext.hokkaido_inventory.domain.survey_state import SurveyState
from ckanext.hokkaido_inventory.model import Answer, Event, Holding, Response, Survey
from ckanext.hokkaido_inventory.service import workbook as merging
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_inventory.workbook.reader import read
from ckanext.hokkaido_inventory.workbook.template_layout import (
    TEMPLATE_COLUMNS,
    TEMPLATE_DECISION,
    TEMPLATE_SHEET,
)

QUICK = bool(os.environ.get("HOKKAIDO_BENCH_QUICK"))
ROWS, COLUMNS, TIMES = (500 if QUICK else 10_000), 30, (1 if QUICK else 3)
VIEWER = Viewer(everything=True)
#: The first of the template's columns, and the remarks, which every template has.
MEASURED = (*TEMPLATE_COLUMNS[: COLUMNS - 1], TEMPLATE_COLUMNS[-1])
KEYS = [column.key for column in MEASURED]


def cell(place: int, row: int) -> object:
    """Return what stands in a cell of the measured file."""
    column = MEASURED[place]
    if column.key is None:
        return "公開可能" if column.heading == TEMPLATE_DECISION else None
    item = question(column.key)
    match item.kind:
        case AnswerKind.NUMBER:
            return row
        case AnswerKind.DATE:
            return date(2026, 4, 1) + timedelta(days=row % 365)
        case AnswerKind.TERNARY:
            return "無"
        case AnswerKind.CHOICE if item.choices:
            return item.choices[row % len(item.choices)].label.ja
    return f"{item.label.ja}の{row}番目、河川・道路・施設の名称と所在地"[: item.max_length]


def write(path: str) -> None:
    """Write the measured file; in a process of its own, so that its memory is not counted."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(TEMPLATE_SHEET)
    sheet.append([column.heading for column in MEASURED])
    for row in range(1, ROWS + 1):
        sheet.append([cell(place, row) for place in range(COLUMNS)])
    book.save(path)


def peer(content: bytes) -> list[tuple[object, ...]]:
    """Read every cell with openpyxl, in its fastest way."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]


def ours(engine: sa.Engine, content: bytes, response_id: str) -> None:
    """Read, check, store and commit a file as the action does."""
    with Session(engine) as session:
        response = session.get_one(Response, response_id, with_for_update=True)
        result = read(content)
        if has_errors(result.findings) or len(result.rows) != ROWS:
            raise SystemExit(f"the file was not taken: {[finding.message() for finding in result.findings[:5]]}")
        plan = merging.plan(session, VIEWER, response, result)
        merging.apply(session, VIEWER, response, plan, at=now())
        session.commit()


class World:
    """A survey for practice with a unit that nobody else has."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.unit = f"bench-{uuid4()}"
        with Session(engine) as session:
            survey = Survey(
                title="bench import",
                fiscal_year=2026,
                deadline=date(2099, 3, 31),
                state=SurveyState.OPEN,
                training=True,
                question_set="full",
            )
            session.add(survey)
            session.flush()
            response = Response(survey_id=survey.id, unit_id=self.unit, state=ResponseState.NOT_STARTED)
            session.add(response)
            session.flush()
            self.survey, self.response = survey.id, response.id
            session.commit()

    def empty(self) -> None:
        """Delete the rows, so that the next run stores them anew."""
        with Session(self.engine) as session:
            session.execute(sa.delete(Answer).where(Answer.response_id == self.response))
            session.execute(sa.delete(Holding).where(Holding.unit_id == self.unit))
            session.commit()

    def remove(self) -> None:
        """Delete everything."""
        self.empty()
        with Session(self.engine) as session:
            session.execute(sa.delete(Event).where(Event.survey_id == self.survey))
            session.execute(sa.delete(Response).where(Response.id == self.response))
            session.execute(sa.delete(Survey).where(Survey.id == self.survey))
            session.commit()

    def stored(self) -> list[dict[str, object]]:
        """Return what was stored, in the order of the numbers."""
        with Session(self.engine) as session:
            found = session.execute(
                sa.select(Answer)
                .join(Holding, Holding.id == Answer.holding_id)
                .where(Answer.response_id == self.response)
                .order_by(Holding.number)
            ).scalars()
            return [{"title": row.title, "description": row.description} | row.answers for row in found]


def expected(values: tuple[object, ...]) -> dict[str, object]:
    """Return what must be stored for a row that the peer read."""
    answers: dict[str, object] = {}
    for key, value in zip(KEYS, values, strict=True):
        if key is None or value is None:
            continue
        item = question(key)
        codes = {choice.label.ja: choice.code for choice in item.choices}
        answers[key] = value.date().isoformat() if item.kind is AnswerKind.DATE else codes.get(value, value)
    return answers


def seconds(call: Callable[[], object]) -> float:
    """Return the wall time of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def memory_mb() -> float:
    """Return the peak of this process's memory so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(ours_: float, peer_: float, memory: float, note: str) -> None:
    """Print the result."""
    result = {"name": "import", "ours": round(ours_, 2), "peer": round(peer_, 2), "ratio": round(peer_ / ours_, 1)}
    print(json.dumps({**result, "unit": "s", "memory_mb": round(memory), "note": note}, ensure_ascii=False), flush=True)


def database() -> str:
    """Return the address of the portal's database."""
    ini = configparser.RawConfigParser()
    ini.read(os.environ.get("HOKKAIDO_PORTAL_INI") or os.environ["CKAN_INI"], encoding="utf-8")
    return ini["app:main"]["sqlalchemy.url"]


def main() -> int:
    """Prove both sides equal, then measure."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "import.xlsx"
        subprocess.run([sys.executable, "-P", __file__, "--write", str(path)], check=True)
        content = path.read_bytes()
    world = World(sa.create_engine(database()))
    try:
        return measure(world, content)
    finally:
        world.remove()


def measure(world: World, content: bytes) -> int:
    """Time both sides in turns, so that a busy machine is busy for both."""
    before = memory_mb()
    ours(world.engine, content, world.response)
    memory = memory_mb()
    if world.stored() != [expected(values) for values in peer(content)[1:]]:
        print("what was stored is not what the peer reads: not comparable", file=sys.stderr)
        return 1
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(TIMES):
        world.empty()
        times[0].append(seconds(lambda: ours(world.engine, content, world.response)))
        times[1].append(seconds(lambda: peer(content)))
    note = (
        f"{ROWS} rows x {COLUMNS} columns ({len(content) // 1024} KiB): read, checked, stored and committed, against "
        f"openpyxl's read_only, data_only reading alone; median of {TIMES}, in turns; peak of the process, "
        f"{round(before)} MB before it began"
    )
    report(statistics.median(times[0]), statistics.median(times[1]), memory, note)
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write(sys.argv[2])
        sys.exit(0)
    sys.exit(main())
