"""Boxes of latitude and longitude in which places are looked for."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["HOKKAIDO", "JAPAN", "Box", "read_box"]

_SIDES = 4


@dataclass(frozen=True, slots=True)
class Box:
    """A box in decimal degrees, its sides included."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """Tell whether a place lies in the box."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


#: Hokkaido with its islands, and Japan: the outermost points, rounded outwards.
HOKKAIDO = Box(41.3, 139.3, 45.6, 149.0)
JAPAN = Box(20.4, 122.9, 45.6, 154.0)


def read_box(text: str) -> Box:
    """Read a box from four numbers with commas: south, west, north, east.

    :raises ValueError: when it is none.
    """
    numbers = [float(part) for part in text.split(",")]
    if len(numbers) != _SIDES:
        raise ValueError(text)
    box = Box(*numbers)
    if not (box.south < box.north and box.west < box.east):
        raise ValueError(text)
    return box
