"""The one tables as dictionaries."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ckanext.hokkaido_schema.shared import vocabulary
from ckanext.hokkaido_standards.domain.combined import columns_of, dataset_id
from ckanext.hokkaido_standards.domain.definition import Standard
from ckanext.hokkaido_standards.logic.combined_table import Opened
from ckanext.hokkaido_standards.service.combined_gate import Part

__all__ = ["EXTENSIONS", "columns", "listed", "shown", "title"]

#: Ending of an address -> what people call the file, and its media type.
EXTENSIONS = {
    "csv": ("CSV", "text/csv"),
    "parquet": ("Parquet", "application/vnd.apache.parquet"),
    "geojson": ("GeoJSON", "application/geo+json"),
    "jsonld": ("JSON-LD", "application/ld+json"),
    "ngsild": ("NGSI-LD", "application/ld+json"),
}


def title(standard: Standard) -> dict[str, str]:
    """Return what a set is called, by language."""
    return {"ja": standard.ja, "en": standard.en}


def columns(standard: Standard) -> list[dict[str, str]]:
    """Return the columns of a table."""
    return [
        {"key": one.key, "heading": heading, "english": one.en, "type": one.type, "imi": one.imi}
        for one, heading in columns_of(standard)
    ]


def listed(found: Opened) -> dict[str, Any]:
    """Return a table as a list shows it."""
    standard = found.table.standard
    return {
        "code": standard.code,
        "title": title(standard),
        "rows": found.facts["rows"],
        "files": len(found.table.parts),
        "municipalities": len(found.facts["municipalities"]),
        "left": sum(found.facts["left"].values()),
    }


def shown(found: Opened, site: str) -> dict[str, Any]:
    """Return all that a page tells of a table beside its rows."""
    table, facts = found.table, found.facts
    licences = Counter(part.licence for part in table.giving)
    base = f"{site}/combined/{table.standard.code}"
    return {
        "code": table.standard.code,
        "title": title(table.standard),
        "mark": table.mark,
        **{name: facts[name] for name in ("rows", "places", "dated", "keys", "left")},
        "columns": columns(table.standard),
        "municipalities": [_municipality(code, rows) for code, rows in facts["municipalities"].items()],
        "licences": [{"licence": licence, "files": files} for licence, files in licences.most_common()],
        "formats": [
            {"extension": extension, "label": label, "media_type": media_type, "url": f"{base}.{extension}"}
            for extension, (label, media_type) in EXTENSIONS.items()
        ],
        "dataset": dataset_id(table.standard.code),
        "files": [_file(part, facts["files"].get(part.resource_id, {}), site) for part in table.parts],
    }


def _municipality(code: str, rows: int) -> dict[str, Any]:
    item = (
        vocabulary("municipalities").get(code) or vocabulary("wards").get(code) or vocabulary("prefectures").get(code)
    )
    names = {"ja": item.ja, "en": item.en} if item else {"ja": code, "en": code}
    return {"code": code, **names, "bureau": str(item["bureau"]) if item and item.get("bureau") else "", "rows": rows}


def _file(part: Part, counted: dict[str, Any], site: str) -> dict[str, Any]:
    told = part.provenance(site)
    return {
        "resource_id": part.resource_id,
        "package_id": part.package_id,
        "title": part.file,
        "dataset": part.dataset,
        "publisher": part.publisher,
        "municipality": part.municipality,
        "licence": part.licence,
        "attribution": told.attribution,
        "checked_at": part.checked.isoformat(),
        "url": told.address,
        "original": part.original,
        "rows": counted.get("rows", 0),
        "left": counted.get("left", {}),
        "reason": part.reason,
    }
