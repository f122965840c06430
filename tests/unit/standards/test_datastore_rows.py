"""Rows as the DataStore holds them: typed where a value fits, and told where it does not."""

from __future__ import annotations

import csv
import io
from datetime import date

import polars as pl
import pytest

from ckanext.hokkaido_standards.combined import names as n
from ckanext.hokkaido_standards.combined.datastore_rows import copied, fields_of
from ckanext.hokkaido_standards.definitions import standards

#: A set with days, numbers and texts.
EVENTS = standards()["12"]


def row(**values: object) -> dict[str, str]:
    """Return a row as it is copied; blank where it is null."""
    whole = {n.MUNICIPALITY: "011002", n.LINE: 2, n.NORTH: 43.05, n.EAST: None, n.FROM: date(2026, 4, 1), **values}
    fields = fields_of(EVENTS)
    text = copied(pl.DataFrame([whole]).with_columns(pl.lit("m").alias("_mark_")), fields, ["_mark_"])
    (cells,) = csv.reader(io.StringIO(text))
    return dict(zip([*(field.id for field in fields), n.TEXT, "mark"], cells, strict=True))


@pytest.mark.parametrize(
    ("key", "value", "cell", "unfit"),
    [
        ("start_date", "2026-04-01", "2026-04-01", ""),
        ("start_date", "4月上旬", "", "開始日=4月上旬"),
        ("start_date", "2026-02-30", "", "開始日=2026-02-30"),
        ("latitude", "43.0550", "43.0550", ""),
        ("latitude", "-0.5", "-0.5", ""),
        ("latitude", "北緯43度", "", "緯度=北緯43度"),
        ("latitude", "NaN", "", "緯度=NaN"),
        ("latitude", "1e999", "", "緯度=1e999"),
        ("event_name", '雪まつり\0, "会場"', '雪まつり, "会場"', ""),
        ("event_name", None, "", ""),
    ],
)
def test_a_value_is_typed_or_told(key: str, value: str | None, cell: str, unfit: str) -> None:
    found = row(**{key: value})
    assert (found[key], found["combined_unfit"]) == (cell, unfit)


def test_every_field_has_a_place_in_every_row_whatever_columns_a_table_has() -> None:
    found = row(event_name="ABC")
    assert (found["combined_municipality"], found["source_line"], found["combined_latitude"]) == (
        "011002",
        "2",
        "43.05",
    )
    assert (found["combined_longitude"], found["combined_from"], found["mark"]) == ("", "2026-04-01", "m")
    assert found[n.TEXT] == "abc"


@pytest.mark.parametrize("code", sorted(standards()))
def test_fields_can_be_columns_of_the_datastore(code: str) -> None:
    fields = fields_of(standards()[code])
    ids = [field.id for field in fields]
    assert len(set(ids)) == len(ids)
    assert all(field.label and not field.id.startswith("_") and len(field.id.encode()) < 64 for field in fields)
