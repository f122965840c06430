"""Typed access to the settings of the plugin."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import ckan.plugins.toolkit as tk
from ckan.exceptions import CkanConfigurationException

from ckanext.hokkaido_core.domain.fetching import Policy
from ckanext.hokkaido_core.shared import http_policy
from ckanext.hokkaido_standards.domain.linked_address import site_of
from ckanext.hokkaido_standards.domain.region import Box, read_box

__all__ = [
    "check_bytes",
    "combined_folder",
    "combined_organization",
    "fetches_linked",
    "linked_interval",
    "linked_kept",
    "linked_policy",
    "linked_portion",
    "region",
    "site_url",
    "stored_bytes",
    "try_bytes",
    "try_per_hour",
    "waiting_folder",
]

_HOKKAIDO = "41.3, 139.3, 45.6, 149.0"


def region() -> Box:
    """Return the box in which the places of tables are looked for; Hokkaido's where no configuration is loaded.

    :raises CkanConfigurationException: when the setting is no box.
    """
    text = tk.config.get("ckanext.hokkaido_standards.region") or _HOKKAIDO
    try:
        return read_box(text)
    except ValueError as error:
        message = f"ckanext.hokkaido_standards.region is {text!r}: write south, west, north, east, such as {_HOKKAIDO}"
        raise CkanConfigurationException(message) from error


def check_bytes() -> int:
    """Return the bytes of a file that is checked while somebody waits."""
    return tk.config["ckanext.hokkaido_standards.check_megabytes"] << 20


def stored_bytes() -> int:
    """Return the bytes of a stored file that is checked in the background."""
    return tk.config["ckanext.hokkaido_standards.stored_megabytes"] << 20


def try_bytes() -> int:
    """Return the bytes of a file that is checked for whoever has not logged in."""
    return tk.config["ckanext.hokkaido_standards.try_megabytes"] << 20


def try_per_hour() -> int:
    """Return how many files an hour are checked for one address that has not logged in."""
    return tk.config["ckanext.hokkaido_standards.try_per_hour"]


def waiting_folder() -> Path:
    """Return the folder of large files that wait to be checked.

    :raises RuntimeError: no folder is configured for files.
    """
    storage = tk.config.get("ckan.storage_path")
    if not storage:
        raise RuntimeError("ckan.storage_path must name a folder, where large files wait to be checked")
    return Path(storage) / "hokkaido_standards" / "waiting"


def site_url() -> str:
    """Return the address of the portal, without a slash at its end."""
    return tk.config["ckan.site_url"].rstrip("/")


def combined_folder() -> Path | None:
    """Return the folder of the one tables, or nothing where the portal keeps no files."""
    chosen = tk.config["ckanext.hokkaido_standards.combined_folder"]
    storage = tk.config.get("ckan.storage_path")
    if not chosen and not storage:
        return None
    return Path(chosen or Path(storage) / "hokkaido_standards" / "combined")


def combined_organization() -> str:
    """Return the name or id of the organisation that publishes the one tables, or an empty text."""
    return tk.config["ckanext.hokkaido_standards.combined_organization"]


def fetches_linked() -> bool:
    """Tell whether files at other sites are fetched for checks and for the one tables."""
    return tk.config["ckanext.hokkaido_standards.linked"]


def linked_interval() -> timedelta:
    """Return after how long a file at another site is asked for again."""
    return timedelta(days=max(tk.config["ckanext.hokkaido_standards.linked_days"], 1))


def linked_kept() -> timedelta:
    """Return how long what was read of such a file counts while its site does not answer."""
    return timedelta(days=tk.config["ckanext.hokkaido_standards.linked_keep_days"])


def linked_portion() -> int:
    """Return how many such files are asked for in one portion."""
    return tk.config["ckanext.hokkaido_standards.linked_portion"]


def linked_policy() -> Policy:
    """Return what may be asked for such a file: never the portal itself, whose tables would feed themselves."""
    most = tk.config["ckanext.hokkaido_standards.linked_megabytes"] << 20
    policy = http_policy()
    own = site_of(site_url())
    # Names outside of ASCII are asked for in the form that the resolver knows.
    never = tuple({own, own.encode("idna").decode()}) if own else ()
    return replace(policy, body_bytes=min(most, policy.body_bytes), never=never)
