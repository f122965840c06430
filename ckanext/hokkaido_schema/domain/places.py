"""Places in a table or in GeoJSON: which columns hold coordinates, and the points that they give."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Place", "Places", "of_geojson", "of_table"]

_LATITUDE = re.compile(r"(?:^|[_/・ ])(?:緯度|latitude|lat)(?:$|[(（])")
_LONGITUDE = re.compile(r"(?:^|[_/・ ])(?:経度|longitude|lng|lon|long)(?:$|[(（])")
_NAME = re.compile(r"(?:^|_)(?:名称|施設名称?|名前|name|title|タイトル|イベント名|スポット名)$")
_NAME_LIKE = re.compile(r"名称?$|name|名$")
#: The land of Japan with its islands, in degrees; what lies outside is a mistake of the list.
_SOUTH, _NORTH, _WEST, _EAST = 20.0, 46.0, 122.0, 154.0
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """A named point; `row` counts the rows below the headings, or the features, from 1."""

    row: int
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Places:
    """The points of a file, how many rows have no coordinates, and how many have some outside of Japan."""

    points: tuple[Place, ...]
    blank: int = 0
    outside: int = 0


def of_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Places | None:
    """Return the places of a table, or nothing when it has no columns for coordinates."""
    keys = [unicodedata.normalize("NFKC", heading).strip().lower() for heading in headings]
    latitude, longitude = _first(_LATITUDE, keys), _first(_LONGITUDE, keys)
    if latitude is None or longitude is None:
        return None
    name = next((at for at in (_first(_NAME, keys), _first(_NAME_LIKE, keys)) if at is not None), 0)
    points, blank, outside = [], 0, 0
    for number, row in enumerate(rows, 1):
        place = _degrees(row[latitude]), _degrees(row[longitude])
        if place[0] is None or place[1] is None:
            blank += 1
        elif not _in_japan(place[0], place[1]):
            outside += 1
        else:
            points.append(Place(number, row[name], place[0], place[1]))
    return Places(tuple(points[:_MOST]), blank, outside)


def of_geojson(document: Any) -> Places | None:
    """Return the points of a GeoJSON document (RFC 7946), or nothing when it is none."""
    if not isinstance(document, dict) or document.get("type") not in {"FeatureCollection", "Feature"}:
        return None
    features = document.get("features") if document["type"] == "FeatureCollection" else [document]
    points, blank, outside = [], 0, 0
    for number, feature in enumerate(features if isinstance(features, list) else (), 1):
        found = _point(feature)
        if found is None:
            blank += 1
        elif not _in_japan(*found):
            outside += 1
        else:
            points.append(Place(number, _label(feature), *found))
    return Places(tuple(points[:_MOST]), blank, outside)


def _first(pattern: re.Pattern[str], keys: Sequence[str]) -> int | None:
    return next((at for at, key in enumerate(keys) if pattern.search(key)), None)


def _degrees(text: str) -> float | None:
    try:
        value = float(unicodedata.normalize("NFKC", text))
    except ValueError:
        return None
    return value if math.isfinite(value) and value else None


def _in_japan(latitude: float, longitude: float) -> bool:
    return _SOUTH <= latitude <= _NORTH and _WEST <= longitude <= _EAST


def _point(feature: Any) -> tuple[float, float] | None:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    place = geometry.get("coordinates")
    if not isinstance(place, list) or len(place) < 2:  # noqa: PLR2004 - longitude and latitude.
        return None
    longitude, latitude = place[:2]
    if not all(isinstance(one, int | float) for one in (longitude, latitude)):
        return None
    try:
        found = float(latitude), float(longitude)
    except OverflowError:
        # JSON knows whole numbers of any length.
        return None
    return found if all(map(math.isfinite, found)) else None


def _label(feature: Mapping[str, Any]) -> str:
    known = feature.get("properties")
    if not isinstance(known, dict):
        return str(feature.get("id", ""))
    for pattern in (_NAME, _NAME_LIKE):
        for key, value in known.items():
            if pattern.search(str(key).lower()) and isinstance(value, str):
                return value
    return str(feature.get("id", ""))
