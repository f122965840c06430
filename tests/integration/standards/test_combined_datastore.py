"""The rows of the one tables in CKAN's DataStore: what everybody may have now, and nothing else; nobody writes them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from calling import call
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from ckanext.datastore.backend.postgres import get_write_engine
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_standards.jobs.combined import renew, tidy
from ckanext.hokkaido_standards.service.combined_rows import tables_of

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins", "folder", "no_rows")

HEADINGS = "全国地方公共団体コード,ID,名称,所在地_連結表記,緯度,経度,設置位置,高度の値\n"
SAPPORO = "011002,1,中央区役所,北海道札幌市中央区南三条西十一丁目,43.0550,141.3410,1階,20.5\n"
HAKODATE = "012025,1,函館市役所,北海道函館市東雲町4番13号,41.7687,140.7288,1階,不明\n"
SECRET = "012025,2,秘密の小屋,北海道函館市秘密町1番,41.7600,140.7200,地下,3\n"


@pytest.fixture
def no_rows() -> Iterator[None]:
    """Leave no table in the DataStore behind."""
    yield
    with get_write_engine().begin() as connection:
        for name in tables_of(connection):
            connection.execute(sa.text(f'DROP TABLE "{name}" CASCADE'))


def upload(content: str) -> FileStorage:
    return FileStorage(io.BytesIO((HEADINGS + content).encode()), filename="aed.csv")


def publish(code: str, rows: str) -> dict[str, Any]:
    place = factories.Organization(code=code, title=f"市{code}", kind="municipality")
    package = factories.Dataset(owner_org=place["id"], title="AED設置箇所一覧", license_id="CC-BY-4.0")
    made = call("resource_create", package_id=package["id"], url="", upload=upload(rows), name="AED")
    return package | {"file": made["id"]}


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    made = factories.Organization(title="北海道", name="hokkaido")
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_standards.combined_organization", "hokkaido")
    return made


@pytest.fixture
def two(office: dict[str, Any]) -> dict[str, Any]:
    """Return the dataset of 函館市, which has a file with two rows; 札幌市 has another with one."""
    publish("011002", SAPPORO)
    package = publish("012025", HAKODATE + SECRET)
    outbox.drain()
    return package


def catalogue() -> dict[str, Any]:
    found = tk.get_action("hokkaido_combined_show")({"user": ""}, {"id": "08"})["dataset"]
    return call("package_show", id=found)


def table() -> str:
    return next(one["id"] for one in catalogue()["resources"] if one["url"].endswith(".csv"))


def search(user: str = "", **asked: Any) -> dict[str, Any]:
    """Return what somebody gets, at once: no message is delivered before."""
    return tk.get_action("datastore_search")({"user": user, "ignore_auth": False}, {"resource_id": table(), **asked})


def names(**asked: Any) -> set[str]:
    return {row["name"] for row in search(**asked)["records"]}


def _raw_private(package: dict[str, Any]) -> None:
    stored = model.Package.__table__
    model.Session.execute(sa.update(stored).where(stored.c.id == package["id"]).values(private=True))
    model.Session.commit()


WAYS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "private": lambda one: call("package_patch", id=one["id"], private=True),
    "restricted": lambda one: call(
        "package_patch", id=one["id"], access_rights="RESTRICTED", access_conditions="窓口で"
    ),
    "deleted": lambda one: call("package_delete", id=one["id"]),
    "purged": lambda one: call("dataset_purge", id=one["id"]),
    "file deleted": lambda one: call("resource_delete", id=one["file"]),
    "file replaced": lambda one: call("resource_patch", id=one["file"], url="", upload=upload(HAKODATE)),
    "private by SQL": _raw_private,
}


@pytest.mark.parametrize("way", list(WAYS))
def test_what_is_withdrawn_has_left_the_datastore_in_the_same_moment(
    two: dict[str, Any], app: CKANTestApp, way: str
) -> None:
    resource = table()
    assert (search()["total"], names()) == (3, {"中央区役所", "函館市役所", "秘密の小屋"})
    stranger = factories.User()["name"]
    WAYS[way](two)
    for user in ("", stranger):
        assert [row["name"] for row in search(user)["records"]] == ["中央区役所"]
        assert search(user, limit=0)["total"] == 1
        assert search(user, q="秘密")["total"] == 0
        assert search(user, filters={"name": "秘密の小屋"})["records"] == []
        assert search(user, fields="name", distinct=True, sort="name desc")["total"] == 1
        told = tk.get_action("datastore_info")({"user": user, "ignore_auth": False}, {"id": resource})
        assert told["meta"]["count"] == 1
        assert not {"size", "idx_size", "db_size"} & told["meta"].keys()
    for kind in ("csv", "tsv", "json", "xml"):
        text = app.get(f"/datastore/dump/{resource}?format={kind}").get_data(as_text=True)
        assert ("中央区役所" in text, "秘密" in text, "函館" in text) == (True, False, False)
    outbox.drain()
    tidy()
    # It does not lie in the database any more, either.
    with get_write_engine().begin() as connection:
        left = connection.execute(sa.select(sa.table(resource, sa.column("name")).c.name)).scalars().all()
    assert left == ["中央区役所"] or way == "file replaced"


def test_rows_have_fields_with_types_and_labels(two: dict[str, Any]) -> None:
    found = search(q="函館 市役所")
    assert (found["total"], found["records"][0]["name"]) == (1, "函館市役所")
    fields = {field["id"]: (field["type"], field.get("info", {}).get("label")) for field in found["fields"]}
    assert fields["latitude"] == ("numeric", "緯度")
    assert fields["combined_latitude"] == ("float8", "統合_緯度")
    assert fields["altitude"] == ("numeric", "高度の値")
    assert fields["source_line"] == ("int4", "出典_行")
    assert not {name for name in fields if name.startswith("_")} - {"_id"}
    (row,) = found["records"]
    assert (row["combined_municipality"], row["source_line"], row["altitude"]) == ("012025", 2, None)
    assert row["combined_unfit"] == "高度の値=不明"
    assert names(filters={"latitude": {"lt": 42}}) == {"函館市役所", "秘密の小屋"}
    assert names(filters={"combined_municipality": "011002"}) == {"中央区役所"}
    assert names(q="%") == names(q="_") == set()
    assert len(search(limit=1, offset=1)["records"]) == 1


def test_rows_follow_their_files_by_pieces(two: dict[str, Any]) -> None:
    before = {row["name"]: row["_id"] for row in search()["records"]}
    call("resource_patch", id=two["file"], url="", upload=upload(HAKODATE.replace("東雲町", "美原")))
    outbox.drain()
    after = {row["name"]: row["_id"] for row in search()["records"]}
    assert (after.keys(), after["中央区役所"]) == ({"中央区役所", "函館市役所"}, before["中央区役所"])
    assert after["函館市役所"] > max(before.values())
    renew({"standard": "08"})
    assert {row["name"]: row["_id"] for row in search()["records"]} == after


def test_the_catalogue_keeps_telling_of_the_datastore(two: dict[str, Any]) -> None:
    def told() -> list[bool]:
        return [one["datastore_active"] for one in catalogue()["resources"]]

    assert told() == [True, False, False, False, False]
    call("package_patch", id=two["id"], license_id="CC0-1.0")
    outbox.drain()
    shown = catalogue()
    assert (shown["license_id"], told()) == ("other", [True, False, False, False, False])
    modified = shown["metadata_modified"]
    renew({"standard": "08"})
    assert catalogue()["metadata_modified"] == modified


WRITING: dict[str, dict[str, Any]] = {
    "datastore_create": {"fields": [{"id": "name", "type": "text"}], "aliases": "rows"},
    "datastore_upsert": {"method": "insert", "records": [{"name": "偽"}]},
    "datastore_delete": {},
    "datastore_records_delete": {"filters": {}},
    "datastore_run_triggers": {},
}


@pytest.mark.parametrize("action", list(WRITING))
def test_nobody_writes_the_rows(two: dict[str, Any], office: dict[str, Any], action: str) -> None:
    editor = factories.User()["name"]
    call("organization_member_create", id=office["id"], username=editor, role="admin")
    resource = table()
    for user in (editor, factories.Sysadmin()["name"]):
        with pytest.raises((tk.ValidationError, tk.NotAuthorized)):
            tk.get_action(action)(
                {"user": user, "ignore_auth": False}, {"resource_id": resource, "force": True, **WRITING[action]}
            )
    assert (search()["total"], catalogue()["resources"][0]["datastore_active"]) == (3, True)


@pytest.mark.parametrize("way", ["resource_delete", "package_delete", "dataset_purge"])
def test_nothing_is_left_of_a_table_whose_file_is_gone(two: dict[str, Any], way: str) -> None:
    resource, package = table(), catalogue()["id"]
    call(way, id=resource if way == "resource_delete" else package)
    with pytest.raises((tk.ObjectNotFound, tk.NotAuthorized)):
        tk.get_action("datastore_search")({"user": "", "ignore_auth": False}, {"resource_id": resource})
    tidy()
    with get_write_engine().begin() as connection:
        assert resource not in tables_of(connection)


def test_no_row_is_shown_or_kept_where_no_gate_is(two: dict[str, Any]) -> None:
    resource = table()
    p.unload("hokkaido_standards_datastore")
    try:
        with pytest.raises(tk.NotAuthorized):
            search()
        tidy()
        with get_write_engine().begin() as connection:
            assert resource not in tables_of(connection)
        assert catalogue()["resources"][0]["datastore_active"] is False
    finally:
        p.load("hokkaido_standards_datastore")


def test_other_files_of_the_datastore_are_as_they_were() -> None:
    package = factories.Dataset(owner_org=factories.Organization()["id"], license_id="CC-BY-4.0")
    made = call(
        "datastore_create",
        resource={"package_id": package["id"], "name": "x"},
        fields=[{"id": "a", "type": "text"}],
        records=[{"a": "函館 市"}, {"a": "札幌"}],
    )
    found = tk.get_action("datastore_search")({"user": ""}, {"resource_id": made["resource_id"], "q": "函館"})
    assert (found["total"], found["records"][0]["a"]) == (1, "函館 市")
    assert "size" in tk.get_action("datastore_info")({"user": ""}, {"id": made["resource_id"]})["meta"]
