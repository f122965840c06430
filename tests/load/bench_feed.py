"""Measure a page of the feed against ckanext-dcat's own rendering of the same page, on the same running portal.

One JSON object a line. Both sides answer over HTTP from the same server processes and are warm; both pages are proven
to list the same number of datasets before anything is timed. This is the small sample portal: the measurement with
10,000 datasets belongs to the issue of the feed.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable

import requests
from rdflib import Graph
from rdflib.namespace import DCAT, RDF

PORTAL = os.environ["HOKKAIDO_PORTAL_URL"]


def ours(session: requests.Session) -> bytes:
    """Fetch the first page of the feed."""
    response = session.get(f"{PORTAL}/catalog.ttl", timeout=60)
    response.raise_for_status()
    return response.content


def peer(session: requests.Session) -> bytes:
    """Let ckanext-dcat render the first page as it does for its own address."""
    response = session.get(f"{PORTAL}/api/3/action/dcat_catalog_show", params={"format": "ttl", "page": 1}, timeout=300)
    response.raise_for_status()
    return response.json()["result"].encode()


def datasets(turtle: bytes) -> int:
    """Count the datasets of a page, with a parser that forgives what the peer's relative identifiers need forgiven."""
    return len(set(Graph().parse(data=turtle, format="turtle").subjects(RDF.type, DCAT.Dataset)))


def seconds(call: Callable[[], object]) -> float:
    """Return the wall time of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def median_ms(call: Callable[[], object], times: int) -> float:
    """Return the median wall time of several calls, in milliseconds."""
    return 1000 * statistics.median(seconds(call) for _ in range(times))


def report(name: str, ours_: float, peer_: float | None, unit: str, note: str) -> None:
    """Print one result."""
    ratio = round(peer_ / ours_, 1) if peer_ else None
    peer_ = round(peer_, 2) if peer_ else None
    result = {"name": name, "ours": round(ours_, 2), "peer": peer_, "ratio": ratio, "unit": unit, "memory_mb": None}
    print(json.dumps({**result, "note": note}, ensure_ascii=False), flush=True)


def main() -> int:
    """Prove both sides equal, then measure."""
    session = requests.Session()
    session.trust_env = False
    count = datasets(ours(session))
    if count == 0 or datasets(peer(session)) != count:
        print(f"ours lists {count} datasets, the peer {datasets(peer(session))}: not comparable", file=sys.stderr)
        return 1
    note = f"{count} datasets on one page, ckanext-dcat with its default profiles, median of 20 and of 3"
    report("feed page", median_ms(lambda: ours(session), 20), median_ms(lambda: peer(session), 3), "ms", note)
    tag = session.get(f"{PORTAL}/catalog.ttl", timeout=60).headers["ETag"]
    report("feed page unchanged, p95", _unchanged(session, tag), None, "ms", "1,000 keep-alive requests answered 304")
    return 0


def _unchanged(session: requests.Session, tag: str) -> float:
    times = []
    for _ in range(1000):
        start = time.perf_counter()
        response = session.get(f"{PORTAL}/catalog.ttl", headers={"If-None-Match": tag}, timeout=60)
        times.append(1000 * (time.perf_counter() - start))
        if response.status_code != requests.codes.not_modified:
            raise SystemExit(f"expected 304, got {response.status_code}")
    return sorted(times)[949]


if __name__ == "__main__":
    sys.exit(main())
