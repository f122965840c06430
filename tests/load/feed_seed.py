"""Datasets for measuring the feed, written by SQL alone: by actions, ten minutes would go by.
Where the reference material stands beside the checkout, the descriptions are real ones of Japanese ministries, over and
over until there are enough; elsewhere they are a few of our own.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

__all__ = ["MARK", "clear", "real", "seed"]

#: Names of what is written here begin with this; `clear` takes it all away again.
MARK = "bench-feed"
RESOURCES = 3

REAL = Path(__file__).parents[3] / "shared" / "real" / "data_go_jp" / "packages.jsonl"
OURS = [
    {
        "title": f"{place}の{what}",
        "resources": [{"name": f"{what}（{year}年）", "format": "CSV"} for year in range(2022, 2027)],
    }
    for place in ("札幌市", "函館市", "旭川市", "釧路市", "帯広市")
    for what in ("指定緊急避難場所一覧", "公共施設一覧", "人口統計", "AED設置箇所一覧", "観光入込客数")
]

_PACKAGE = sa.text("""
INSERT INTO package (id, name, title, notes, license_id, type, owner_org, creator_user_id, private, state,
                     metadata_created, metadata_modified, extras)
VALUES (:id, :name, :title, :notes, 'CC-BY-4.0', 'dataset', :owner, :user, false, 'active',
        timestamp '2020-01-01' + :number * interval '1 minute', timestamp '2025-01-01' + :number * interval '1 minute',
        CAST(:extras AS jsonb))""")
_RESOURCE = sa.text("""
INSERT INTO resource (id, package_id, position, url, url_type, name, description, format, mimetype, size, hash, state,
                      created, last_modified, metadata_modified, extras)
VALUES (:id, :package, :position, :url, '', :name, :description, :format, 'text/csv', :size, :hash, 'active',
        timestamp '2024-01-01', timestamp '2025-01-01', timestamp '2025-01-01', CAST('{}' AS jsonb))""")


def real() -> bool:
    """Tell whether the real descriptions are there."""
    return REAL.exists()


def _descriptions() -> list[dict[str, Any]]:
    return [json.loads(line) for line in REAL.read_text(encoding="utf-8").splitlines()] if real() else OURS


def seed(engine: sa.Engine, count: int) -> list[str]:
    """Write `count` public datasets of three resources each; return their ids."""
    clear(engine)
    packages: list[dict[str, Any]] = []
    resources: list[dict[str, Any]] = []
    with engine.begin() as connection:
        owner = connection.scalar(
            sa.text("SELECT id FROM \"group\" WHERE is_organization AND state = 'active' LIMIT 1")
        )
        user = connection.scalar(sa.text("SELECT id FROM \"user\" WHERE sysadmin AND state = 'active' LIMIT 1"))
        for number, source in enumerate(islice(cycle(_descriptions()), count)):
            package = _package(number, source) | {"owner": owner, "user": user}
            packages.append(package)
            resources += _resources(package["id"], number, source)
        connection.execute(_PACKAGE, packages)
        connection.execute(_RESOURCE, resources)
    return [package["id"] for package in packages]


def _package(number: int, source: dict[str, Any]) -> dict[str, Any]:
    extras = {
        "theme": json.dumps(["safety"]),
        "frequency": "ANNUAL",
        "spatial_code": json.dumps(["010006"]),
        "temporal_coverage": json.dumps([{"start": "2024-04-01", "end": "2025-03-31"}]),
        "contact": json.dumps(
            [{"name": "担当課", "email": "tanto@example.lg.jp", "phone": "011-231-4111"}], ensure_ascii=False
        ),
        "language": json.dumps(["ja"]),
    }
    name = f"{MARK}-{number:06d}"
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, name)),
        "name": name,
        "number": number,
        "title": source["title"],
        "notes": "、".join(filter(None, (one.get("name") for one in source["resources"][:10]))) or source["title"],
        "extras": json.dumps(extras, ensure_ascii=False),
    }


def _resources(package: str, number: int, source: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for position, one in enumerate(islice(cycle(source["resources"]), RESOURCES)):
        yield {
            "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{package}/{position}")),
            "package": package,
            "position": position,
            "url": f"https://www.example.lg.jp/opendata/{number}/{position}.csv",
            "name": one.get("name") or "表",
            "description": one.get("description") or "",
            "format": "CSV",
            "size": 1000 + number,
            "hash": f"{number:064x}",
        }


def clear(engine: sa.Engine) -> None:
    """Take away everything that `seed` wrote."""
    with engine.begin() as connection:
        for statement in _CLEAR:
            connection.execute(sa.text(statement), {"mark": f"{MARK}-%"})


_CLEAR = (
    "DELETE FROM resource WHERE package_id IN (SELECT id FROM package WHERE name LIKE :mark)",
    "DELETE FROM member WHERE table_id IN (SELECT id FROM package WHERE name LIKE :mark)",
    "DELETE FROM activity WHERE object_id IN (SELECT id FROM package WHERE name LIKE :mark)",
    "DELETE FROM package WHERE name LIKE :mark",
)
