"""Checks one dataset as it stands now, public or not."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from ckanext.hokkaido_dcat.domain.quality import Assessment
from ckanext.hokkaido_dcat.service import quality, reading, rendering

__all__ = ["checked"]


def checked(session: Session, dataset_id: str) -> tuple[dict[str, Any], Assessment] | None:
    """Return a dataset as the feed reads it and what was found, None where there is none of this id."""
    dataset = reading.read(session, [dataset_id], rendering.site_url()).get(dataset_id)
    if dataset is None:
        return None
    # A query of a third party's class that fails must not spoil what the page does afterwards.
    with session.connection().begin_nested():
        graphs = rendering.graphs_of(dataset)
    return dataset, quality.assessment(rendering.base(), dataset, graphs)
