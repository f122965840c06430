"""The one table follows its files in every way in which they come and go, and tells only what is for everybody."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa
from calling import call
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from combined_steps import HEADINGS, ROWS, SECRET, names, publish, seen
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_standards.jobs.combined import tidy
from ckanext.hokkaido_standards.model import CombinedPart

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins", "folder")


def _raw_ownerless(package: dict[str, Any]) -> None:
    """Leave the dataset as CKAN leaves it where an organisation is purged."""
    table = model.Package.__table__
    model.Session.execute(sa.update(table).where(table.c.id == package["id"]).values(owner_org=None))
    model.Session.commit()


def _delete_organization_raw(package: dict[str, Any]) -> None:
    group = model.Group.__table__
    model.Session.execute(sa.update(group).where(group.c.id == package["owner_org"]).values(state="deleted"))
    model.Session.commit()


def _raw_private(package: dict[str, Any]) -> None:
    table = model.Package.__table__
    model.Session.execute(sa.update(table).where(table.c.id == package["id"]).values(private=True))
    model.Session.commit()


WAYS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "private": lambda one: call("package_patch", id=one["id"], private=True),
    "restricted": lambda one: call(
        "package_patch", id=one["id"], access_rights="RESTRICTED", access_conditions="窓口で"
    ),
    "deleted": lambda one: call("package_delete", id=one["id"]),
    "purged": lambda one: call("dataset_purge", id=one["id"]),
    "file deleted": lambda one: call("resource_delete", id=one["file"]),
    "organisation purged": _raw_ownerless,
    "organisation deleted": _delete_organization_raw,
    "private by SQL": _raw_private,
}


@pytest.mark.parametrize("way", list(WAYS))
def test_what_is_withdrawn_has_left_the_table_in_the_same_moment(
    two: dict[str, Any], app: CKANTestApp, folder: Path, way: str
) -> None:
    etag = app.get("/combined/08.csv").headers["ETag"]
    WAYS[way](two)
    assert names() == {"中央区役所"}
    shown = seen("hokkaido_combined_show")
    assert (shown["rows"], [one["municipality"] for one in shown["files"]]) == (1, ["011002"])
    for address in (
        "/combined/08.csv",
        "/combined/08.geojson",
        "/combined/08.jsonld",
        "/combined/08.ngsild",
        "/combined/08",
    ):
        answer = app.get(address, headers={"If-None-Match": etag})
        assert answer.status_code == 200
        assert "秘密" not in answer.get_data(as_text=True)
    outbox.drain()
    tidy()
    # Nothing of it lies on the disk any more, either.
    left = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".parquet")
    assert "秘密".encode() not in left
    for path in folder.rglob("*.parquet"):
        assert "秘密" not in str(pl.read_parquet(path).to_dicts())


def test_a_mended_file_takes_the_place_of_the_one_that_it_was_made_from() -> None:
    rows = "12025,2,函館市役所,北海道函館市東雲町4番13号,140.7288,41.7687,１階\n" + SECRET.replace("秘密", "海辺")
    package = publish("012025", rows)
    outbox.drain()
    before = seen("hokkaido_combined_search")["rows"]
    assert sorted((row["name"], row["latitude"], row["longitude"]) for row in before) == [
        ("函館市役所", "41.7687", "140.7288"),
        ("海辺の小屋", "41.7600", "140.7200"),
    ]
    made = call("hokkaido_table_repair", id=package["file"], confirm=True)["outputs"][0]["resource_id"]
    outbox.drain()
    assert {row["_resource"] for row in seen("hokkaido_combined_search")["rows"]} == {made}
    shown = seen("hokkaido_combined_show")
    assert (shown["rows"], shown["left"]) == (2, {})
    assert {one["resource_id"]: one["reason"] for one in shown["files"]} == {package["file"]: "mended", made: ""}
    call("resource_delete", id=made)
    assert {row["_resource"] for row in seen("hokkaido_combined_search")["rows"]} == {package["file"]}


def test_nobody_takes_a_file_of_another_dataset_out_by_naming_it(two: dict[str, Any]) -> None:
    other = publish("012041", "012041,1,旭川市役所,北海道旭川市七条通九丁目,43.7706,142.3650,1階\n")
    call("resource_patch", id=other["file"], derived_from=two["file"])
    outbox.drain()
    assert names() == {"中央区役所", "函館市役所", "秘密の小屋", "旭川市役所"}


@pytest.mark.parametrize("way", ["private", "restricted"])
def test_what_becomes_public_again_is_in_the_table_again(two: dict[str, Any], way: str) -> None:
    WAYS[way](two)
    outbox.drain()
    assert model.Session.query(CombinedPart).count() == 1
    call("package_patch", id=two["id"], private=False, access_rights="PUBLIC")
    outbox.drain()
    assert names() == {"中央区役所", "函館市役所", "秘密の小屋"}


def test_a_file_that_was_replaced_is_out_until_the_new_one_was_read(two: dict[str, Any]) -> None:
    file = FileStorage(io.BytesIO((HEADINGS + ROWS["012025"]).encode()), filename="aed.csv")
    call("resource_patch", id=two["file"], url="", upload=file)
    assert names() == {"中央区役所"}
    outbox.drain()
    assert names() == {"中央区役所", "函館市役所"}


def test_a_draft_or_private_dataset_gives_nothing(two: dict[str, Any]) -> None:
    publish("012041", "012041,1,旭川市役所,北海道旭川市,43.77,142.36,1階\n", private=True)
    outbox.drain()
    assert "旭川市役所" not in names()


def test_words_of_the_dataset_and_its_publisher_are_followed(two: dict[str, Any]) -> None:
    call("package_patch", id=two["id"], title="函館のAED", license_id="CC0-1.0")
    call("organization_patch", id=two["owner_org"], title="函館市")
    found = seen("hokkaido_combined_search", municipality="012025")["rows"]
    assert {(row["_licence"], row["_attribution"].partition("（")[0]) for row in found} == {
        ("CC0 1.0", "出典：函館市「函館のAED」 AED")
    }


def test_rows_move_with_the_dataset_to_another_organisation(two: dict[str, Any]) -> None:
    content = "名称,所在地_連結表記,緯度,経度,設置位置\n亀田支所,北海道函館市美原1丁目,41.82,140.75,1階\n".encode()
    file = FileStorage(io.BytesIO(content), filename="aed.csv")
    call("resource_patch", id=two["file"], url="", upload=file)
    outbox.drain()
    other = factories.Organization(code="012041", title="旭川市")
    call("package_owner_org_update", id=two["id"], organization_id=other["id"])
    (row,) = seen("hokkaido_combined_search", q="亀田支所")["rows"]
    assert row["_municipality"] == "012041"
    section = factories.Organization(groups=[{"name": other["name"]}], title="課")
    call("package_owner_org_update", id=two["id"], organization_id=section["id"])
    (row,) = seen("hokkaido_combined_search", q="亀田支所")["rows"]
    assert row["_municipality"] == "012041"
