"""What the sample portal consists of, as plain data: organisations, accounts, datasets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ckanext.hokkaido_core.domain.codes import HOKKAIDO
from ckanext.hokkaido_schema.sample import areas, lists
from ckanext.hokkaido_schema.sample.table import Maker, Table
from ckanext.hokkaido_schema.vocabularies import vocabulary

__all__ = ["accounts", "datasets", "organizations", "series"]

_PHONE = "011-231-4111"
_SITE = "https://www.pref.hokkaido.lg.jp/"
_ISSUED = "2026-11-23"
_TABLES: dict[str, Maker] = {**areas.TABLES, **lists.TABLES}


def organizations() -> list[dict[str, Any]]:
    """Return every organisation as `organization_create` wants it, parents before children."""
    file = lists.sample_file("organizations")
    root = file["root"]
    prefecture = {**root, "description": "見本の北海道です。部局・課、総合振興局・振興局を下に持ちます。"}
    return [prefecture, *_units(file["units"], root), *_bureaus(root["name"]), *_municipalities()]


def accounts() -> list[dict[str, Any]]:
    """Return the sample accounts with unit and capacity."""
    return list(lists.sample_file("organizations")["accounts"])


def series() -> list[dict[str, Any]]:
    """Return every series of datasets as `package_create` wants it."""
    file = lists.sample_file("datasets")
    titles = {unit["name"]: unit["title"] for unit in organizations()}
    return [
        {
            **{key: value for key, value in entry.items() if key != "owner"},
            "type": "dataset_series",
            "owner_org": entry["owner"],
            "contact": [{"name": titles[entry["owner"]], "phone": _PHONE, "url": _SITE}],
            "spatial_code": [HOKKAIDO],
            "private": False,
        }
        for entry in file["series"]
    ]


def datasets() -> list[tuple[dict[str, Any], Table, bool]]:
    """Return every dataset without its file, the table of the file, and whether it gets GeoJSON too."""
    file = lists.sample_file("datasets")
    titles = {unit["name"]: unit["title"] for unit in organizations()}
    one_each = [(_dataset(entry, titles), _TABLES[entry["table"]](), "geojson" in entry) for entry in file["datasets"]]
    return [*one_each, *_of_bureaus(file["bureau"], titles)]


def _units(entries: list[dict[str, Any]], above: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        own = {key: value for key, value in entry.items() if key != "units"}
        yield {
            **own,
            "kind": "department",
            "parent": above["name"],
            "description": f"{above['title']}の{own['title']}です（見本）。",
            "contact_name": own["title"],
            "contact_phone": _PHONE,
        }
        yield from _units(entry.get("units", []), entry)


def _bureaus(parent: str) -> Iterator[dict[str, Any]]:
    places = vocabulary("municipalities")
    for item in vocabulary("bureaus"):
        yield {
            "name": item["slug"],
            "title": item.ja,
            "description": f"{places.label(item['seat'])}に置かれ、{item['members']}市町村を管内とします。",
            "title_kana": item["kana"],
            "title_en": item.en,
            "kind": "bureau",
            "bureau": item.code,
            "parent": parent,
            "contact_name": item.ja,
        }


def _municipalities() -> Iterator[dict[str, Any]]:
    bureaus = vocabulary("bureaus")
    for item in vocabulary("municipalities"):
        yield {
            "name": item["slug"],
            "title": item.ja,
            "description": f"{bureaus.label(item['bureau'])}管内の{item.ja}です。",
            "title_kana": item["kana"],
            "title_en": item.en,
            "kind": "municipality",
            "code": item.code,
            "bureau": item["bureau"],
            "url": item["url"],
            "contact_name": item.ja,
            "contact_url": item["url"],
        }


def _of_bureaus(pattern: dict[str, Any], titles: dict[str, str]) -> Iterator[tuple[dict[str, Any], Table, bool]]:
    places = vocabulary("municipalities")
    for item in vocabulary("bureaus"):
        words = {
            "ja": item.ja,
            "en": item.en,
            "slug": item["slug"].removesuffix("-bureau"),
            "seat": places.label(item["seat"]),
            "members": item["members"],
        }
        entry = {
            **{key: value.format(**words) if isinstance(value, str) else value for key, value in pattern.items()},
            "owner": item["slug"],
            "frequency": "IRREG",
            "spatial": [item.code],
        }
        entry["tags"] = [*pattern["tags"], item.ja]
        yield _dataset(entry, titles), areas.of_bureau(item.code), False


def _dataset(entry: dict[str, Any], titles: dict[str, str]) -> dict[str, Any]:
    owner = entry["owner"]
    contact = {"name": titles[owner]} | _sites().get(owner, {"phone": _PHONE, "url": _SITE})
    found = {
        "name": entry["name"],
        "title": entry["title"],
        "title_en": entry["title_en"],
        "title_kana": entry.get("title_kana", ""),
        "notes": entry["notes"].strip(),
        "owner_org": owner,
        "license_id": "CC-BY-4.0",
        "theme": entry["theme"],
        "tags": [{"name": tag} for tag in entry["tags"]],
        "frequency": entry["frequency"],
        "spatial_code": entry.get("spatial", [HOKKAIDO]),
        "contact": [contact],
        "issued": _ISSUED,
        "modified": _ISSUED,
        "language": ["ja"],
        "access_rights": "PUBLIC",
        "provenance": entry.get("provenance", ""),
        "private": False,
    }
    if series_name := entry.get("series"):
        found["in_series"] = series_name
    if period := entry.get("period"):
        found["temporal_coverage"] = [dict(zip(("start", "end"), period, strict=True))]
    return found


def _sites() -> dict[str, dict[str, str]]:
    return {item["slug"]: {"url": item["url"]} for item in vocabulary("municipalities")}
