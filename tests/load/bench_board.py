"""Measure the lists and boards of the survey at 279 units x 500 holdings x 5 rounds, over HTTP from the web processes.

One JSON object a line. The rounds are written by SQL into the portal of HOKKAIDO_PORTAL_INI, which must be one of its
own, and taken away at the end. Peers: for pages, CKAN's own list of organisations on the same processes in the same
run; for the counts, the statements that counted the rows themselves. The number of statements of a page is counted
in this process, at 10 and at 500 rows a unit, and must be equal. `bin/portal bench board 20` asks for each page
20 times instead of 100.
"""

from __future__ import annotations

import configparser
import json
import logging
import os
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
import sqlalchemy as sa

# Measurements are run with -P, so that nothing beside them is imported by accident; this one is meant.
sys.path.append(str(Path(__file__).parent))
from board_seed import Seeded, Size, clear, seed

QUICK = os.environ.get("HOKKAIDO_BENCH_QUICK") == "1"
PORTAL = os.environ["HOKKAIDO_PORTAL_URL"]
FULL = Size(20, 6, 2) if QUICK else Size(279, 500, 5)
FEW = Size(20, 3, 2) if QUICK else Size(279, 10, 5)
TIMES = 1 if QUICK else int(sys.argv[1]) if len(sys.argv) > 1 else 100

NAIVE = """SELECT r.survey_id, count(*) FROM hokkaido_inventory_response r
JOIN hokkaido_inventory_answer a ON a.response_id = r.id GROUP BY r.survey_id"""
KEPT = """SELECT r.survey_id, sum(t.rows) FROM hokkaido_inventory_response r
JOIN hokkaido_inventory_tally t ON t.response_id = r.id GROUP BY r.survey_id HAVING sum(t.rows) > 0"""


def pages(seeded: Seeded) -> dict[str, str]:
    """Return the pages that are measured, by name."""
    board, unit = f"/survey/{seeded.surveys[-1]}", seeded.unit
    return {
        "/survey": "/survey",
        "board by department": board,
        "board by bureau": f"{board}?group=bureau",
        "board by kind": f"{board}?group=kind",
        "board, all units": f"{board}?group=flat",
        "board, not answered": f"{board}?group=flat&state=unanswered&sort=-rows",
        "board as CSV": f"{board}/board.csv",
        "board as Excel": f"{board}/board.xlsx",
        "burden ledger": f"{board}/burden",
        "unit": f"{board}/unit/{unit}",
        "unit, grid": f"{board}/unit/{unit}/grid",
        "review queue": "/survey/review",
        "/inventory": "/inventory",
        "/inventory, search": "/inventory?q=データ",
        "API hokkaido_survey_list": "/api/3/action/hokkaido_survey_list",
        "API hokkaido_response_list": f"/api/3/action/hokkaido_response_list?survey={seeded.surveys[-1]}",
        "API hokkaido_board_show": f"/api/3/action/hokkaido_board_show?survey={seeded.surveys[-1]}&group=flat",
    }


def logged_in() -> requests.Session:
    """Return a session of somebody of the survey office."""
    session = requests.Session()
    session.trust_env = False
    page = session.get(f"{PORTAL}/user/login", timeout=60)
    _keep_cookies(session, page)
    token = re.search(r'name="_csrf_token" (?:type="hidden" )?(?:content|value)="([^"]+)"', page.text)
    form = {
        "login": "chosa",
        "password": os.environ["HOKKAIDO_SAMPLE_PASSWORD"],
        "_csrf_token": token.group(1) if token else "",
    }
    done = session.post(f"{PORTAL}/user/login", data=form, timeout=60, allow_redirects=False)
    _keep_cookies(session, done)
    if done.status_code not in {301, 302, 303}:
        raise SystemExit(f"the sample account could not log in: {done.status_code}")
    if session.get(f"{PORTAL}/survey/new", timeout=60, allow_redirects=False).status_code != requests.codes.ok:
        raise SystemExit("the sample account logged in, but is not of the survey office")
    return session


def _keep_cookies(session: requests.Session, response: requests.Response) -> None:
    """Keep what the cookie jar refuses: CKAN sends an empty Domain, which browsers take for their own host."""
    held = dict(part.split("=", 1) for part in str(session.headers.get("Cookie", "")).split("; ") if part)
    for header in response.raw.headers.getlist("Set-Cookie"):
        name, _, value = header.partition(";")[0].partition("=")
        held[name] = value
    session.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in held.items())


def p95_ms(call: Callable[[], requests.Response]) -> float | None:
    """Return the time that 95 of 100 calls stay under, in milliseconds; nothing where there is no such page."""
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        response = call()
        times.append(1000 * (time.perf_counter() - start))
        if response.status_code == requests.codes.not_found:
            return None
        response.raise_for_status()
    return sorted(times)[max(0, round(len(times) * 0.95) - 1)]


def report(name: str, ours: float, peer: float | None, unit: str, note: str, memory: float | None = None) -> None:
    """Print one result."""
    ratio = round(peer / ours, 2) if peer and ours else None
    peer = round(peer, 3) if peer else None
    result = {"name": name, "ours": round(ours, 3), "peer": peer, "ratio": ratio, "unit": unit, "memory_mb": memory}
    print(json.dumps({**result, "note": note}, ensure_ascii=False), flush=True)


