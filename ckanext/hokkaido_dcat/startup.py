"""Refuse to start where ckanext-dcat would answer in our place; tell what the feed is written without."""

from __future__ import annotations

import logging
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.exceptions import CkanConfigurationException

from ckanext.hokkaido_dcat.service import thirdparty

log = logging.getLogger(__name__)

__all__ = ["check", "problems"]


def problems(config: Any) -> list[str]:
    """List what keeps our feed from being served, each as a sentence that says what to change.

    CKAN asks plugins in the order of `ckan.plugins`, and the first one that registers an address serves it.
    """
    plugins = tk.aslist(config.get("ckan.plugins", ""))
    if "dcat" not in plugins:
        return ["ckan.plugins must contain dcat (ckanext-dcat) after hokkaido_dcat."]
    if "hokkaido_dcat" in plugins and plugins.index("hokkaido_dcat") > plugins.index("dcat"):
        return ["ckan.plugins must name hokkaido_dcat before dcat: otherwise dcat serves /catalog.ttl in its place."]
    return []


def check(config: Any) -> None:
    """Raise `CkanConfigurationException` when our feed would not be served; log what it would lack."""
    found = problems(config)
    if found:
        raise CkanConfigurationException("\n".join(found))
    for sentence in thirdparty.problems(config):
        log.error("%s", sentence)
