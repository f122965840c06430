"""How to use and how to name a dataset, for its readers."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.hokkaido_core.domain.japan_time import in_japan
from ckanext.hokkaido_core.shared import now, spoken
from ckanext.hokkaido_schema.domain import citation, code_sample
from ckanext.hokkaido_schema.vocabularies import vocabulary

__all__ = ["hokkaido_citation", "hokkaido_code_samples", "hokkaido_licence"]

_READABLE = {"CSV", "TSV", "XLSX", "XLS", "JSON", "GeoJSON"}


def hokkaido_licence(dataset: dict[str, Any], resource: dict[str, Any] | None = None) -> dict[str, Any] | None:
    """Return the licence of a file or of a dataset: code, label, short name, address, whether it is open."""
    code = (resource or {}).get("license") or dataset.get("license_id")
    item = vocabulary("licences").get(code)
    if item is None:
        return None
    label = item.label(spoken())
    return {
        "code": item.code,
        "label": label,
        "short": item.get("short") or label,
        "url": item.get("url"),
        "open": bool(item["open"]),
    }


def hokkaido_citation(dataset: dict[str, Any], resource: dict[str, Any] | None = None) -> dict[str, str]:
    """Return the citation of a dataset, or of one file of it, in Japanese, in English and as BibTeX."""
    owner = dataset.get("organization") or {}
    licence = hokkaido_licence(dataset, resource)
    changed = dataset.get("modified") or dataset.get("issued") or dataset.get("metadata_modified") or ""
    route, ids = "dataset.read", {"id": dataset["name"]}
    if resource is not None:
        route, ids = "dataset_resource.read", {**ids, "resource_id": resource["id"]}
    cited = citation.Cited(
        publisher=str(dataset.get("creator") or owner.get("title") or ""),
        publisher_en=_title_en(owner.get("id")),
        title=dataset["title"] or dataset["name"],
        title_en=str(dataset.get("title_en") or ""),
        name=dataset["name"],
        year=str(changed)[:4],
        licence=licence["short"] if licence and licence["code"] != "other" else "",
        url=tk.h.url_for(route, qualified=True, locale="default", **ids),
        read_on=in_japan(now().isoformat()).date(),
        part=str((resource or {}).get("name") or ""),
    )
    return {"ja": citation.japanese(cited), "en": citation.english(cited), "bibtex": citation.bibtex(cited)}


def _title_en(organization_id: str | None) -> str:
    """Return the English title of an organisation: the dataset carries only the fields of CKAN itself."""
    found = model.Group.get(organization_id) if organization_id else None
    return str(((found.extras if found else None) or {}).get("title_en") or "")


def hokkaido_code_samples(resource: dict[str, Any], preview: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return lines for Python, R and Power Query that read a file; nothing for formats that they do not read."""
    preview = preview or {}
    table = preview.get("table") or {}
    format_ = str(resource.get("format") or "")
    if format_ not in _READABLE or not resource.get("url"):
        return None
    file = code_sample.Readable(
        url=resource["url"],
        format=format_,
        encoding=preview.get("encoding") or resource.get("encoding") or "",
        delimiter=table.get("delimiter") or ("\t" if format_ == "TSV" else ","),
        sheet=table.get("sheet") or "",
        skip=table.get("skip") or 0,
    )
    return {
        "python": code_sample.python(file),
        "r": code_sample.r(file),
        "power_query": code_sample.power_query(file),
        "code_page": file.code_page,
        "is_text": format_ in {"CSV", "TSV"},
        "url": resource["url"],
        "sheet": file.sheet,
    }
