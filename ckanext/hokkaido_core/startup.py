"""Refuse to start with a setting that would open the portal."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.exceptions import CkanConfigurationException

__all__ = ["check", "problems"]


def problems(config: Any) -> list[str]:
    """List what makes this configuration unsafe, each as a sentence that says what to set.

    Source: the security history of CKAN 2.12 (CVE-2024-43371, CVE-2026-42031).
    """
    found = []
    if tk.asbool(config.get("ckan.datastore.sqlsearch.enabled", False)):
        found.append("ckan.datastore.sqlsearch.enabled must be false: raw SQL would be open to anyone.")
    if "resource_proxy" in tk.aslist(config.get("ckan.plugins", "")):
        found.append("ckan.plugins must not contain resource_proxy: it fetches any address that an editor types.")
    return found


def check(config: Any) -> None:
    """Raise `CkanConfigurationException` when the configuration is unsafe."""
    found = problems(config)
    if found:
        raise CkanConfigurationException("\n".join(found))
