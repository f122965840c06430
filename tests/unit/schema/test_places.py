"""Coordinates in tables and GeoJSON, and the map that is drawn of them."""

from __future__ import annotations

import json

import pytest

from ckanext.hokkaido_schema.domain.places import of_geojson, of_table
from ckanext.hokkaido_schema.domain.points_map import draw


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


@pytest.mark.parametrize(
    ("document", "names", "blank"),
    [
        ({"type": "Point", "coordinates": [141, 43]}, None, 0),
        ([1], None, 0),
        ({"type": "FeatureCollection", "features": "x"}, [], 0),
        ({"type": "Feature", "geometry": {"type": "Point", "coordinates": [141, 43]}, "properties": None}, [""], 0),
        (
            {
                "type": "FeatureCollection",
                "features": [
                    {"geometry": {"type": "Point", "coordinates": [141.3, 43.0, 5]}, "properties": {"名称": "駅"}},
                    {"geometry": {"type": "LineString", "coordinates": []}},
                    {"geometry": {"type": "Point", "coordinates": ["x", None]}},
                    {"geometry": {"type": "Point", "coordinates": [10**400, 43.0]}},
                    {"geometry": {"type": "Point", "coordinates": [float("nan"), 43.0]}},
                    None,
                ],
            },
            ["駅"],
            5,
        ),
    ],
)
def test_points_of_geojson_are_read_and_nothing_else_is_believed(document: object, names: object, blank: int) -> None:
    places = of_geojson(json.loads(json.dumps(document)))
    assert (None if places is None else [one.name for one in places.points]) == names
    assert (0 if places is None else places.blank) == blank


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
