"""The feed's datasets as オープンデータ一覧, for aggregators that read no RDF."""

from __future__ import annotations

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_dcat.model import Entry, State
from ckanext.hokkaido_dcat.service import reading
from ckanext.hokkaido_dcat.service.rendering import site_url
from ckanext.hokkaido_schema.shared import opendata_list_rows

__all__ = ["BATCH", "batch"]

#: Datasets that are read at once: memory does not grow with the portal.
BATCH = 200


def batch(session: Session, after: int, organization: str | None) -> tuple[list[list[str]], int | None]:
    """Return the rows of the datasets that follow a place, and the place to go on from, None at the end.

    :param after: 0 for the beginning.
    :param organization: id of the one organisation that is asked for.
    """
    package = model.package_table
    statement = (
        sa.select(Entry.dataset_id, Entry.sequence)
        .where(Entry.state == State.PUBLISHED, Entry.sequence > after)
        .order_by(Entry.sequence)
        .limit(BATCH)
    )
    if organization:
        statement = statement.join(package, package.c.id == Entry.dataset_id).where(package.c.owner_org == organization)
    places = session.execute(statement).all()
    datasets = reading.read(session, [place.dataset_id for place in places], site_url())
    rows: list[list[str]] = []
    for place in places:
        dataset = datasets.get(place.dataset_id)
        # What was withdrawn since is left out; the place stays behind.
        if dataset is not None and reading.is_public(dataset):
            rows += opendata_list_rows({**dataset, "page": f"{site_url()}/dataset/{dataset['name']}"})
    return rows, places[-1].sequence if len(places) == BATCH else None
