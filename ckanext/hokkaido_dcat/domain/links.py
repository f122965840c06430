"""What a dataset belongs to and what it replaces.

Whoever reads the dataset puts descriptions in the place of the stored ids, and leaves out what is not public. A bare id
is never stated, for nobody has looked whether it may be named.
"""

from __future__ import annotations

from typing import Any

from ckanext.hokkaido_dcat.domain.emitter import Emitter, Node, Writer
from ckanext.hokkaido_dcat.domain.mapping import Rule

__all__ = ["LINKS", "with_contact"]


def with_contact(source: dict[str, Any]) -> dict[str, Any]:
    """Return a dataset or series with the contact of its organisation where it names none itself."""
    organization = source.get("organization") or {}
    contact = {key: organization.get(f"contact_{key}") for key in ("name", "email", "phone", "url")}
    if source.get("contact") not in (None, "", [], "[]") or not any(contact.values()):
        return source
    return {**source, "contact": [contact]}


def _series(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    """State the series of a dataset with everything that is said of it."""
    if isinstance(value, dict):
        series = out.named("dataset_series", value["id"])
        out.state(node.iri, rule.property, series)
        out.describe(Node(series, with_contact(value), f"{node.path}{rule.field}/"), out.mapping.series)


def _version(out: Emitter, node: Node, rule: Rule, value: Any) -> None:
    """State the dataset that this one replaces, which is described in its own place."""
    if isinstance(value, dict):
        out.state(node.iri, rule.property, out.named("dataset", value["id"]))


LINKS: dict[str, Writer] = {"series": _series, "version": _version}
