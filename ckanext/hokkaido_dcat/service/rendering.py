"""Writes a dataset in every format."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import ckan.plugins.toolkit as tk
from ckanext.dcat.utils import catalog_uri

from ckanext.hokkaido_dcat.contributors import contributors
from ckanext.hokkaido_dcat.domain import profile
from ckanext.hokkaido_dcat.domain.graph import Graph
from ckanext.hokkaido_dcat.domain.writers import FAMILIES
from ckanext.hokkaido_dcat.mapping import mapping
from ckanext.hokkaido_dcat.service.vocabularies import lookup

__all__ = ["Rendered", "base", "digest", "graph_of", "render", "site_url"]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A dataset as written.

    :ivar bodies: family -> fragment.
    :ivar hashes: family -> SHA-256 of the fragment.
    :ivar problems: what was repaired or left out.
    """

    bodies: dict[str, str]
    hashes: dict[str, str]
    problems: list[dict[str, str]]


def base() -> str:
    """Return the IRI of the catalogue as ckanext-dcat gives it, without a slash at its end."""
    return catalog_uri().rstrip("/")


def site_url() -> str:
    """Return the address under which the portal's pages and uploads are reached, without a slash at its end."""
    root = (tk.config.get("ckan.root_path") or "").replace("/{{LANG}}", "").rstrip("/")
    return tk.config["ckan.site_url"].rstrip("/") + root


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def graph_of(dataset: dict[str, Any]) -> Graph:
    """Return everything that is said of a dataset, contributions included."""
    graph = profile.describe_dataset(base(), mapping(), lookup, dataset)
    for contribute in contributors():
        contribute(dataset, graph)
    return graph


def render(dataset: dict[str, Any]) -> Rendered:
    """Write a dataset in every format."""
    graph = graph_of(dataset)
    triples = list(graph)
    bodies = {name: family.fragment(triples) for name, family in FAMILIES.items()}
    return Rendered(
        bodies=bodies,
        hashes={name: digest(body) for name, body in bodies.items()},
        problems=[problem.as_dict() for problem in graph.problems],
    )
