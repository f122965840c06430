"""Geometries made as coarse as a drawing shows them, so that a page stays small whatever the file holds."""

from __future__ import annotations

from collections.abc import Sequence

from ckanext.hokkaido_schema.domain.geometry import Geometry, Position

__all__ = ["MOST_POSITIONS", "thin"]

#: So many positions are drawn at most: about 250 kilobytes of a page.
MOST_POSITIONS = 20_000
#: Steps over the longer side of the drawing, which is 720 units wide: finer ones are not seen.
_FINEST, _COARSEST = 1440, 90


def thin(geometries: Sequence[Geometry], extent: float, most: int = MOST_POSITIONS) -> tuple[list[Geometry], bool]:
    """Leave out positions that stand nearer to the one before them than a drawing shows, more where there are many.

    Closed outlines stay closed. What is still too much at the coarsest step is left out at the end.

    :param extent: the longer side of what is drawn, in degrees.
    :returns: the geometries, of which the last may be missing, and whether any position was left out.
    """
    before = sum(one.size for one in geometries)
    steps = _FINEST
    found = list(geometries)
    while steps >= _COARSEST:
        found = [_thinned(one, extent / steps) for one in found]
        if sum(one.size for one in found) <= most:
            break
        steps //= 2
    kept, left = [], most
    for one in found:
        left -= one.size
        if left < 0:
            break
        kept.append(one)
    return kept, sum(one.size for one in kept) < before


def _thinned(geometry: Geometry, step: float) -> Geometry:
    return Geometry(
        geometry.points,
        tuple(_line(one, step) for one in geometry.lines),
        tuple(tuple(_line(ring, step) for ring in area) for area in geometry.areas),
    )


def _line(positions: Sequence[Position], step: float) -> tuple[Position, ...]:
    kept = [positions[0]]
    for one in positions[1:-1]:
        last = kept[-1]
        if abs(one[0] - last[0]) >= step or abs(one[1] - last[1]) >= step:
            kept.append(one)
    return (*kept, positions[-1])
