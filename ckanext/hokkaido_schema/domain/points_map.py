"""A map without tiles: places over a grid of degrees and the offices of the municipalities, as figures for an SVG.

No coastline is drawn, for there is none among the portal's own data; the offices show where the land is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ckanext.hokkaido_schema.domain.geometry import Geometry, Position

__all__ = ["Figure", "Line", "Mark", "PointsMap", "draw"]

#: Kilometres of a degree of latitude.
_DEGREE_KM = 111.2
#: Steps between the lines of the grid, in degrees; and lengths of the scale, in kilometres.
_STEPS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_SCALES = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_MOST_LINES = 5
#: A map shows at least so much, so that one point is not lost in nothing.
_LEAST = 0.04
_MARGIN = 0.12


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at a place of the drawing."""

    x: float
    y: float
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """What is drawn of a geometry: its points, and the data of an SVG path for its lines and for its areas."""

    text: str
    key: str
    points: tuple[Mark, ...]
    lines: str
    areas: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid, at `at` on its axis, with its degrees."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class PointsMap:
    """A drawing in units of its own: `meridians` stand upright, `parallels` lie."""

    width: float
    height: float
    points: tuple[Mark, ...]
    figures: tuple[Figure, ...]
    offices: tuple[Mark, ...]
    labels: tuple[Mark, ...]
    meridians: tuple[Line, ...]
    parallels: tuple[Line, ...]
    scale_km: float
    scale_width: float


@dataclass(frozen=True, slots=True)
class _Frame:
    south: float
    north: float
    west: float
    east: float
    per_degree: float

    @property
    def squeeze(self) -> float:
        """Return how much shorter a degree of longitude is than one of latitude in the middle of the frame."""
        return math.cos(math.radians((self.south + self.north) / 2))

    def x(self, longitude: float) -> float:
        return round((longitude - self.west) * self.squeeze * self.per_degree, 1)

    def y(self, latitude: float) -> float:
        return round((self.north - latitude) * self.per_degree, 1)

    def path(self, positions: Iterable[Position]) -> str:
        return "M" + " ".join(f"{self.x(longitude):g},{self.y(latitude):g}" for latitude, longitude in positions)

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


def draw(
    points: Sequence[tuple[str, str, float, float]],
    offices: Iterable[tuple[str, float, float]],
    areas: Iterable[tuple[str, float, float]],
    shapes: Sequence[tuple[str, str, Geometry]] = (),
    width: float = 720,
) -> PointsMap:
    """Draw points (key, name, latitude, longitude) and shapes over offices and areas (name, latitude, longitude).

    Areas are named where most of Hokkaido is seen, offices where the map is of a few towns.
    """
    places = [(latitude, longitude) for _key, _name, latitude, longitude in points]
    places += [position for _key, _name, geometry in shapes for position in geometry.positions]
    frame = _frame(places, width)
    seen = [(name, lat, lng) for name, lat, lng in offices if frame.holds(lat, lng)]
    few = len(seen) <= 12  # noqa: PLR2004 - more names than that would cover one another.
    named = seen if few else [(name, lat, lng) for name, lat, lng in areas if frame.holds(lat, lng)]
    kilometres = (frame.north - frame.south) * _DEGREE_KM
    scale = max((one for one in _SCALES if one <= kilometres / 3), default=_SCALES[0])
    return PointsMap(
        width=width,
        height=round((frame.north - frame.south) * frame.per_degree, 1),
        points=tuple(Mark(frame.x(lng), frame.y(lat), name, key) for key, name, lat, lng in points),
        figures=tuple(_figure(frame, *one) for one in shapes),
        offices=tuple(Mark(frame.x(lng), frame.y(lat), name) for name, lat, lng in seen),
        labels=tuple(Mark(frame.x(lng), frame.y(lat), name) for name, lat, lng in named),
        meridians=tuple(Line(frame.x(at), text) for at, text in _lines(frame.west, frame.east)),
        parallels=tuple(Line(frame.y(at), text) for at, text in _lines(frame.south, frame.north)),
        scale_km=scale,
        scale_width=round(scale / _DEGREE_KM * frame.per_degree, 1),
    )


def _figure(frame: _Frame, key: str, name: str, geometry: Geometry) -> Figure:
    rings = [ring for area in geometry.areas for ring in area]
    return Figure(
        name,
        key,
        points=tuple(Mark(frame.x(lng), frame.y(lat), name) for lat, lng in geometry.points),
        lines="".join(map(frame.path, geometry.lines)),
        areas="".join(f"{frame.path(ring[:-1])}Z" for ring in rings),
    )


def _frame(places: Sequence[tuple[float, float]], width: float) -> _Frame:
    latitudes, longitudes = [place[0] for place in places], [place[1] for place in places]
    tall = max(_LEAST, (max(latitudes) - min(latitudes)) * (1 + 2 * _MARGIN))
    wide = max(_LEAST * 1.4, (max(longitudes) - min(longitudes)) * (1 + 2 * _MARGIN))
    middle = (max(latitudes) + min(latitudes)) / 2, (max(longitudes) + min(longitudes)) / 2
    squeeze = math.cos(math.radians(middle[0]))
    # Neither a ribbon nor a tower: the drawing stays between 4:3 and 3:4.
    wide = max(wide, tall * 0.75 / squeeze)
    tall = max(tall, wide * squeeze * 0.6)
    return _Frame(
        middle[0] - tall / 2,
        middle[0] + tall / 2,
        middle[1] - wide / 2,
        middle[1] + wide / 2,
        width / (wide * squeeze),
    )


def _lines(start: float, end: float) -> list[tuple[float, str]]:
    step = next((one for one in _STEPS if (end - start) / one <= _MOST_LINES), _STEPS[-1])
    digits = max(0, -math.floor(math.log10(step)))
    first, last = math.ceil(start / step), math.floor(end / step)
    return [(number * step, f"{number * step:.{digits}f}°") for number in range(first, last + 1)]
