"""Making the table of a standard on disk, with what its page tells of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl

from ckanext.hokkaido_standards.combined import names as n
from ckanext.hokkaido_standards.combined.merging import LEFT, ROWS, Source, write_table
from ckanext.hokkaido_standards.combined.store import Store
from ckanext.hokkaido_standards.service import combined
from ckanext.hokkaido_standards.service.combined import Table

__all__ = ["FACTS", "built", "facts_of"]

#: File in the folder of a table with its counts.
FACTS = "facts.json"


def built(store: Store, table: Table, site: str) -> Path:
    """Return the folder of a table; it is made now where nobody has made it before.

    :raises FileNotFoundError: when a fragment is gone from the disk.
    """
    sources = [
        Source(
            path=store.fragment(part.fragment),
            dataset=part.package_id,
            resource=part.resource_id,
            municipality=part.municipality,
            provenance=part.provenance(site),
            checked=part.checked,
            changed=part.changed,
        )
        for part in table.giving
    ]

    def write(folder: Path) -> None:
        write_table(folder, table.standard, sources, combined.bureaus(), site)
        (folder / FACTS).write_text(json.dumps(_facts(folder), ensure_ascii=False), encoding="utf-8")

    return store.make(table.standard.code, table.mark, write)


def facts_of(folder: Path) -> dict[str, Any]:
    """Return the counts of a table.

    :returns: `rows, places, left`, and by resource `files` with `rows` and `left` by reason; `municipalities` by code.
    """
    return json.loads((folder / FACTS).read_text(encoding="utf-8"))


def _facts(folder: Path) -> dict[str, Any]:
    rows, left = pl.scan_parquet(folder / ROWS), pl.scan_parquet(folder / LEFT)
    files: dict[str, Any] = {}
    for resource, count in rows.group_by(n.RESOURCE).len().collect().iter_rows():
        files.setdefault(resource, {"rows": 0, "left": {}})["rows"] = count
    reasons: dict[str, int] = {}
    for resource, reason, count in left.group_by(n.RESOURCE, n.REASON).len().collect().iter_rows():
        files.setdefault(resource, {"rows": 0, "left": {}})["left"][reason] = count
        reasons[reason] = reasons.get(reason, 0) + count
    kinds = dict(rows.group_by(n.KIND).len().collect().iter_rows())
    return {
        "rows": sum(kinds.values()),
        "places": rows.select(pl.col(n.NORTH).count()).collect().item(),
        "dated": rows.select(pl.col(n.FROM).count()).collect().item(),
        "keys": kinds,
        "left": reasons,
        "files": files,
        "municipalities": dict(rows.group_by(n.MUNICIPALITY).len().sort(n.MUNICIPALITY).collect().iter_rows()),
    }
