"""Measure the feed of 10,000 datasets with three resources each against ckanext-dcat, on the same portal in one run.

One JSON object a line. The datasets are written by SQL into the portal of HOKKAIDO_PORTAL_INI, which must be one of its
own, and taken away at the end. Both sides answer over HTTP from the same server processes with pages of the same size,
both are warm, and both are proven to list the same datasets before anything is timed. The client follows the pages and
reads bytes, nothing else. `bin/portal bench feed 2000` takes fewer datasets.
"""

from __future__ import annotations

import http.client
import json
import logging
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
import sqlalchemy as sa

# Measurements are run with -P, so that nothing beside them is imported by accident; this one is meant.
sys.path.append(str(Path(__file__).parent))
import feed_seed

QUICK = os.environ.get("HOKKAIDO_BENCH_QUICK") == "1"
PORTAL = os.environ["HOKKAIDO_PORTAL_URL"]
INI = os.environ["HOKKAIDO_PORTAL_INI"]
CKAN = (str(Path(sys.executable).with_name("ckan")), "-c", INI)
COUNT = 30 if QUICK else int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 10_000
ROUNDS = 1 if QUICK else 3
ASKED, TURN = (20, 10) if QUICK else (1000, 100)
SAVES = 3 if QUICK else 60
SIZES = (30, 60) if QUICK else (1000, 50_000)

_NEXT = re.compile(rb"hydra:next <([^>]+)>")
_DATASET = re.compile(rb"/dataset/([0-9a-f-]{36})> a [^;.]*dcat:Dataset")


class Client:
    """A harvester that follows the pages and reads bytes."""

    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Accept-Encoding"] = "identity"

    def get(self, address: str, **headers: str) -> requests.Response:
        """Fetch one address with all its bytes."""
        response = self._session.get(address, headers=headers, timeout=600)
        if response.status_code not in {requests.codes.ok, requests.codes.not_modified}:
            raise SystemExit(f"{address}: {response.status_code}")
        return response

    def ours(self) -> list[bytes]:
        """Harvest the feed page by page."""
        address: str | None = f"{PORTAL}/catalog.ttl"
        pages = []
        while address:
            pages.append(self.get(address).content)
            found = _NEXT.search(pages[-1])
            address = found[1].decode() if found else None
        return pages

    def peer(self, pages: int) -> list[bytes]:
        """Harvest the same number of pages as ckanext-dcat renders them, with its default profile."""
        return [
            self.get(f"{PORTAL}/catalog.ttl?profiles=euro_dcat_ap_3&page={number}").content
            for number in range(1, pages + 1)
        ]


def ids(pages: list[bytes]) -> set[bytes]:
    """Return the ids of all datasets on some pages."""
    return {found for page in pages for found in _DATASET.findall(page)}


