"""What the page of a resource shows of its file."""

from __future__ import annotations

from functools import cache
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote, urlparse

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_schema.domain.column_list import Column, columns_of
from ckanext.hokkaido_schema.domain.geometry import Geometry
from ckanext.hokkaido_schema.domain.points_map import PointsMap, draw
from ckanext.hokkaido_schema.reading_words import why_not
from ckanext.hokkaido_schema.vocabularies import vocabulary

__all__ = [
    "hokkaido_columns",
    "hokkaido_name_conflict",
    "hokkaido_not_shown",
    "hokkaido_places_list",
    "hokkaido_points_map",
    "hokkaido_resource_preview",
]


def hokkaido_resource_preview(resource: dict[str, Any]) -> dict[str, Any] | None:
    """Return the beginning of a resource's file, as far as the visitor may have it; nothing otherwise."""
    asked = {"id": resource["id"], "sheet": tk.request.args.get("sheet", "")}
    try:
        return tk.get_action("hokkaido_resource_preview")({}, asked)
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return None


def hokkaido_not_shown(code: str) -> str:
    """Return the sentence that says why a file is not shown."""
    return why_not(code)


def hokkaido_points_map(places: dict[str, Any]) -> PointsMap:
    """Return the drawing of the places of a file."""
    points = [(str(one["row"]), one["name"], one["latitude"], one["longitude"]) for one in places["points"]]
    shapes = [(str(one["row"]), one["name"], Geometry(**one["geometry"])) for one in places["shapes"]]
    return draw(points, _offices(), _areas(), shapes)


def hokkaido_places_list(places: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all that a map shows, in the order of the file; each with its `kind`."""
    points = [one | {"kind": "point"} for one in places["points"]]
    return sorted([*points, *places["shapes"]], key=lambda one: one["row"])


def hokkaido_name_conflict(resource: dict[str, Any]) -> dict[str, str] | None:
    """Return what the name of a stored file says it is, and what it is, where the two differ."""
    if resource.get("url_type") != "upload":
        return None
    ending = PurePath(unquote(urlparse(str(resource.get("url") or "")).path)).suffix.lower().removeprefix(".")
    said = next((item for item in vocabulary("formats") if ending in item["extensions"]), None)
    real = next((item for item in vocabulary("formats") if item.get("media_type") == resource.get("mimetype")), None)
    if said is None or real is None or said.get("media_type") == real.get("media_type"):
        return None
    return {"ending": ending, "real": real.label(tk.h.lang() or "ja")}


def hokkaido_columns(resource: dict[str, Any], preview: dict[str, Any] | None) -> tuple[Column, ...]:
    """Return the columns of a file that somebody has described, in the order of the file."""
    table = (preview or {}).get("table") or {}
    return columns_of(resource.get("columns"), table.get("headings", ()))


@cache
def _offices() -> tuple[tuple[str, float, float], ...]:
    return tuple((item.ja, float(item["lat"]), float(item["lng"])) for item in vocabulary("municipalities"))


@cache
def _areas() -> tuple[tuple[str, float, float], ...]:
    """Return the area of each bureau with the middle of its municipalities' offices."""
    found = []
    for bureau in vocabulary("bureaus"):
        places = [
            (float(item["lat"]), float(item["lng"]))
            for item in vocabulary("municipalities")
            if item["bureau"] == bureau.code
        ]
        middle = [sum(place[axis] for place in places) / len(places) for axis in (0, 1)]
        found.append((str(bureau["area"]), middle[0], middle[1]))
    return tuple(found)
