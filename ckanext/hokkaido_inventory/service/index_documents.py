"""The documents of the index: one for each holding that is listed for all, made of its public copy alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.model import Published
from ckanext.hokkaido_inventory.service.stage import stage
from ckanext.hokkaido_inventory.service.visibility import published

__all__ = ["documents"]

#: Rows read in one statement.
BATCH = 2000


def documents(session: Session, holding_ids: Collection[str] | None = None) -> Iterator[list[dict[str, Any]]]:
    """Yield the documents of some holdings, or of all, in batches; what is not listed for all has none."""
    last = ""
    wanted = sorted(holding_ids) if holding_ids is not None else None
    while wanted is None or wanted:
        found = _rows().order_by(Published.holding_id).limit(BATCH)
        if wanted is None:
            found = found.where(Published.holding_id > last)
        else:
            found, wanted = found.where(Published.holding_id.in_(wanted[:BATCH])), wanted[BATCH:]
        rows = session.execute(found).all()
        if rows:
            last = rows[-1].holding_id
            yield [_document(row) for row in rows]
        if wanted is None and len(rows) < BATCH:
            return


def _rows() -> sa.Select[Any]:
    group: sa.Table = model.Group.__table__
    title = sa.func.coalesce(sa.func.nullif(group.c.title, ""), group.c.name)
    return (
        published()
        .join(group, group.c.id == Published.unit_id)
        .with_only_columns(
            Published.holding_id,
            Published.unit_id,
            Published.number,
            Published.title,
            Published.description,
            Published.search_text,
            Published.decision,
            Published.theme,
            Published.format,
            Published.update_frequency,
            Published.priority,
            Published.machine_readability,
            Published.published_at,
            title.label("unit_title"),
            stage().label("status"),
        )
    )


def _document(row: sa.Row[Any]) -> dict[str, Any]:
    document = {
        "id": row.holding_id,
        "unit_id": row.unit_id,
        "unit_title": row.unit_title,
        "number": row.number,
        "title": row.title,
        "title_sort": comparison_key(row.title),
        "text": f"{row.title}\n{row.description}",
        "grams": row.search_text,
        "status": row.status,
        "decision": row.decision,
        "theme": row.theme,
        "format": row.format,
        "update_frequency": row.update_frequency,
        "priority": None if row.priority is None else str(row.priority),
        "priority_sort": -1 if row.priority is None else row.priority,
        "machine_readability": row.machine_readability,
        "published_at": f"{row.published_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    document = {key: value for key, value in document.items() if value not in (None, "")}
    return document | {
        "stamp": hashlib.blake2b(json.dumps(document, sort_keys=True).encode(), digest_size=8).hexdigest()
    }
