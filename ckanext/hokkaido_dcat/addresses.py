"""Addresses of the feed's pages: those of ckanext-dcat."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

import ckan.plugins.toolkit as tk
from ckanext.dcat.utils import DEFAULT_CATALOG_ENDPOINT

from ckanext.hokkaido_dcat.domain.profiles import DEFAULT
from ckanext.hokkaido_dcat.service.rendering import base, site_url

__all__ = ["STATUS", "base", "catalog", "catalog_extension", "catalog_path", "catalog_stem", "dataset", "page"]

#: Path of the page that tells how the feed stands.
STATUS = "/catalog/status"


def catalog_path() -> str:
    """Return the path of the catalogue, with `{_format}` where the extension goes."""
    return tk.config.get("ckanext.dcat.catalog_endpoint") or DEFAULT_CATALOG_ENDPOINT


def catalog_stem() -> str:
    """Return the path of the catalogue without an extension."""
    return catalog_path().partition(".{_format}")[0]


def catalog_extension(path: str) -> str | None:
    """Return the extension under which a path names the catalogue, None when it names something else."""
    before, _, after = catalog_path().partition("{_format}")
    found = re.fullmatch(re.escape(before) + "([a-z0-9]+)" + re.escape(after), path)
    return found[1] if found else None


def catalog() -> str:
    """Return the absolute address of the catalogue without an extension."""
    return site_url() + catalog_stem()


def dataset(name_or_id: str) -> str:
    """Return the absolute address of a dataset without an extension."""
    return f"{site_url()}/dataset/{quote(name_or_id, safe='')}"


def page(extension: str, profile: str, number: int, **questions: str) -> str:
    """Return the absolute address of a page, the same for every language of the portal.

    :param questions: further parameters, percent-encoded here.
    """
    chosen = {} if profile == DEFAULT.name else {"profile": profile}
    parameters = urlencode({**questions, **chosen, "page": number})
    return f"{site_url()}{catalog_path().format(_format=extension)}?{parameters}"
