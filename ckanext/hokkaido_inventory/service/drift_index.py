"""Drift between CKAN's search index and the datasets that holdings grew into (FA-02).

CKAN writes its index before the transaction that it belongs to is committed, so a process that dies in between leaves
a document of something that is private, changed or not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.lib import search
from ckan.lib.search.common import make_connection
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.model import Promotion
from ckanext.hokkaido_inventory.service import inventory_list
from ckanext.hokkaido_inventory.service.reconciliation import CHECKS, Check, Drift

__all__: list[str] = []

#: Ids asked of Solr in one request.
_PIECE = 200


def _stale(session: Session) -> list[Drift]:
    """Find linked datasets whose document in the index says something else than the database."""
    expected = _expected(session)
    found = _indexed(list(expected))
    return list(_differences(expected, found))


def _expected(session: Session) -> dict[str, str | None]:
    """Return by id what the index should say: public, private, or nothing where there is no such dataset."""
    package: sa.Table = model.Package.__table__
    ids = {*session.execute(sa.select(Promotion.package_id)).scalars(), *_lists(session)}
    rows = session.execute(
        sa.select(package.c.id, package.c.private).where(package.c.id.in_(ids), package.c.state == model.State.ACTIVE)
    )
    there = {row.id: "private" if row.private else "public" for row in rows}
    return {package_id: there.get(package_id) for package_id in sorted(ids)}


def _lists(session: Session) -> list[str]:
    return [inventory_list.dataset_id(year) for year in inventory_list.years(session)]


def _indexed(ids: Sequence[str]) -> dict[str, str]:
    """Return by id what the index says."""
    solr = make_connection()
    site = tk.config["ckan.site_id"]
    found: dict[str, str] = {}
    for start in range(0, len(ids), _PIECE):
        piece = ids[start : start + _PIECE]
        asked: dict[str, Any] = {
            "fq": [f'+site_id:"{site}"', "+state:active", f"+id:({' OR '.join(piece)})"],
            "fl": "id,capacity",
            "rows": len(piece),
        }
        found |= {document["id"]: document["capacity"] for document in solr.search("*:*", **asked)}
    return found


def _differences(expected: dict[str, str | None], found: dict[str, str]) -> Iterator[Drift]:
    for package_id, capacity in expected.items():
        indexed = found.get(package_id)
        if indexed == capacity:
            continue
        if indexed is None:
            yield Drift("index_missing", package_id, capacity or "")
        else:
            yield Drift("index_phantom" if capacity is None else "index_stale", package_id, indexed)


def _reindex(_session: Session, drift: Sequence[Drift]) -> int:
    """Write the documents anew; of a dataset that is not there the document is taken out."""
    for one in drift:
        if one.kind == "index_phantom":
            search.clear(one.subject)
        else:
            search.rebuild(one.subject)
    return len(drift)


CHECKS.add("index", Check(_stale, _reindex))
