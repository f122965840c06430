"""Measure taking 1,000 descriptions in against a loop over `package_create`, on the portal's own database and index.

One JSON object a line. Both sides store the same datasets of the same organisation, in turns; before anything is timed
it is proven that what ours stores is shown, found, noted as an activity and told by the feed as what the loop stores.
The portal is one of its own and thrown away at the end. `bin/portal bench datasets 300` takes fewer.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.types import Context

# Measurements are run with -P, so that nothing beside them is imported by accident; this one is meant.
sys.path.append(str(Path(__file__).parent))
from settling import settle

QUICK = os.environ.get("HOKKAIDO_BENCH_QUICK") == "1"
COUNT = 20 if QUICK else int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 1000
#: The loop is slow: it stores a part of them, and both are told as datasets a second.
LOOPED = max(10, COUNT // 5)
ROUNDS = 1 if QUICK else 3
ORGANIZATION = f"bench-{uuid4().hex[:8]}"
#: What differs between two datasets of one content.
OWN = {"id", "name", "metadata_created", "metadata_modified", "package_id", "created"}


def dataset(mark: str, number: int) -> dict[str, Any]:
    """Return one description, as `package_create` takes it."""
    return {
        "name": f"bench-{mark}-{number}",
        "title": f"河川の水位と流量の一覧 {number}",
        "notes": "河川ごとの観測所の名称、所在地、座標、水位、流量をまとめた一覧です。" * 3,
        "license_id": "CC-BY-4.0",
        "theme": ["safety", "environment"],
        "spatial_code": ["011002"],
        "frequency": "ANNUAL",
        "temporal_coverage": [{"start": "2026-04-01", "end": "2027-03-31"}],
        "contact": [{"name": "建設部 河川砂防課", "email": "kasen@example.lg.jp"}],
        "tags": [{"name": "河川"}, {"name": f"観測所{number % 50}"}],
        "resources": [
            {"url": f"https://data.example.lg.jp/{number}/{part}.csv", "name": f"河川一覧 {part}", "format": "CSV"}
            for part in range(2)
        ],
    }


class World:
    """An organisation of its own, whose datasets are taken away at the end."""

    def __init__(self) -> None:
        self.user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
        made = {"name": ORGANIZATION, "title": "測定"}
        self.organization = tk.get_action("organization_create")(self.context(), made)["id"]

    def context(self) -> Context:
        """Return a fresh context: actions write into theirs."""
        return Context(user=self.user, ignore_auth=True)

    def act(self, action: str, **data: Any) -> Any:
        """Call an action."""
        return tk.get_action(action)(self.context(), data)

    def loop(self, mark: str, count: int) -> None:
        """Store datasets one by one."""
        for number in range(count):
            tk.get_action("package_create")(self.context(), dataset(mark, number) | {"owner_org": self.organization})

    def ours(self, mark: str, count: int) -> None:
        """Store datasets by the action that the command and the page call."""
        content = "".join(json.dumps(dataset(mark, number), ensure_ascii=False) + "\n" for number in range(count))
        asked = {"content": content.encode(), "organization": self.organization, "public": True}
        done = tk.get_action("hokkaido_dataset_import")(self.context(), asked)
        if done["counts"] != {"created": count}:
            raise SystemExit(f"not everything was taken: {done['counts']}, {done['records'][0]}")

    def seen(self, name: str) -> dict[str, Any]:
        """Return all that there is of a dataset for others."""
        shown = tk.get_action("package_show")(self.context() | {"use_cache": False}, {"id": name})
        found = tk.get_action("package_search")(self.context(), {"fq": f"name:{name}"})["results"]
        acts = tk.get_action("package_activity_list")(self.context(), {"id": shown["id"]})
        feed = tk.get_action("hokkaido_feed_dataset_show")(self.context(), {"id": shown["id"], "format": "ttl"})
        told = str(feed).replace(name, "").replace(shown["id"], "")
        for one in shown["resources"]:
            told = told.replace(one["id"], "")
        return {
            "shown": bare(shown),
            "found": bare(found),
            "acts": [a["activity_type"] for a in acts],
            "feed": len(told),
        }

    def remove(self) -> None:
        """Delete everything."""
        model.Session.rollback()
        ids = model.Session.query(model.Package.id).filter_by(owner_org=self.organization).all()
        for (dataset_id,) in ids:
            tk.get_action("dataset_purge")(self.context(), {"id": dataset_id})
        tk.get_action("organization_purge")(self.context(), {"id": self.organization})


def bare(value: Any) -> Any:
    """Return a value without what two datasets of one content have of their own."""
    if isinstance(value, dict):
        return {key: bare(one) for key, one in value.items() if key not in OWN}
    return [bare(one) for one in value] if isinstance(value, list) else value


def rate(call: Callable[[str, int], None], mark: str, count: int) -> float:
    """Return datasets a second."""
    start = time.perf_counter()
    call(mark, count)
    return count / (time.perf_counter() - start)


def measure(world: World) -> int:
    """Prove both sides equal, then time them in turns."""
    world.loop("proof-loop", 2)
    world.ours("proof-ours", 2)
    one, other = world.seen("bench-proof-loop-1"), world.seen("bench-proof-ours-1")
    if one != other:
        print(f"not the same: {one} {other}", file=sys.stderr)
        return 1
    settle(world.act)
    rates: tuple[list[float], list[float]] = ([], [])
    for turn in range(ROUNDS):
        rates[1].append(rate(world.loop, f"loop{turn}", LOOPED))
        rates[0].append(rate(world.ours, f"ours{turn}", COUNT))
        print(f"round {turn + 1}: ours {rates[0][-1]:.1f}, peer {rates[1][-1]:.1f} a second", file=sys.stderr)
    ours, peer = (statistics.median(side) for side in rates)
    note = (
        f"{COUNT} datasets x 2 files read, checked, stored, searchable, with activity and feed fragment, against"
        f" package_create one by one ({LOOPED} of them); median of {ROUNDS}, in turns"
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = {"name": "datasets", "ours": round(ours, 1), "peer": round(peer, 1), "ratio": round(ours / peer, 1)}
    print(json.dumps({**line, "unit": "datasets/s", "memory_mb": round(memory), "note": note}, ensure_ascii=False))
    return 0


def main() -> int:
    """Measure inside a request of the portal, as commands run."""
    app: Any = make_app(load_config(os.environ.get("HOKKAIDO_PORTAL_INI") or os.environ["CKAN_INI"]))
    while not hasattr(app, "test_request_context"):
        app = app._wsgi_app if hasattr(app, "_wsgi_app") else app.app
    logging.disable(logging.WARNING)
    with app.test_request_context():
        world = World()
        try:
            return measure(world)
        finally:
            if QUICK:
                # Purging takes longer than measuring; a portal of its own is thrown away as a whole.
                world.remove()


if __name__ == "__main__":
    sys.exit(main())
