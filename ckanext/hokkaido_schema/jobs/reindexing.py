"""Writing datasets into CKAN's index again; what is gone from the table goes from the index."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.lib import search

__all__ = ["reindex"]


def reindex(payload: dict[str, Any]) -> None:
    """Index datasets as they are now; doing it twice does no harm."""
    there = model.Session.execute(sa.select(model.Package.id).where(model.Package.id.in_(payload["ids"]))).scalars()
    search.rebuild(package_ids=list(there), quiet=True)
    search.commit()
