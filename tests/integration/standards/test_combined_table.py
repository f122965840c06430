"""The one table: its rows, its files, what is left out of it, its records and its dataset of the catalogue."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import polars as pl
import pytest
import rdflib
import rdflib.compare
from calling import call
from ckan.cli.cli import ckan
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from combined_steps import ROWS, names, publish, seen

from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_standards.jobs.combined import renew

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins", "folder")


def test_filters_choose_rows(two: dict[str, Any]) -> None:
    def chosen(**asked: Any) -> list[str]:
        return [row["name"] for row in seen("hokkaido_combined_search", **asked)["rows"]]

    assert chosen(municipality="011002") == ["中央区役所"]
    assert chosen(bureau="01330") == ["函館市役所", "秘密の小屋"]
    assert chosen(bbox="140.725,41.765,140.73,41.77") == ["函館市役所"]
    assert chosen(q="秘密町") == ["秘密の小屋"]
    assert chosen(since="2026-04-01") == []
    assert chosen(bureau="01330", offset=1, limit=1) == ["秘密の小屋"]
    assert seen("hokkaido_combined_search", bureau="01330", limit=1)["count"] == 2
    with pytest.raises(tk.ValidationError) as refused:
        chosen(bbox="1,2", since="きのう", bureau="x", municipality="函館")
    assert set(refused.value.error_dict) == {"bbox", "since", "bureau", "municipality"}


def test_files_hold_the_same_rows_and_are_cached_by_their_mark(two: dict[str, Any], app: CKANTestApp) -> None:
    answer = app.get("/combined/08.csv")
    assert answer.get_data().startswith("\ufeff".encode())
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert [row["名称"] for row in rows] == ["中央区役所", "函館市役所", "秘密の小屋"]
    assert (rows[0]["出典_行"], rows[0]["統合_キーの種類"]) == ("2", "id")
    again = app.get("/combined/08.csv", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    frame = pl.read_parquet(io.BytesIO(app.get("/combined/08.parquet").get_data()))
    assert frame["name"].to_list() == ["中央区役所", "函館市役所", "秘密の小屋"]
    features = json.loads(app.get("/combined/08.geojson?municipality=011002").get_data())["features"]
    assert [one["geometry"]["coordinates"] for one in features] == [[141.341, 43.055]]
    graph = json.loads(app.get("/combined/08.jsonld").get_data())["@graph"]
    assert (graph[0]["@type"], graph[0]["ic:名称"]["ic:表記"]) == ("ic:設備型", "中央区役所")
    entities = json.loads(app.get("/combined/08.ngsild").get_data())
    assert (entities[0]["id"], entities[0]["location"]["value"]["coordinates"]) == (
        "urn:ngsi-ld:Aed:08:011002:1",
        [141.341, 43.055],
    )
    part = pl.read_parquet(io.BytesIO(app.get("/combined/08.parquet?municipality=011002").get_data()))
    assert part.height == 1
    assert app.get("/combined/08.pdf").status_code == 404
    assert app.get("/combined/99").status_code == 404
    assert app.get("/combined/08.csv?bbox=1").status_code == 400


def test_files_that_are_written_while_they_are_sent_are_those_on_the_disk(
    two: dict[str, Any], app: CKANTestApp, folder: Path
) -> None:
    def digests() -> dict[str, str]:
        found = {name: app.get(f"/combined/08.{name}").get_data() for name in ("csv", "geojson", "jsonld", "ngsild")}
        return {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}

    stored = digests()
    for path in folder.rglob("rows.*"):
        if path.suffix != ".parquet":
            path.unlink()
    assert digests() == stored


def test_formulas_are_harmless_in_the_csv_and_whole_elsewhere(app: CKANTestApp) -> None:
    publish("011002", "011002,1,=cmd|' /C calc'!A0,北海道札幌市,43.05,141.34,-1\n")
    outbox.drain()
    (row,) = csv.DictReader(io.StringIO(app.get("/combined/08.csv").get_data(as_text=True).removeprefix("\ufeff")))
    assert (row["名称"], row["設置位置"]) == ("'=cmd|' /C calc'!A0", "-1")
    assert seen("hokkaido_combined_search")["rows"][0]["name"] == "=cmd|' /C calc'!A0"


def test_what_is_left_out_is_listed_with_its_reason(app: CKANTestApp) -> None:
    publish("011002", ROWS["011002"] * 2 + ",,,,,,\n")
    publish("", ",,どこかの施設,どこか,,,\n")
    package = publish("012041", "")
    outbox.drain()
    shown = seen("hokkaido_combined_show")
    assert shown["left"] == {"double": 1, "no-municipality": 1}
    reasons = {one["package_id"]: one["reason"] for one in shown["files"]}
    assert reasons[package["id"]] == "empty"
    found = seen("hokkaido_combined_left_list")
    assert {(row["_reason"], row["_line"]) for row in found["rows"]} == {("double", 3), ("no-municipality", 2)}
    text = app.get("/combined/08/left.csv").get_data(as_text=True)
    assert ("no-municipality" in text, "どこかの施設" in text) == (True, True)
    page = app.get("/combined/08/left").get_data(as_text=True)
    assert "どこかの施設" in page


def test_a_lost_fragment_is_made_again(two: dict[str, Any], folder: Path) -> None:
    for path in folder.rglob("*.parquet"):
        path.unlink()
    for path in (folder / "tables" / "08").iterdir():
        for file in path.iterdir():
            file.unlink()
        path.rmdir()
    assert names() == set()
    assert {one["reason"] for one in seen("hokkaido_combined_show")["files"]} == {"pending"}
    call("hokkaido_combined_rebuild", id="08")
    outbox.drain()
    assert names() == {"中央区役所", "函館市役所", "秘密の小屋"}


def test_only_administrators_rebuild() -> None:
    user = factories.User()["name"]
    with pytest.raises(tk.NotAuthorized):
        tk.get_action("hokkaido_combined_rebuild")({"user": user, "ignore_auth": False}, {})


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    made = factories.Organization(title="北海道", name="hokkaido")
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_standards.combined_organization", "hokkaido")
    return made


def test_a_table_is_a_dataset_of_the_catalogue_and_is_made_once(office: dict[str, Any], two: dict[str, Any]) -> None:
    found = seen("hokkaido_combined_show")["dataset"]
    shown = tk.get_action("package_show")({"user": "", "ignore_auth": False}, {"id": found})
    assert (shown["title"], shown["owner_org"], shown["license_id"], shown["private"]) == (
        "AED設置箇所一覧（全市町村を統合した表）",
        office["id"],
        "CC-BY-4.0",
        False,
    )
    assert [one["url"].rpartition("/")[2] for one in shown["resources"]] == [
        "08.csv",
        "08.parquet",
        "08.geojson",
        "08.jsonld",
        "08.ngsild",
    ]
    ids = [one["id"] for one in shown["resources"]]
    renew({"standard": "08"})
    renew({"standard": "08"})
    again = call("package_show", id=found)
    assert (again["metadata_modified"], [one["id"] for one in again["resources"]]) == (shown["metadata_modified"], ids)
    call("package_patch", id=two["id"], license_id="CC0-1.0")
    outbox.drain()
    again = call("package_show", id=found)
    assert (again["license_id"], [one["id"] for one in again["resources"]]) == ("other", ids)


def test_the_dataset_is_hidden_while_no_file_gives_a_row(office: dict[str, Any]) -> None:
    package = publish("012025", ROWS["012025"])
    outbox.drain()
    found = seen("hokkaido_combined_show")["dataset"]
    call("package_patch", id=package["id"], private=True)
    outbox.drain()
    assert call("package_show", id=found)["private"] is True
    call("package_patch", id=package["id"], private=False)
    outbox.drain()
    assert call("package_show", id=found)["private"] is False


def test_commands_list_and_rebuild(two: dict[str, Any], cli: Any) -> None:
    listed = cli.invoke(ckan, ["hokkaido", "combined", "list"])
    assert listed.output.splitlines()[-1].split("\t") == ["08", "AED設置箇所一覧", "3", "2", "2", "0"]
    rebuilt = cli.invoke(ckan, ["hokkaido", "combined", "rebuild", "--code", "08"])
    assert rebuilt.output.splitlines()[-1] == "08\t2"


def test_a_record_has_an_address_for_people_and_programs(two: dict[str, Any], app: CKANTestApp) -> None:
    path = "/combined/08/011002/1"
    page = app.get(path).get_data(as_text=True)
    assert ("中央区役所" in page, "出典：" in page) == (True, True)
    document = json.loads(app.get(path, headers={"Accept": "application/ld+json"}).get_data())
    assert (document["@type"], document["ic:名称"]["ic:表記"]) == ("ic:設備型", "中央区役所")
    answer = app.get(path, headers={"Accept": "text/turtle, text/html;q=0.5"})
    assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"
    graph = rdflib.Graph().parse(data=answer.get_data(), format="turtle")
    same = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    assert rdflib.compare.to_isomorphic(graph) == rdflib.compare.to_isomorphic(same)
    assert len(graph) > 10
    again = app.get(f"{path}?format=ttl", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert app.get("/combined/08/011002/999").status_code == 404
    assert "<html" in app.get(path, headers={"Accept": "*/*"}).get_data(as_text=True)


def test_records_without_good_identifiers_have_addresses_that_answer(app: CKANTestApp) -> None:
    publish(
        "011002",
        "011002,,大通 公園,北海道札幌市,43.05,141.34,1階\n011002,A/1 é,東区役所,北海道札幌市東区,43.07,141.36,1階\n",
    )
    outbox.drain()
    rows = seen("hokkaido_combined_search")["rows"]
    for row in rows:
        path = row["_iri"].removeprefix(tk.config["ckan.site_url"])
        assert row["name"] in app.get(path).get_data(as_text=True)
    assert {row["_key_kind"] for row in rows} == {"id", "name"}


def test_a_record_is_gone_with_its_file(two: dict[str, Any], app: CKANTestApp) -> None:
    assert app.get("/combined/08/012025/2").status_code == 200
    call("package_patch", id=two["id"], private=True)
    assert app.get("/combined/08/012025/2").status_code == 404
    assert app.get("/combined/08/012025/2?format=jsonld").status_code == 404
