"""Typed access to the settings of the plugin."""

from __future__ import annotations

from pathlib import Path

import ckan.plugins.toolkit as tk

__all__ = [
    "cache_bytes",
    "cache_folder",
    "catalog_area",
    "catalog_description",
    "catalog_description_en",
    "catalog_homepage",
    "catalog_issued",
    "catalog_licence",
    "catalog_publisher",
    "catalog_title",
    "catalog_title_en",
    "dump_accel",
    "dump_path",
    "dump_seconds",
    "page_size",
    "repair_seconds",
]


def cache_folder() -> Path | None:
    """Return the folder where finished pages are kept, or None where the portal keeps no files."""
    chosen = tk.config["ckanext.hokkaido_dcat.cache_folder"]
    storage = tk.config.get("ckan.storage_path")
    if not chosen and not storage:
        return None
    return Path(chosen or Path(storage) / "hokkaido_feed" / "pages")


def cache_bytes() -> int:
    """Return how many bytes of finished pages are kept at most."""
    return max(1, tk.config["ckanext.hokkaido_dcat.cache_megabytes"]) * 1_000_000


def page_size() -> int:
    """Return the most datasets on a page of the feed, at least 1."""
    return max(1, tk.config["ckanext.hokkaido_dcat.page_size"])


def catalog_title() -> str:
    """Return the title of the catalogue in Japanese."""
    return tk.config["ckanext.hokkaido_dcat.catalog_title"] or tk.config["ckan.site_title"]


def catalog_title_en() -> str:
    """Return the title of the catalogue in English, or an empty text."""
    return tk.config["ckanext.hokkaido_dcat.catalog_title_en"]


def catalog_description() -> str:
    """Return the description of the catalogue in Japanese."""
    return tk.config["ckanext.hokkaido_dcat.catalog_description"]


def catalog_description_en() -> str:
    """Return the description of the catalogue in English, or an empty text."""
    return tk.config["ckanext.hokkaido_dcat.catalog_description_en"]


def catalog_publisher() -> str:
    """Return the name or id of the organisation that publishes the catalogue."""
    return tk.config["ckanext.hokkaido_dcat.catalog_publisher"]


def catalog_licence() -> str:
    """Return the code of the licence of the descriptions, or an empty text."""
    return tk.config["ckanext.hokkaido_dcat.catalog_licence"]


def catalog_homepage() -> str:
    """Return the address of the catalogue's home page."""
    return tk.config["ckanext.hokkaido_dcat.catalog_homepage"] or tk.config["ckan.site_url"].rstrip("/") + "/"


def catalog_issued() -> str:
    """Return the day of the catalogue's first publication as `YYYY-MM-DD`, or an empty text."""
    return tk.config["ckanext.hokkaido_dcat.catalog_issued"]


def catalog_area() -> list[str]:
    """Return the codes of the area that the catalogue is about."""
    return tk.config["ckanext.hokkaido_dcat.catalog_area"].split()


def repair_seconds() -> int:
    """Return the seconds between two attempts to write what failed before."""
    return tk.config["ckanext.hokkaido_dcat.repair_seconds"]


def dump_path() -> Path:
    """Return the folder in which the dumps are kept.

    :raises RuntimeError: neither this setting nor `ckan.storage_path` names a folder.
    """
    own, storage = tk.config["ckanext.hokkaido_dcat.dump_path"], tk.config.get("ckan.storage_path")
    if own:
        return Path(own)
    if not storage:
        raise RuntimeError("ckanext.hokkaido_dcat.dump_path or ckan.storage_path must name a folder for the dumps")
    return Path(storage) / "hokkaido_dcat" / "dump"


def dump_seconds() -> int:
    """Return the least seconds between two builds of a dump, at least 1."""
    return max(1, tk.config["ckanext.hokkaido_dcat.dump_seconds"])


def dump_accel() -> str:
    """Return the internal location of nginx over the dumps, without a slash at its end, or nothing."""
    return tk.config["ckanext.hokkaido_dcat.dump_accel"].rstrip("/")
