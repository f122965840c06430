"""A dataset in the words of schema.org, as search engines for datasets read it.

Source: schema.org (Dataset, DataDownload, DataCatalog) and the guidelines for structured data of datasets.
"""

from __future__ import annotations

from typing import Any

from ckanext.hokkaido_dcat.domain import iris
from ckanext.hokkaido_dcat.domain.emitter import as_list
from ckanext.hokkaido_dcat.domain.mapping import Entry
from ckanext.hokkaido_dcat.domain.profiles.profile import Sources
from ckanext.hokkaido_dcat.domain.values import instant

__all__ = ["describe"]

#: Kinds of organisation that govern.
_GOVERNMENT = frozenset({"prefecture", "bureau", "department", "municipality"})


def describe(sources: Sources, dataset: dict[str, Any], catalog: dict[str, str], page: str) -> dict[str, Any]:
    """Return the JSON-LD of a dataset; what is not known is left out.

    :param dataset: as of `profiles.dcat_ap_3.describe_dataset`.
    :param catalog: `name` and `url` of the portal.
    :param page: address of the dataset's page for people.
    """
    licence = sources.lookup("licences", str(dataset.get("license_id") or ""))
    return _filled(
        {
            "@context": "https://schema.org/",
            "@type": "Dataset",
            "@id": f"{sources.base}/dataset/{dataset['id']}",
            "url": page,
            "identifier": [dataset["id"], dataset.get("identifier")],
            "name": dataset.get("title"),
            "alternateName": dataset.get("title_en"),
            "description": dataset.get("notes"),
            "inLanguage": as_list(dataset.get("language") or []),
            "keywords": list(dataset.get("tags") or []),
            "license": licence.iri if licence else None,
            "isAccessibleForFree": True,
            "version": dataset.get("version"),
            "datePublished": _time(dataset.get("issued")) or _time(dataset.get("metadata_created")),
            "dateModified": _time(dataset.get("modified")) or _time(dataset.get("metadata_modified")),
            "temporalCoverage": [_interval(one) for one in as_list(dataset.get("temporal_coverage") or [])],
            "spatialCoverage": [_place(sources, str(code)) for code in as_list(dataset.get("spatial_code") or [])],
            "publisher": _organization(sources, dataset.get("organization")),
            "includedInDataCatalog": {"@type": "DataCatalog", **catalog},
            "distribution": [_download(sources, dataset, one) for one in as_list(dataset.get("resources") or [])],
        }
    )


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Return what says something; a list of one is that one."""
    found = {}
    for name, value in values.items():
        kept = [one for one in value if one] if isinstance(value, list) else value
        if isinstance(kept, list) and len(kept) == 1:
            (kept,) = kept
        if kept not in (None, "", []):
            found[name] = kept
    return found


def _time(value: object) -> str | None:
    literal = instant(str(value)) if value else None
    return literal.value if literal else None


def _interval(period: object) -> str | None:
    """Return an ISO 8601 interval; `..` stands for an end that is open."""
    if not isinstance(period, dict):
        return None
    start, end = _time(period.get("start")), _time(period.get("end"))
    return f"{start or '..'}/{end or '..'}" if start or end else None


def _place(sources: Sources, code: str) -> dict[str, Any] | None:
    entry = sources.lookup("places", code)
    if entry is None:
        return None
    return _filled({"@type": "Place", "name": entry.ja, "identifier": code, "geo": _point(entry)})


def _point(entry: Entry) -> dict[str, Any] | None:
    if entry.latitude is None or entry.longitude is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": entry.latitude, "longitude": entry.longitude}


def _organization(sources: Sources, organization: dict[str, Any] | None) -> dict[str, Any] | None:
    if not organization:
        return None
    kind = "GovernmentOrganization" if organization.get("kind") in _GOVERNMENT else "Organization"
    return _filled(
        {
            "@type": kind,
            "@id": f"{sources.base}/organization/{organization['id']}",
            "name": organization.get("title"),
            "alternateName": organization.get("title_en"),
            "identifier": [organization.get("code"), organization.get("corporate_number")],
            "url": iris.repair(str(organization.get("url") or "")),
        }
    )


def _download(sources: Sources, dataset: dict[str, Any], resource: dict[str, Any]) -> dict[str, Any] | None:
    address = iris.repair(str(resource.get("download_url") or resource.get("url") or ""))
    if address is None:
        return None
    known = sources.lookup("formats", str(resource.get("format") or ""))
    size = str(resource.get("size") or "")
    licence = sources.lookup("licences", str(resource.get("license") or dataset.get("license_id") or ""))
    return _filled(
        {
            "@type": "DataDownload",
            "name": resource.get("name"),
            "description": resource.get("description"),
            "contentUrl": address,
            "encodingFormat": resource.get("mimetype")
            or (known.media_type if known else None)
            or resource.get("format"),
            "contentSize": f"{size} B" if size.isascii() and size.isdigit() else None,
            "sha256": resource.get("hash") if len(str(resource.get("hash") or "")) == _SHA256_DIGITS else None,
            "license": licence.iri if licence else None,
        }
    )


_SHA256_DIGITS = 64
