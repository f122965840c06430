"""Files of restricted datasets, and datasets for the staff: every way to them, for every kind of visitor."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

from ckanext.hokkaido_schema.logic import repairs

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")

SECRET = "https://files.example.jp/naisho-4711.csv"
TABLE = "名称,人数\n橋,3\n".encode()
CONDITIONS = "秘密保持の契約を結んだ大学に提供します。"
OUTSIDERS = (None, "staff", "firm", "stranger")


class Portal:
    """A restricted dataset with a link and an upload, a dataset for the staff, and people of every kind."""

    def __init__(self, app: CKANTestApp) -> None:
        self.app = app
        self.people = {name: factories.UserWithToken() for name in ("member", "staff", "firm", "stranger")}
        self.people["admin"] = factories.SysadminWithToken()
        own = self.unit("member", "department", "member")
        self.unit("staff", "municipality", "editor")
        self.unit("firm", "private", "editor")
        fields = {"notes": "説明です。", "owner_org": own["id"], "license_id": "other"}
        self.restricted = self.make(
            title="契約者に渡す一覧",
            access_rights="RESTRICTED",
            access_conditions=CONDITIONS,
            resources=[{"url": SECRET, "name": "一覧", "format": "CSV"}],
            **fields,
        )
        data = {"package_id": self.restricted["id"], "name": "添付", "upload": (BytesIO(TABLE), "hashi.csv")}
        made = self.app.post("/api/3/action/resource_create", data=data, headers=self.headers("admin"))
        self.link, self.upload = self.restricted["resources"][0], made.json["result"]
        self.internal = self.make(title="庁内の台帳", private=True, audience="staff", **fields)
        self.own_only = self.make(title="課の台帳", private=True, **fields)

    def unit(self, who: str, kind: str, role: str) -> dict[str, Any]:
        return factories.Organization(kind=kind, users=[{"name": self.people[who]["name"], "capacity": role}])

    def make(self, **values: Any) -> dict[str, Any]:
        return self.act("package_create", **values)

    def act(self, action: str, **values: Any) -> dict[str, Any]:
        with self.app.flask_app.test_request_context():
            return tk.get_action(action)({"user": self.people["admin"]["name"]}, values)

    def headers(self, who: str | None) -> dict[str, str]:
        return {"Authorization": self.people[who]["token"]} if who else {}

    def get(self, path: str, who: str | None = None, **query: str) -> Any:
        return self.app.get(path, headers=self.headers(who), query_string=query, status=None, follow_redirects=False)

    def found(self, who: str | None) -> set[str]:
        answer = self.get("/api/3/action/package_search", who, include_private="true", rows="50").json["result"]
        return {one["title"] for one in answer["results"]}


@pytest.fixture
def portal(app: CKANTestApp) -> Portal:
    return Portal(app)


def test_a_restricted_dataset_is_found_and_read_by_all_with_its_conditions(portal: Portal) -> None:
    assert portal.restricted["title"] in portal.found(None)
    page = portal.get(f"/dataset/{portal.restricted['name']}").body
    assert CONDITIONS in page
    assert "制限付き公開" in page
    assert "商用を含めて自由に" not in page
    of_the_file = portal.get(f"/dataset/{portal.restricted['name']}/resource/{portal.upload['id']}").body
    assert "resource-url-analytics" not in of_the_file


@pytest.fixture
def _detailed_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody see what activities recorded, as an operator may."""
    monkeypatch.setitem(tk.config, "ckan.auth.public_activity_stream_detail", True)


