"""Coordinates in tables and GeoJSON, and the map that is drawn of them."""

from __future__ import annotations

import math
import re

import pytest

from ckanext.hokkaido_schema.domain.places import of_geojson, of_table
from ckanext.hokkaido_schema.domain.points_map import draw
from ckanext.hokkaido_schema.domain.thinning import MOST_POSITIONS


@pytest.mark.parametrize(
    "headings",
    [
        ("名称", "緯度", "経度"),
        ("公営駐車場_名称", "公営駐車場_緯度", "公営駐車場_経度"),
        ("name", "Latitude", "Longitude"),
        ("施設名", "ｌａｔ", "lng"),
    ],
)
def test_columns_of_coordinates_are_known_by_their_headings(headings: tuple[str, ...]) -> None:
    places = of_table(headings, [("駅", "４３．０６", "141.35"), ("海", "", ""), ("零", "0", "0"), ("外", "12", "100")])
    assert places is not None
    assert [(one.row, one.name, one.latitude, one.longitude) for one in places.points] == [(1, "駅", 43.06, 141.35)]
    assert (places.blank, places.outside) == (2, 1)


@pytest.mark.parametrize("headings", [("名称", "住所"), ("名称", "緯度"), ("平均気温の最高緯度差", "経度差")])
def test_a_table_without_both_columns_has_no_places(headings: tuple[str, ...]) -> None:
    assert of_table(headings, [("a",) * len(headings)]) is None


RING = [[141.0, 43.0], [141.2, 43.0], [141.2, 43.2], [141.0, 43.0]]
HOLE = [[141.1, 43.05], [141.12, 43.05], [141.12, 43.06], [141.1, 43.05]]


def _document(*geometries: object) -> dict[str, object]:
    features = [{"type": "Feature", "geometry": one, "properties": {"名称": "駅"}} for one in geometries]
    return {"type": "FeatureCollection", "features": features}


@pytest.mark.parametrize(
    ("document", "names"),
    [
        ([1], None),
        ({"type": ["Point"]}, None),
        ({"type": "Topology"}, None),
        ({"type": "Point", "coordinates": [141, 43]}, [""]),
        ({"type": "FeatureCollection", "features": "x"}, []),
        ({"type": "FeatureCollection", "features": [None, 1]}, []),
        ({"type": "Feature", "geometry": {"type": "Point", "coordinates": [141, 43]}, "properties": None}, [""]),
        (_document({"type": "Point", "coordinates": [141.3, 43.0, 5]}), ["駅"]),
        (_document({"type": "MultiPoint", "coordinates": [[141.3, 43.0]]}), ["駅"]),
    ],
)
def test_points_of_geojson_are_read_and_nothing_else_is_believed(document: object, names: object) -> None:
    places = of_geojson(document)
    assert (None if places is None else [one.name for one in places.points]) == names


@pytest.mark.parametrize(
    ("geometry", "kind", "counts"),
    [
        ({"type": "LineString", "coordinates": RING[:2]}, "line", (0, 1, 0)),
        ({"type": "MultiLineString", "coordinates": [RING[:2], RING[1:3]]}, "line", (0, 2, 0)),
        ({"type": "Polygon", "coordinates": [RING, HOLE]}, "area", (0, 0, 1)),
        ({"type": "MultiPolygon", "coordinates": [[RING], [HOLE]]}, "area", (0, 0, 2)),
        ({"type": "MultiPoint", "coordinates": RING[:2]}, "points", (2, 0, 0)),
        (
            {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Point", "coordinates": RING[0]},
                    {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": [RING]}]},
                ],
            },
            "mixed",
            (1, 0, 1),
        ),
    ],
)
def test_lines_and_areas_are_read_with_their_bounds(geometry: object, kind: str, counts: tuple[int, ...]) -> None:
    places = of_geojson(_document(geometry))
    assert places is not None
    (shape,) = places.shapes
    found = shape.geometry
    assert (shape.kind, (len(found.points), len(found.lines), len(found.areas))) == (kind, counts)
    assert (shape.south, shape.west) == (43.0, 141.0)


def _nested(depth: int) -> object:
    geometry: object = {"type": "Point", "coordinates": [141, 43]}
    for _ in range(depth):
        geometry = {"type": "GeometryCollection", "geometries": [geometry]}
    return geometry


