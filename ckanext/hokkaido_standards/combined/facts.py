"""Counts of a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from ckanext.hokkaido_standards.combined import names as n
from ckanext.hokkaido_standards.combined.merging import LEFT, ROWS

__all__ = ["counted"]


def counted(folder: Path) -> dict[str, Any]:
    """Return the counts of a table as its files have them; `building.facts_of` reads what was stored of them."""
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