def seconds(call: Callable[[], object]) -> float:
    """Return the wall time of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def median(call: Callable[[], object], times: int = ROUNDS) -> float:
    """Return the median wall time of several calls, in seconds."""
    return statistics.median(seconds(call) for _ in range(times))


def report(name: str, ours: float, peer: float | None, unit: str, note: str, memory: float | None = None) -> None:
    """Print one result; the ratio says how many times faster ours is."""
    ratio = round(peer / ours, 2) if peer else None
    peer = round(peer, 4) if peer else None
    result = {"name": name, "ours": round(ours, 4), "peer": peer, "ratio": ratio, "unit": unit, "memory_mb": memory}
    print(json.dumps({**result, "note": note}, ensure_ascii=False), flush=True)


class Inside:
    """The same application in this process."""

    def __init__(self) -> None:
        logging.disable(logging.INFO)
        from ckan.cli import CKANConfigLoader
        from ckan.config.middleware import make_app

        self.config = CKANConfigLoader(INI).get_config()
        self.app = make_app(self.config)

    def static_folder(self) -> Path:
        """Return a folder whose files the portal serves as they are."""
        from ckan.lib.webassets_tools import get_webassets_path

        with self.app.app_context():
            return Path(get_webassets_path())

    def index(self, dataset_ids: list[str]) -> None:
        """Bring the datasets into CKAN's search index, which the peer asks for its pages."""
        from ckan.lib.search import commit, rebuild

        with self.app.test_request_context():
            rebuild(package_ids=dataset_ids, force=True, defer_commit=True, quiet=True)
            commit()

    def act(self, action: str, **data: Any) -> Any:
        """Call an action as the portal itself; a process of its own would take seconds to start."""
        import ckan.plugins.toolkit as tk

        with self.app.test_request_context():
            return tk.get_action(action)({"ignore_auth": True}, data)

    def save_cost(self, dataset_ids: list[str]) -> tuple[float, float]:
        """Return the median seconds of a dataset's save, and of what the feed does in it."""
        import ckan.plugins.toolkit as tk
        from ckan import model

        from ckanext.hokkaido_dcat import tracking

        spent: list[float] = []
        refresh = tracking.store.refresh

        def timed(*arguments: Any, **options: Any) -> Any:
            start = time.perf_counter()
            try:
                return refresh(*arguments, **options)
            finally:
                spent.append(time.perf_counter() - start)

        tracking.store.refresh = timed
        saves = []
        try:
            with self.app.test_request_context():
                user = model.Session.execute(sa.text('SELECT name FROM "user" WHERE sysadmin LIMIT 1')).scalar_one()
                for number, dataset_id in enumerate(dataset_ids):
                    data = {"id": dataset_id, "notes": f"測定のために書き換えた説明（{number}）"}
                    call = tk.get_action("package_patch")
                    saves.append(seconds(lambda call=call, data=data: call({"user": user, "ignore_auth": True}, data)))
        finally:
            tracking.store.refresh = refresh
        return statistics.median(saves), statistics.median(spent)

    def stock_rendering(self, dataset_ids: list[str]) -> float:
        """Return the seconds in which ckanext-dcat renders a dataset once, in one profile and format."""
        import ckan.plugins.toolkit as tk
        from ckanext.dcat.processors import RDFSerializer

        with self.app.test_request_context():
            shown = [tk.get_action("package_show")({"ignore_auth": True}, {"id": one}) for one in dataset_ids]
            start = time.perf_counter()
            for dataset in shown:
                for format_ in ("turtle", "xml", "json-ld", "nt"):
                    RDFSerializer(profiles=["euro_dcat_ap_3"]).serialize_dataset(dataset, _format=format_)
            return (time.perf_counter() - start) / len(shown) / 4


def harvest(client: Client) -> None:
    """Measure a whole harvest by paging."""
    pages = client.ours()
    theirs = client.peer(len(pages))
    if not ids(pages) or ids(pages) != ids(theirs):
        raise SystemExit(f"ours lists {len(ids(pages))} datasets, the peer {len(ids(theirs))}: not comparable")
    note = f"{len(ids(pages))} datasets on {len(pages)} pages of Turtle, one client, median of {ROUNDS}"
    report("harvest by paging", median(client.ours), median(lambda: client.peer(len(pages))), "s", note)


def settle(inside: Inside) -> None:
    """Build the dumps, so that the portal's clock does not begin to in the middle of a measurement."""
    for profile in ("dcat-ap-3", "dcat-ap-2", "dcat-goj"):
        until = time.monotonic() + 300
        # It gives up while the clock is building one already.
        while not inside.act("hokkaido_feed_dump_build", profile=profile)["built"]:
            if time.monotonic() > until:
                raise SystemExit(f"the dump of {profile} could not be built")
            time.sleep(0.5)


