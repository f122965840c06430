"""DCAT-AP 3.0.1, in Japanese, with English where it is really there: what every other profile is derived from."""

from __future__ import annotations

from typing import Any

from ckanext.hokkaido_dcat.domain.emitter import Emitter, Node
from ckanext.hokkaido_dcat.domain.graph import Fault, Graph
from ckanext.hokkaido_dcat.domain.links import LINKS, with_contact
from ckanext.hokkaido_dcat.domain.nodes import NODES
from ckanext.hokkaido_dcat.domain.profiles.profile import Profile, Sources
from ckanext.hokkaido_dcat.domain.services import SERVICES
from ckanext.hokkaido_dcat.domain.terms import Iri
from ckanext.hokkaido_dcat.domain.values import VALUES

__all__ = ["MANDATORY", "PROFILE", "STANDARD", "describe_catalog", "describe_dataset"]

#: What a record says it conforms to.
STANDARD = "https://semiceu.github.io/DCAT-AP/releases/3.0.1/"

#: Fields without which DCAT-AP refuses a dataset. What is lacking is reported, never invented.
MANDATORY = ("title", "notes")

_WRITERS = {**VALUES, **NODES, **LINKS, **SERVICES}


def describe_dataset(sources: Sources, dataset: dict[str, Any]) -> Graph:
    """Return the record of a catalogue about a dataset, and the dataset with everything that belongs to it.

    :param dataset: fields of the schema, `organization` (its fields) and `resources` (a list), as CKAN shows them;
        lists may be JSON text. In `in_series` and `previous_version` stands what may be said of those, not their ids.
    """
    out = Emitter(sources.base, sources.mapping, sources.lookup, _WRITERS)
    iri = out.named("dataset", dataset["id"])
    created, modified = dataset.get("metadata_created"), dataset.get("metadata_modified")
    record = {
        "metadata_created": created,
        "metadata_modified": modified,
        "profile": STANDARD,
        "change": "created" if created == modified else "updated",
    }
    node = Node(Iri(f"{iri.value}#record"), record)
    out.state(node.iri, "foaf:primaryTopic", iri)
    out.describe(node, sources.mapping.record)
    out.describe(Node(iri, with_contact(dataset)), sources.mapping.dataset)
    for name in MANDATORY:
        if not str(dataset.get(name) or "").strip():
            out.graph.report(name, Fault.MISSING)
    return out.graph


def describe_catalog(sources: Sources, catalog: dict[str, Any]) -> Graph:
    """Return the description of the catalogue; `catalog["datasets"]` lists the ids of the datasets on this page."""
    out = Emitter(sources.base, sources.mapping, sources.lookup, _WRITERS)
    iri = Iri(sources.base)
    out.describe(Node(iri, catalog), sources.mapping.catalog)
    for dataset_id in catalog.get("datasets", ()):
        dataset = out.named("dataset", dataset_id)
        out.state(iri, "dcat:dataset", dataset)
        out.state(iri, "dcat:record", Iri(f"{dataset.value}#record"))
    return out.graph


def _as_it_is(_sources: Sources, _source: dict[str, Any], base: Graph) -> Graph:
    return base


PROFILE = Profile(
    name="dcat-ap-3",
    standard=STANDARD,
    aliases=("dcat-ap", "dcat-ap-3.0.1", "3.0.1", "3"),
    label="DCAT-AP 3.0.1",
    dataset=_as_it_is,
    catalog=_as_it_is,
)
