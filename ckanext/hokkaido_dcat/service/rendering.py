"""Writes a dataset in every profile and format."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import ckan.plugins.toolkit as tk
from ckanext.dcat.utils import catalog_uri

from ckanext.hokkaido_dcat.contributors import contributors
from ckanext.hokkaido_dcat.domain.graph import Graph
from ckanext.hokkaido_dcat.domain.profiles import DEFAULT, PROFILES, Sources, dcat_ap_3
from ckanext.hokkaido_dcat.domain.terms import Iri
from ckanext.hokkaido_dcat.domain.writers import written
from ckanext.hokkaido_dcat.mapping import fingerprint, mapping
from ckanext.hokkaido_dcat.service import thirdparty
from ckanext.hokkaido_dcat.service.quality import assessment
from ckanext.hokkaido_dcat.service.vocabularies import lookup
from ckanext.hokkaido_schema.shared import is_closed, vocabularies_fingerprint

__all__ = ["Key", "Rendered", "base", "digest", "graph_of", "graphs_of", "render", "site_url", "sources", "writing"]

#: Raised with every version of the suite whose code says something else of the same dataset, or keeps something else.
WRITING = "2"

#: (name of a profile, name of a family)
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A dataset as written.

    :ivar bodies: profile and family -> fragment, in UTF-8.
    :ivar hashes: profile and family -> SHA-256 of the fragment.
    :ivar problems: what was repaired or left out.
    :ivar quality: how well the dataset is described, as stored.
    :ivar closed: whether its files are not for everybody, so that what was said of it before is not told any more.
    """

    bodies: dict[Key, bytes]
    hashes: dict[Key, str]
    problems: list[dict[str, str]]
    quality: dict[str, Any]
    closed: bool = False

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the hashes of all fragments, in hexadecimal."""
        return digest("".join(self.hashes[key] for key in sorted(self.hashes)))


def base() -> str:
    """Return the IRI of the catalogue as ckanext-dcat gives it, without a slash at its end."""
    return catalog_uri().rstrip("/")


def site_url() -> str:
    """Return the address under which the portal's pages and uploads are reached, without a slash at its end."""
    root = (tk.config.get("ckan.root_path") or "").replace("/{{LANG}}", "").rstrip("/")
    return tk.config["ckan.site_url"].rstrip("/") + root


def writing() -> str:
    """Return a mark that changes whenever the same dataset is written in other words.

    That is by other code, tables or vocabularies, or under another address.
    """
    return " ".join([site_url(), base(), *PROFILES, WRITING, fingerprint()[:16], vocabularies_fingerprint()[:16]])


def sources() -> Sources:
    """Return what every profile reads beside the dataset."""
    return Sources(base(), mapping(), lookup)


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def graph_of(dataset: dict[str, Any]) -> Graph:
    """Return everything that DCAT-AP 3 says of a dataset, contributions included."""
    graph = dcat_ap_3.describe_dataset(sources(), dataset)
    for contribute in contributors():
        contribute(dataset, graph)
    return graph


def graphs_of(dataset: dict[str, Any]) -> dict[str, Graph]:
    """Return what each profile says of a dataset, by the profile's name."""
    known, graph = sources(), graph_of(dataset)
    others = thirdparty.chosen()
    if others:
        thirdparty.add(others, dataset, Iri(f"{base()}/dataset/{quote(str(dataset['id']), safe='')}"), graph)
    return {name: profile.dataset(known, dataset, graph) for name, profile in PROFILES.items()}


def render(dataset: dict[str, Any]) -> Rendered:
    """Write a dataset in every profile and format."""
    bodies: dict[Key, bytes] = {}
    problems: dict[tuple[str, ...], dict[str, str]] = {}
    graphs = graphs_of(dataset)
    for profile, graph in graphs.items():
        bodies |= {(profile, name): body.encode("utf-8") for name, body in written(graph.blocks()).items()}
        for problem in graph.problems:
            entry = problem.as_dict()
            # What only one of the other profiles lacks says so.
            known = problems.setdefault(tuple(entry.values()), entry)
            if known is entry and profile != DEFAULT.name:
                entry["profile"] = profile
    hashes = {key: hashlib.sha256(body).hexdigest() for key, body in bodies.items()}
    quality = assessment(base(), dataset, graphs).as_dict()
    return Rendered(bodies, hashes, list(problems.values()), quality, is_closed(dataset.get("access_rights")))