class Asking:
    """One connection kept alive that asks for an address with the tag it had, and reads bytes, nothing else."""

    def __init__(self, address: str, tag: str) -> None:
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
        self._path = parts.path + (f"?{parts.query}" if parts.query else "")
        self._headers = {"If-None-Match": tag, "Accept-Encoding": "identity", "User-Agent": "bench/1"}

    def once(self) -> float:
        """Ask once; return the milliseconds until the answer was read."""
        start = time.perf_counter()
        self._connection.request("GET", self._path, headers=self._headers)
        response = self._connection.getresponse()
        response.read()
        if response.status != requests.codes.not_modified:
            raise SystemExit(f"{self._path}: expected 304, got {response.status}")
        return 1000 * (time.perf_counter() - start)


def unchanged(client: Client, inside: Inside) -> None:
    """Measure pages that have not changed, in turns with a small file that the same server processes serve."""
    folder = inside.static_folder()
    folder.mkdir(parents=True, exist_ok=True)
    static = folder / "bench-feed-unchanged.txt"
    static.write_text("unchanged")
    try:
        peer = f"{PORTAL}/webassets/{static.name}"
        file = Asking(peer, client.get(peer).headers["ETag"])
        for name, path in (("first page", "/catalog.ttl"), ("last page", f"/catalog.ttl?page={-(-COUNT // 100)}")):
            page = Asking(PORTAL + path, client.get(PORTAL + path).headers["ETag"])
            # In turns of a hundred: what disturbs the machine meets both, and each is asked as its readers ask it.
            turns = [
                ([page.once() for _ in range(TURN)], [file.once() for _ in range(TURN)]) for _ in range(ASKED // TURN)
            ]
            ours, theirs = (sorted(chain(*times))[int(ASKED * 0.95) - 1] for times in zip(*turns, strict=True))
            note = f"p95 of {ASKED} keep-alive requests answered 304; the budget is 5 ms; peer: a static file's 304"
            report(f"unchanged {name}", ours, theirs, "ms", note)
    finally:
        static.unlink()


def dump(client: Client, inside: Inside) -> None:
    """Measure the whole dump against the same bytes as a static file of the same server processes."""
    content = client.get(f"{PORTAL}/catalog/dump.nt").content
    folder = inside.static_folder()
    folder.mkdir(parents=True, exist_ok=True)
    static = folder / "bench-feed-dump.nt"
    static.write_bytes(content)
    try:
        address = f"{PORTAL}/webassets/{static.name}"
        if client.get(address).content != content:
            raise SystemExit("the static file is not the dump")
        times = 5 * ROUNDS
        ours = median(lambda: client.get(f"{PORTAL}/catalog/dump.nt"), times)
        theirs = median(lambda: client.get(address), times)
    finally:
        static.unlink()
    note = (
        f"{len(content) / 1e6:.1f} MB of N-Triples; peer: the same bytes as a static file; ratio must be at least 0.5"
    )
    report("whole dump", ours, theirs, "s", note)


def rebuild(inside: Inside, dataset_ids: list[str]) -> None:
    """Measure writing the whole feed anew against the time in which ckanext-dcat renders as many documents."""
    command = [*CKAN, "hokkaido", "feed", "rebuild"]
    ours = seconds(lambda: subprocess.run(command, check=True, capture_output=True))
    engine = sa.create_engine(inside.config["sqlalchemy.url"])
    with engine.connect() as connection:
        documents = connection.scalar(sa.text("SELECT count(*) FROM hokkaido_dcat_fragment"))
    one = inside.stock_rendering(dataset_ids[: 5 if QUICK else 50])
    note = (
        f"{documents} fragments (3 profiles, 4 formats) from nothing with their places; peer: ckanext-dcat renders one "
    )
    report("rebuild", ours, documents * one, "s", note + f"document in {1000 * one:.1f} ms, times as many")


def memory() -> None:
    """Measure the peak memory of a process that reads every page of a small and of a large feed."""
    command = [sys.executable, "-P", __file__, "--walk"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    small, large = json.loads(done.stdout.splitlines()[-1])
    note = f"peak MB of a process that reads all pages of {SIZES[1]} datasets; peer: of {SIZES[0]}; flat means near 1"
    report("memory", large, small, "MB", note, large)


def walk() -> None:
    """Read every page of a small and of a large feed; print the peak of each."""
    inside = Inside()
    peaks = []
    for size in SIZES:
        # From here on the kernel counts anew (Linux, proc(5)).
        Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
        _walk(inside, size)
        peaks.append(peak())
    print(json.dumps(peaks))


def _walk(inside: Inside, size: int) -> None:
    """Fill the store with copies up to a size, read every page of it, take the copies away."""
    from ckan import model

    from ckanext.hokkaido_dcat.domain.profiles import DEFAULT
    from ckanext.hokkaido_dcat.service import pages

    with model.meta.engine.begin() as connection:
        base = connection.scalar(sa.text("SELECT max(highest) FROM hokkaido_dcat_change"))
        for statement in _COPIES:
            connection.execute(sa.text(statement), {"size": size, "base": base})
    read = 0
    with inside.app.test_request_context():
        try:
            number = 1
            while page := pages.catalog_page(model.Session(), DEFAULT, "ttl", number, lambda page: f"{PORTAL}/{page}"):
                read += (page.body or "").count("dcat:Dataset")
                number += 1
        finally:
            model.Session.rollback()
            with model.meta.engine.begin() as connection:
                for statement in _NO_COPIES:
                    connection.execute(sa.text(statement), {"base": base})
    if read < size:
        raise SystemExit(f"read {read} of {size} datasets")


def peak() -> float:
    """Return the peak memory of this process in MB.

    Not that of getrusage: it begins with what the process that started this one had.
    """
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return round(int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024, 1)


_COPIES = (
    """INSERT INTO hokkaido_dcat_entry (dataset_id, sequence, state, published_at, changed_at, dirty, problems)
    SELECT 'bench-copy-' || n, :base + n, 'published', now(), now(), false, '[]'
    FROM generate_series(1, :size) AS n""",
    """INSERT INTO hokkaido_dcat_fragment (dataset_id, profile, family, body, sha256)
    SELECT 'bench-copy-' || n, one.profile, one.family, one.body, one.sha256
    FROM generate_series(1, :size) AS n,
         (SELECT * FROM hokkaido_dcat_fragment WHERE profile = 'dcat-ap-3' AND family = 'ttl' LIMIT 1) AS one""",
    """INSERT INTO hokkaido_dcat_change (position, kind, at, total, highest)
    SELECT position + 1, 'catalog', at, total + :size, :base + :size
    FROM hokkaido_dcat_change ORDER BY position DESC LIMIT 1""",
)
_NO_COPIES = (
    "DELETE FROM hokkaido_dcat_change WHERE highest > :base",
    "DELETE FROM hokkaido_dcat_fragment WHERE dataset_id LIKE 'bench-copy-%'",
    "DELETE FROM hokkaido_dcat_entry WHERE dataset_id LIKE 'bench-copy-%'",
)


def main() -> int:
    """Seed, prove, measure, clear."""
    if "--walk" in sys.argv:
        walk()
        return 0
    inside = Inside()
    engine = sa.create_engine(inside.config["sqlalchemy.url"])
    print("real descriptions" if feed_seed.real() else "descriptions of our own", file=sys.stderr)
    dataset_ids = feed_seed.seed(engine, COUNT)
    client = Client()
    try:
        rebuild(inside, dataset_ids)
        inside.index(dataset_ids)
        settle(inside)
        harvest(client)
        unchanged(client, inside)
        dump(client, inside)
        save, kept = inside.save_cost(dataset_ids[:SAVES])
        report(
            "save of a dataset",
            1000 * kept,
            1000 * save,
            "ms",
            "ours: the feed's part; peer: the whole save; ratio at least 10",
        )
        memory()
    finally:
        feed_seed.clear(engine)
        inside.act("hokkaido_feed_rebuild")
    return 0


if __name__ == "__main__":
    sys.exit(main())