class Inside:
    """The same application in this process, where the statements of a page can be counted."""

    def __init__(self, ini: str) -> None:
        logging.disable(logging.INFO)
        from ckan.cli import CKANConfigLoader
        from ckan.config.middleware import make_app

        self._client = make_app(CKANConfigLoader(ini).get_config()).test_client(use_cookies=False)

    def index(self) -> None:
        """Bring the rows that were written past the portal into the index of the public list."""
        from ckan import model

        from ckanext.hokkaido_inventory.config import index_url
        from ckanext.hokkaido_inventory.service import inventory_upkeep

        inventory_upkeep.reindex(model.Session(), index_url())
        model.Session.remove()

    def statements(self, path: str, cookie: str) -> int | None:
        """Return how many statements a page sends when everything is warm; nothing where there is no such page."""
        for _ in range(2):
            with self._counting() as sent:
                answer = self._client.get(path, headers={"Cookie": cookie})
            if answer.status_code == requests.codes.not_found:
                return None
        if answer.status_code != requests.codes.ok:
            raise SystemExit(f"{path}: {answer.status_code}")
        return len(sent)

    @contextmanager
    def _counting(self) -> Iterator[list[str]]:
        from ckan import model

        sent: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            sent.append(statement)

        sa.event.listen(model.meta.engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            sa.event.remove(model.meta.engine, "before_cursor_execute", note)


def main() -> int:
    """Write the rounds, measure, and take them away again."""
    ini = os.environ.get("HOKKAIDO_PORTAL_INI")
    if not ini:
        print("HOKKAIDO_PORTAL_INI must name a portal that may be filled: bin/portal bench board", file=sys.stderr)
        return 2
    settings = configparser.RawConfigParser()
    settings.read(ini, encoding="utf-8")
    engine = sa.create_engine(settings["app:main"]["sqlalchemy.url"])
    clear(engine)
    try:
        session, inside = logged_in(), Inside(ini)
        few = _counted(engine, FEW, session, inside)
        clear(engine)
        seeded = seed(engine, FULL)
        _timed(inside.index)
        _counts(engine, seeded)
        return _pages(seeded, session, inside, few)
    finally:
        clear(engine)


def _timed(index: Callable[[], None]) -> None:
    start = time.perf_counter()
    index()
    note = f"{FULL.units * FULL.holdings:,} published rows written to the index anew; no peer"
    report("public list indexed", time.perf_counter() - start, None, "s", note)


def _counted(engine: sa.Engine, size: Size, session: requests.Session, inside: Inside) -> dict[str, int | None]:
    """Return the number of statements of each page with few rows."""
    cookie = str(session.headers["Cookie"])
    written = pages(seed(engine, size))
    inside.index()
    return {name: inside.statements(path, cookie) for name, path in written.items()}


def _counts(engine: sa.Engine, seeded: Seeded) -> None:
    """Compare the counts that the database keeps with counting, and say what keeping them costs."""
    rows = FULL.units * FULL.holdings
    note = f"{rows:,} rows in one statement with the triggers; peer: the same with the triggers off"
    report("rows of a round written", seeded.with_tally, seeded.without_tally, "s", note)
    with engine.connect() as connection:
        kept, naive = (sorted(map(tuple, connection.execute(sa.text(sql)))) for sql in (KEPT, NAIVE))
        if kept != naive:
            raise SystemExit("the tally is not what a recount gives")
        ours, peer = (_median_ms(connection, sql) for sql in (KEPT, NAIVE))
    note = f"median; {FULL.rounds} rounds, {rows * FULL.rounds:,} rows; peer: counting the rows, as the former code did"
    report("rows of all rounds counted", ours, peer, "ms", note)


def _median_ms(connection: sa.Connection, sql: str) -> float:
    times = []
    for _ in range(3 if QUICK else 15):
        start = time.perf_counter()
        connection.execute(sa.text(sql)).all()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def _pages(seeded: Seeded, session: requests.Session, inside: Inside, few: dict[str, int | None]) -> int:
    """Measure every page; fail when the statements of one grow with the rows."""
    cookie = str(session.headers["Cookie"])
    peer = p95_ms(lambda: session.get(f"{PORTAL}/organization", timeout=120))
    about = f"{FULL.units} units x {FULL.holdings} holdings x {FULL.rounds} rounds; peer: CKAN's own /organization"
    growing = []
    for name, path in pages(seeded).items():
        statements = inside.statements(path, cookie)
        measured = p95_ms(lambda path=path: session.get(f"{PORTAL}{path}", timeout=120)) if statements else None
        if measured is None:
            print(f"{name}: there is no such page", file=sys.stderr)
            continue
        if statements != few[name]:
            growing.append(name)
        proof = f"{statements} statements at {FULL.holdings} rows a unit, {few[name]} at {FEW.holdings}"
        note = f"p95 of {TIMES}; {proof}; {about}"
        report(name, measured, peer, "ms", note)
    if growing:
        print(f"the number of statements grows with the rows: {', '.join(growing)}", file=sys.stderr)
    return 1 if growing else 0


if __name__ == "__main__":
    sys.exit(main())
