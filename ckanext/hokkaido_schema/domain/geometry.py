"""Geometries of GeoJSON (RFC 7946, section 3.1), read with suspicion: only numbers in their places are believed."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

__all__ = ["KINDS", "Geometry", "NotReadable", "Position", "geometry_of"]

#: Latitude and longitude, in degrees.
Position = tuple[float, float]
#: A line has two ends; a ring has three corners and comes back to the first.
_LINE, _RING = 2, 4
#: Collections may hold collections; a file does not decide how deep a program goes.
_DEEPEST = 8
#: What JSON gives for a number; true and false are none.
_NUMBERS = {int, float}


class NotReadable(ValueError):
    """It is no geometry, or one with a coordinate that is none."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """The parts of a geometry; an area is its outline and those of its holes, each of which ends as it begins."""

    points: tuple[Position, ...] = ()
    lines: tuple[tuple[Position, ...], ...] = ()
    areas: tuple[tuple[tuple[Position, ...], ...], ...] = ()

    @property
    def size(self) -> int:
        """Return the number of positions."""
        return len(self.points) + sum(map(len, self.lines)) + sum(len(ring) for area in self.areas for ring in area)

    @property
    def positions(self) -> Iterable[Position]:
        """Return every position, in no particular order."""
        rings = itertools.chain.from_iterable(self.areas)
        return itertools.chain(self.points, itertools.chain.from_iterable(itertools.chain(self.lines, rings)))


def geometry_of(value: Any) -> Geometry | None:
    """Return a geometry, or nothing where there is none (`null`, or one without any part).

    :raises NotReadable: when any part of it is wrong: half a geometry would be another place.
    """
    if value is None:
        return None
    parts = list(_parts(value, 0))
    found = Geometry(
        tuple(itertools.chain.from_iterable(one.points for one in parts)),
        tuple(itertools.chain.from_iterable(one.lines for one in parts)),
        tuple(itertools.chain.from_iterable(one.areas for one in parts)),
    )
    return found if found.size else None


def _parts(value: Any, depth: int) -> Iterable[Geometry]:
    if not isinstance(value, dict) or depth > _DEEPEST:
        raise NotReadable
    kind = value.get("type")
    if kind == "GeometryCollection":
        for one in _list(value.get("geometries")):
            yield from _parts(one, depth + 1)
        return
    if not isinstance(kind, str) or kind not in _KINDS:
        raise NotReadable
    yield _KINDS[kind](value.get("coordinates"))


def _list(value: Any, least: int = 0) -> list[Any]:
    if not isinstance(value, list) or len(value) < least:
        raise NotReadable
    return value


def _position(value: Any) -> Position:
    longitude, latitude = _list(value, 2)[:2]
    if type(longitude) not in _NUMBERS or type(latitude) not in _NUMBERS:
        raise NotReadable
    try:
        found = float(latitude), float(longitude)
    except OverflowError as error:
        # JSON knows whole numbers of any length.
        raise NotReadable from error
    if not (math.isfinite(found[0]) and math.isfinite(found[1])):
        raise NotReadable
    return found


def _line(value: Any) -> tuple[Position, ...]:
    return tuple(_position(one) for one in _list(value, _LINE))


def _area(value: Any) -> tuple[tuple[Position, ...], ...]:
    rings = tuple(tuple(_position(one) for one in _list(ring, _RING)) for ring in _list(value))
    if any(ring[0] != ring[-1] for ring in rings):
        raise NotReadable
    return rings


_KINDS: dict[str, Callable[[Any], Geometry]] = {
    # Programs write a point without a place as an empty list.
    "Point": lambda value: Geometry(points=(_position(value),) if value != [] else ()),
    "MultiPoint": lambda value: Geometry(points=tuple(_position(one) for one in _list(value))),
    "LineString": lambda value: Geometry(lines=(_line(value),) if value != [] else ()),
    "MultiLineString": lambda value: Geometry(lines=tuple(_line(one) for one in _list(value))),
    "Polygon": lambda value: Geometry(areas=(_area(value),)),
    "MultiPolygon": lambda value: Geometry(areas=tuple(_area(one) for one in _list(value))),
}

#: The types of geometries, as RFC 7946 names them.
KINDS = frozenset(_KINDS) | {"GeometryCollection"}
