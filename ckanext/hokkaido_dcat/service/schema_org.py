"""Datasets of the feed for search engines."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from ckanext.hokkaido_dcat import config
from ckanext.hokkaido_dcat.domain import schema_org
from ckanext.hokkaido_dcat.service import reading
from ckanext.hokkaido_dcat.service.rendering import site_url, sources

__all__ = ["shown"]


def shown(session: Session, name_or_id: str) -> dict[str, Any] | None:
    """Return a public dataset in the words of schema.org, None where there is none of this name or id."""
    dataset_id = reading.id_of(session, name_or_id)
    dataset = reading.read(session, [dataset_id], site_url()).get(dataset_id) if dataset_id else None
    if dataset is None or not reading.is_public(dataset):
        return None
    catalog = {"name": config.catalog_title(), "url": config.catalog_homepage()}
    return schema_org.describe(sources(), dataset, catalog, f"{site_url()}/dataset/{dataset['name']}")