@pytest.mark.parametrize(
    ("geometry", "counted"),
    [
        (None, "blank"),
        ({"type": "Point", "coordinates": []}, "blank"),
        ({"type": "LineString", "coordinates": []}, "blank"),
        ({"type": "Polygon", "coordinates": []}, "blank"),
        ({"type": "GeometryCollection", "geometries": []}, "blank"),
        ("Point", "unreadable"),
        ({"type": "Curve", "coordinates": [141, 43]}, "unreadable"),
        ({"type": ["Point"], "coordinates": [141, 43]}, "unreadable"),
        ({"type": "Point", "coordinates": ["x", None]}, "unreadable"),
        ({"type": "Point", "coordinates": [True, 43.0]}, "unreadable"),
        ({"type": "Point", "coordinates": {"0": 141}}, "unreadable"),
        ({"type": "Point", "coordinates": [10**400, 43.0]}, "unreadable"),
        ({"type": "Point", "coordinates": [float("nan"), 43.0]}, "unreadable"),
        ({"type": "LineString", "coordinates": [[141, 43]]}, "unreadable"),
        ({"type": "LineString", "coordinates": [[141, 43], [141]]}, "unreadable"),
        ({"type": "Polygon", "coordinates": [RING[:3]]}, "unreadable"),
        ({"type": "Polygon", "coordinates": [[*RING[:3], [141.0, 43.1]]]}, "unreadable"),
        ({"type": "Polygon", "coordinates": RING}, "unreadable"),
        ({"type": "GeometryCollection"}, "unreadable"),
        ({"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": RING[0]}, 5]}, "unreadable"),
        (_nested(500), "unreadable"),
        ({"type": "LineString", "coordinates": [[141, 43], [0, 0]]}, "outside"),
        ({"type": "Polygon", "coordinates": [[[43.0, 141.0], [43.1, 141.0], [43.1, 141.1], [43.0, 141.0]]]}, "outside"),
    ],
)
def test_what_is_not_drawn_is_counted(geometry: object, counted: str) -> None:
    places = of_geojson(_document(geometry))
    assert places is not None
    assert (places.points, places.shapes) == ((), ())
    counts = {key: getattr(places, key) for key in ("blank", "unreadable", "outside")}
    assert counts == {"blank": 0, "unreadable": 0, "outside": 0, counted: 1}


def test_a_long_coast_is_thinned_and_keeps_its_form() -> None:
    turn = [(math.cos(at / 50_000 * math.tau), math.sin(at / 50_000 * math.tau)) for at in range(50_000)]
    ring = [[141 + x, 43 + y] for x, y in turn]
    places = of_geojson(_document({"type": "Polygon", "coordinates": [[*ring, ring[0]]]}))
    assert places is not None
    assert places.thinned
    (shape,) = places.shapes
    (outline,) = shape.geometry.areas[0]
    assert 500 < len(outline) < 10_000
    assert outline[0] == outline[-1]
    assert (shape.south, shape.north, shape.west, shape.east) == pytest.approx((42, 44, 140, 142), abs=0.001)


def test_no_page_draws_more_than_it_can_carry() -> None:
    zigzag = [[140 + at / 1000, 43 + at % 2] for at in range(3000)]
    places = of_geojson(_document(*[{"type": "LineString", "coordinates": zigzag}] * 30))
    assert places is not None
    assert sum(one.geometry.size for one in places.shapes) <= MOST_POSITIONS
    assert places.more == 30 - len(places.shapes) > 0


def test_more_points_than_a_page_lists_are_counted() -> None:
    places = of_geojson(_document(*[{"type": "Point", "coordinates": [141, 43]}] * 1005))
    table = of_table(("名称", "緯度", "経度"), [("駅", "43", "141")] * 1005)
    assert [(len(one.points), one.more) for one in (places, table) if one] == [(1000, 5)] * 2


def test_a_hole_is_part_of_the_path_of_its_area() -> None:
    places = of_geojson(_document({"type": "Polygon", "coordinates": [RING, HOLE]}))
    assert places is not None
    drawn = draw([], [], [], [("1", "公園", places.shapes[0].geometry)])
    (figure,) = drawn.figures
    assert figure.areas.count("M") == figure.areas.count("Z") == 2
    assert figure.lines == ""
    corners = [(float(x), float(y)) for x, y in re.findall(r"([0-9.-]+),([0-9.-]+)", figure.areas)]
    assert len(corners) == len(RING) + len(HOLE) - 2
    assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in corners)


def test_every_point_lies_inside_of_the_drawing() -> None:
    points = [("1", "礼文", 45.3, 141.0), ("2", "松前", 41.4, 140.1), ("3", "根室", 43.3, 145.6)]
    drawn = draw(points, [("札幌", 43.06, 141.35), ("那覇", 26.2, 127.7)], [("石狩", 43.1, 141.3)])
    assert all(0 <= mark.x <= drawn.width and 0 <= mark.y <= drawn.height for mark in drawn.points)
    assert [office.text for office in drawn.offices] == ["札幌"]
    assert drawn.points[0].y < drawn.points[1].y
    assert drawn.points[1].x < drawn.points[2].x


def test_one_point_stands_in_the_middle_with_lines_and_a_scale() -> None:
    drawn = draw([("1", "駅", 43.06, 141.35)], [], [])
    assert drawn.points[0].x == pytest.approx(drawn.width / 2, abs=1)
    assert drawn.points[0].y == pytest.approx(drawn.height / 2, abs=1)
    assert drawn.meridians
    assert drawn.parallels
    assert 0 < drawn.scale_width < drawn.width / 2