@pytest.mark.usefixtures("_detailed_stream")
def test_nobody_outside_of_the_organisation_gets_the_address_of_a_file(portal: Portal) -> None:
    dataset, link = portal.restricted["id"], portal.link["id"]
    once = portal.get("/api/3/action/package_activity_list", "member", id=dataset).json["result"][0]["id"]
    ways = {
        "recorded": ("/api/3/action/activity_data_show", {"id": once, "object_type": "package"}),
        "all recorded": ("/api/3/action/activity_data_show", {"id": once}),
        "page of the time": (f"/dataset/{dataset}/history/{once}", {}),
        "file of the time": (f"/dataset/{dataset}/resources/{link}/history/{once}", {}),
        "page": (f"/dataset/{dataset}", {}),
        "resource": (f"/dataset/{dataset}/resource/{link}", {}),
        "package_show": ("/api/3/action/package_show", {"id": dataset}),
        "default show": ("/api/3/action/package_show", {"id": dataset, "use_default_schema": "true"}),
        "resource_show": ("/api/3/action/resource_show", {"id": link}),
        "package_search": ("/api/3/action/package_search", {"q": "契約者"}),
        "default schema": ("/api/3/action/package_search", {"q": "契約者", "use_default_schema": "true"}),
        "fields": ("/api/3/action/package_search", {"fl": "id,validated_data_dict,data_dict,res_url"}),
        "renamed fields": ("/api/3/action/package_search", {"fl": "id,x:validated_data_dict,y:res_url"}),
        "patterns": ("/api/3/action/package_search", {"fl": "validated*"}),
        "resource_search": ("/api/3/action/resource_search", {"query": "name:一覧"}),
        "activities": ("/api/3/action/package_activity_list", {"id": dataset}),
        "of the owner": ("/api/3/action/organization_activity_list", {"id": portal.restricted["owner_org"]}),
        "of the editor": ("/api/3/action/user_activity_list", {"id": portal.people["admin"]["name"]}),
        "recently": ("/api/3/action/recently_changed_packages_activity_list", {}),
        "atom": ("/feeds/dataset.atom", {}),
        "changes": ("/catalog/changes/1", {}),
        "all": ("/api/3/action/current_package_list_with_resources", {}),
        "feed": ("/catalog.ttl", {}),
        "dataset": (f"/dataset/{dataset}.jsonld", {}),
        "list": ("/catalog/opendata-list.csv", {}),
    }
    answers = {}
    for name, (path, query) in ways.items():
        for who in OUTSIDERS:
            answer = portal.get(path, who, **query)
            answers[name, who] = (answer.body, answer.status_code)
    told = {way for way, (body, _status) in answers.items() if "naisho" in body}
    # A fault tells nothing, either, and is no answer.
    assert {way for way, (_body, status) in answers.items() if status >= 500} == set()
    assert told == set()
    assert SECRET in portal.get("/api/3/action/package_show", "member", id=dataset).body
    assert SECRET in portal.get("/api/3/action/package_activity_list", "member", id=dataset).body


@pytest.mark.usefixtures("_detailed_stream")
def test_what_was_public_is_not_told_any_more_once_it_is_restricted(portal: Portal) -> None:
    fields = {"notes": "説明です。", "owner_org": portal.restricted["owner_org"], "license_id": "CC-BY-4.0"}
    link = {"url": SECRET.replace("4711", "4712"), "name": "一覧", "format": "CSV"}
    opened = portal.make(title="はじめは公開", resources=[link], **fields)
    portal.act("package_patch", id=opened["id"], title="まだ公開")
    ways = {
        "activities": ("/api/3/action/package_activity_list", {"id": opened["id"]}),
        "activity": ("/api/3/action/activity_show", {"id": "", "include_data": ""}),
        "recorded": ("/api/3/action/activity_data_show", {"id": "", "object_type": "package"}),
        "difference": ("/api/3/action/activity_diff", {"id": "", "object_type": "package"}),
        "page of the difference": ("/dataset/changes/", {}),
        "file of the time": (f"/dataset/{opened['id']}/resources/{opened['resources'][0]['id']}/history/", {}),
        "changes": ("/catalog/changes/1", {}),
        "changes as JSON": ("/catalog/changes/1.jsonld", {}),
        "feed": ("/catalog.ttl", {}),
    }
    activities = portal.get("/api/3/action/package_activity_list", id=opened["id"]).json["result"]
    ways["activity"][1]["id"] = activities[-1]["id"]
    # The files came with the second of these.
    for name in ("recorded", "difference"):
        ways[name][1]["id"] = activities[0]["id"]
    for name in ("page of the difference", "file of the time"):
        ways[name] = (ways[name][0] + activities[0]["id"], {})

    def told() -> set[str]:
        return {name for name, (path, query) in ways.items() if "naisho-4712" in portal.get(path, **query).body}

    assert told() == set(ways)
    portal.act("package_patch", id=opened["id"], access_rights="RESTRICTED", access_conditions=CONDITIONS)
    assert told() == set()


