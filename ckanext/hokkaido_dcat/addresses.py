"""Addresses of the feed's pages: those of ckanext-dcat."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckanext.dcat.utils import DEFAULT_CATALOG_ENDPOINT

from ckanext.hokkaido_dcat.domain.profiles import DEFAULT
from ckanext.hokkaido_dcat.service.rendering import site_url

__all__ = ["catalog_path", "page"]


def catalog_path() -> str:
    """Return the path of the catalogue, with `{_format}` where the extension goes."""
    return tk.config.get("ckanext.dcat.catalog_endpoint") or DEFAULT_CATALOG_ENDPOINT


def page(extension: str, profile: str, number: int) -> str:
    """Return the absolute address of a page, the same for every language of the portal."""
    chosen = "" if profile == DEFAULT.name else f"profile={profile}&"
    return f"{site_url()}{catalog_path().format(_format=extension)}?{chosen}page={number}"
