"""Places in a table or in GeoJSON: which columns hold coordinates, and the points, lines and areas of a file."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ckanext.hokkaido_schema.domain.geometry import KINDS as GEOMETRY_KINDS
from ckanext.hokkaido_schema.domain.geometry import Geometry, NotReadable, geometry_of
from ckanext.hokkaido_schema.domain.thinning import thin

__all__ = ["Place", "Places", "Shape", "of_geojson", "of_table"]

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
class Shape:
    """A named line or area, or several points of one name, as coarse as it is drawn; numbered as a place.

    `kind` is `points`, `line`, `area` or `mixed`.
    """

    row: int
    name: str
    kind: str
    geometry: Geometry
    south: float
    north: float
    west: float
    east: float


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a file that are drawn, and how many of its rows or features are not.

    `blank` have no coordinates, `unreadable` ones that are wrong, `outside` some outside of Japan; `more` would be too
    much for one page. `thinned` says that lines and outlines are drawn coarser than they are.
    """

    points: tuple[Place, ...]
    blank: int = 0
    outside: int = 0
    shapes: tuple[Shape, ...] = ()
    unreadable: int = 0
    more: int = 0
    thinned: bool = False


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
    return Places(tuple(points[:_MOST]), blank, outside, more=max(0, len(points) - _MOST))


def of_geojson(document: Any) -> Places | None:
    """Return the places of a GeoJSON document (RFC 7946), or nothing when it is none."""
    features = _features(document)
    if features is None:
        return None
    found: list[tuple[int, str, Geometry]] = []
    counts = {"blank": 0, "outside": 0, "unreadable": 0}
    for number, feature in enumerate(features, 1):
        try:
            geometry = geometry_of(feature.get("geometry")) if isinstance(feature, dict) else None
        except NotReadable:
            counts["unreadable"] += 1
            continue
        if geometry is None:
            counts["blank"] += 1
        elif not _lies_in_japan(geometry):
            counts["outside"] += 1
        else:
            found.append((number, _label(feature), geometry))
    points = [Place(number, name, *one.points[0]) for number, name, one in found if _is_point(one)][:_MOST]
    shapes, thinned = _shapes([one for one in found if not _is_point(one[2])][:_MOST])
    more = len(found) - len(points) - len(shapes)
    return Places(tuple(points), shapes=shapes, more=more, thinned=thinned, **counts)


def _features(document: Any) -> list[Any] | None:
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "FeatureCollection":
        features = document.get("features")
        return features if isinstance(features, list) else []
    if kind == "Feature":
        return [document]
    # A geometry alone is a whole document, too.
    return [{"geometry": document}] if isinstance(kind, str) and kind in GEOMETRY_KINDS else None


def _is_point(geometry: Geometry) -> bool:
    return len(geometry.points) == 1 and not geometry.lines and not geometry.areas


def _shapes(found: Sequence[tuple[int, str, Geometry]]) -> tuple[tuple[Shape, ...], bool]:
    boxes = [_box(one) for _number, _name, one in found]
    sides = ((min(one[at] for one in boxes), max(one[at + 1] for one in boxes)) for at in (0, 2) if boxes)
    extent = max((high - low for low, high in sides), default=0.0)
    drawn, thinned = thin([one for _number, _name, one in found], extent)
    shapes = [
        Shape(number, name, _kind(geometry), geometry, *box)
        for (number, name, _whole), geometry, box in zip(found, drawn, boxes, strict=False)
    ]
    return tuple(shapes), thinned


def _kind(geometry: Geometry) -> str:
    parts = {"points": geometry.points, "line": geometry.lines, "area": geometry.areas}
    kinds = [kind for kind, there in parts.items() if there]
    return kinds[0] if len(kinds) == 1 else "mixed"


def _box(geometry: Geometry) -> tuple[float, float, float, float]:
    latitudes, longitudes = zip(*geometry.positions, strict=True)
    return min(latitudes), max(latitudes), min(longitudes), max(longitudes)


def _lies_in_japan(geometry: Geometry) -> bool:
    south, north, west, east = _box(geometry)
    return _in_japan(south, west) and _in_japan(north, east)


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


def _label(feature: Mapping[str, Any]) -> str:
    known = feature.get("properties")
    if not isinstance(known, dict):
        return str(feature.get("id", ""))
    for pattern in (_NAME, _NAME_LIKE):
        for key, value in known.items():
            if pattern.search(str(key).lower()) and isinstance(value, str):
                return value
    return str(feature.get("id", ""))