def test_an_administrator_of_the_site_saves_the_address_of_a_dataset_that_nobody_owns(portal: Portal) -> None:
    package = model.Package.get(portal.restricted["id"])
    package.owner_org = None
    model.Session.commit()
    shown = portal.act("package_show", id=package.id)
    assert SECRET in {one["url"] for one in shown["resources"]}


def test_an_address_cannot_be_guessed_by_searching_for_it(portal: Portal) -> None:
    asked = portal.get("/api/3/action/resource_search", query="url:naisho").json["result"]
    assert (asked["count"], asked["results"]) == (0, [])
    assert portal.get("/api/3/action/package_search", q="res_url:*naisho*").json["result"]["count"] == 0
    assert portal.get("/api/3/action/resource_search", "member", query="url:naisho").json["result"]["count"] == 1


def test_files_go_to_the_organisation_only(portal: Portal) -> None:
    path = f"/dataset/{portal.restricted['id']}/resource/{portal.upload['id']}/download/hashi.csv"
    answers = {who: portal.get(path, who) for who in (*OUTSIDERS, "member", "admin")}
    assert {who: answer.status_code for who, answer in answers.items()} == {
        **dict.fromkeys(OUTSIDERS, 403),
        "member": 200,
        "admin": 200,
    }
    assert answers["member"].data == TABLE
    assert {"public" in answers[who].headers["Cache-Control"] for who in ("member", None)} == {False}
    assert CONDITIONS in answers[None].body
    assert "sandbox" not in answers[None].headers["Content-Security-Policy"]


def test_an_editor_still_saves_the_real_address(portal: Portal) -> None:
    shown = portal.act("package_show", id=portal.restricted["id"])
    portal.act("package_patch", id=shown["id"], title="名前を変えた一覧")
    stored = portal.act("package_show", id=shown["id"])
    assert next(one["url"] for one in stored["resources"]) == SECRET


def test_staff_of_any_unit_find_what_is_for_the_staff(portal: Portal) -> None:
    private = {"庁内の台帳", "課の台帳"}
    found = {who: portal.found(who) & private for who in (*OUTSIDERS, "member")}
    assert found == {
        None: set(),
        "stranger": set(),
        "firm": set(),
        "staff": {"庁内の台帳"},
        "member": private,
    }
    path = f"/dataset/{portal.internal['name']}"
    assert {who: portal.get(path, who).status_code for who in ("staff", "firm")} == {"staff": 200, "firm": 404}


def test_conditions_are_asked_for_where_not_everybody_may_have_the_data(portal: Portal) -> None:
    with pytest.raises(tk.ValidationError) as refused:
        portal.act("package_patch", id=portal.restricted["id"], access_conditions="")
    assert list(refused.value.error_dict) == ["access_conditions"]


def test_what_was_read_another_way_is_on_record(portal: Portal) -> None:
    values = {"id": portal.internal["id"], "frequency": "年1回（6月）", "spatial_code": ["11002"]}
    with repairs.collecting() as found:
        stored = portal.act("package_patch", **values)
    assert [stored[name] for name in ("frequency", "frequency_note", "spatial_code")] == [
        "ANNUAL",
        "年1回（6月）",
        ["011002"],
    ]
    assert [(one.field, one.before, one.after) for one in found] == [
        ("frequency", "年1回（6月）", "ANNUAL"),
        ("spatial_code", "11002", "011002"),
    ]
