"""Datasets as CKAN and the extensions of other portals show them, in the shape in which the store reads ours.

ckanext-dcat keeps what CKAN has no field for in `extras`, or in fields of its schemas; both name things alike.
"""

from __future__ import annotations

from typing import Any

from ckanext.hokkaido_dcat.domain.emitter import as_list, empty

__all__ = ["as_stored"]

#: Parts of a field of ours that ckanext-dcat keeps apart: field -> part -> name of the extra.
_PARTS = {
    "contact": {"name": "contact_name", "email": "contact_email", "url": "contact_url"},
    "publisher": {"name": "publisher_name", "url": "publisher_url", "identifier": "publisher_identifier"},
    "temporal_coverage": {"start": "temporal_start", "end": "temporal_end"},
}


def as_stored(dataset: dict[str, Any], identifier: str) -> dict[str, Any]:
    """Return a copy of a shown dataset that the profiles can describe.

    :param identifier: last part of the dataset's IRI, for one that is not stored and so has no id.
    """
    fields = _with_extras(dataset)
    fields["id"] = fields.get("id") or identifier
    for name, parts in _PARTS.items():
        found = {part: fields[extra] for part, extra in parts.items() if not empty(fields.get(extra))}
        if found and empty(fields.get(name)):
            fields[name] = [found]
    tags = (tag["name"] if isinstance(tag, dict) else tag for tag in as_list(dataset.get("tags") or []))
    fields["tags"] = sorted(tags)
    fields["organization"] = dataset.get("organization") or _publisher(fields)
    fields["resources"] = [
        _resource(resource, number) for number, resource in enumerate(as_list(dataset.get("resources") or []), 1)
    ]
    return fields


def _with_extras(dataset: dict[str, Any]) -> dict[str, Any]:
    extras = {str(one["key"]).removeprefix("dcat_"): one["value"] for one in dataset.get("extras") or ()}
    return extras | {name: value for name, value in dataset.items() if name != "extras" and not empty(value)}


def _publisher(fields: dict[str, Any]) -> dict[str, Any] | None:
    """Return the publisher of a dataset without an organisation, in the words of an organisation of ours."""
    first = next(iter(as_list(fields.get("publisher") or [])), None)
    if not isinstance(first, dict) or not first.get("name"):
        return None
    known = first.get("identifier") or first["name"]
    return {"id": known, "title": first["name"], "url": first.get("url"), "code": first.get("identifier")}


def _resource(resource: dict[str, Any], number: int) -> dict[str, Any]:
    """Return a resource with its addresses under our names; the store finds an upload's own address itself."""
    address = resource.get("access_url") or resource.get("url") or resource.get("download_url")
    direct = resource.get("download_url") or (resource.get("url") if resource.get("url_type") == "upload" else None)
    found = {**resource, "id": resource.get("id") or f"resource-{number}", "url": address}
    return {**found, "download_url": direct} if direct else found
