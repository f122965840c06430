"""Organisations merged and renamed: what moves, where old addresses lead, and that the feed follows (AZ-06)."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action

from ckanext.hokkaido_core import outbox

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")

FIELDS = {"notes": "説明です。", "license_id": "CC-BY-4.0"}


@pytest.fixture
def world() -> dict[str, Any]:
    """Make two sections under a department, the older one with a dataset, a series, people and a unit below."""
    admin, editor = factories.User(fullname="課長"), factories.User(fullname="係員")
    factories.Organization(name="kensetsu", title="建設部", users=[{"name": admin["name"], "capacity": "admin"}])
    people = [{"name": editor["name"], "capacity": "editor"}]
    old = factories.Organization(name="doro", title="道路課", groups=[{"name": "kensetsu"}], users=people)
    factories.Organization(name="kakari", title="維持係", groups=[{"name": "doro"}])
    new = factories.Organization(name="doboku", title="土木課", groups=[{"name": "kensetsu"}])
    dataset = factories.Dataset(owner_org=old["id"], name="bridges", title="橋の一覧", **FIELDS)
    series = factories.Dataset(owner_org=old["id"], type="dataset_series", name="traffic", title="交通量", notes="毎年")
    return {"admin": admin, "editor": editor, "old": old, "new": new, "dataset": dataset, "series": series}


def _merge(world: dict[str, Any], user: str, **more: Any) -> dict[str, Any]:
    data = {"from_organizations": ["doro"], "to_organization": "doboku"}
    done = tk.get_action("hokkaido_organization_merge")({"user": user}, data | more)
    model.Session.expire_all()
    return done


def _rename(world: dict[str, Any], unit: str, name: str) -> None:
    """Rename as CKAN's own form does."""
    tk.get_action("organization_patch")({"user": factories.Sysadmin()["name"]}, {"id": unit, "name": name})


def _owner(dataset: dict[str, Any]) -> str:
    return call_action("package_show", id=dataset["id"])["organization"]["name"]


def test_a_preview_tells_what_would_move_and_moves_nothing(world: dict[str, Any]) -> None:
    told = _merge(world, world["admin"]["name"], dry_run=True)
    assert [one["name"] for one in told["datasets"]] == ["bridges"]
    assert [one["name"] for one in told["series"]] == ["traffic"]
    assert [one["fullname"] for one in told["people"]] == ["係員"]
    assert [one["name"] for one in told["children"]] == ["kakari"]
    assert not told["stored"]
    assert _owner(world["dataset"]) == "doro"
    assert call_action("organization_show", id="doro")["state"] == "active"


def test_everything_that_the_old_one_owned_is_the_new_ones(world: dict[str, Any]) -> None:
    _merge(world, world["admin"]["name"])
    outbox.drain()
    assert (_owner(world["dataset"]), _owner(world["series"])) == ("doboku", "doboku")
    assert model.Group.get("doro").state == "deleted"
    tree = {unit["name"]: unit["parent"] for unit in call_action("hokkaido_organization_tree_list")}
    assert tree == {"kensetsu": None, "doboku": tree["doboku"], "kakari": world["new"]["id"]}
    assert call_action("package_search", fq="organization:doboku")["count"] == 1


def test_people_of_the_old_one_may_edit_in_the_new_one(world: dict[str, Any]) -> None:
    _merge(world, world["admin"]["name"])
    asking = {"user": world["editor"]["name"]}
    assert tk.check_access("package_update", asking, {"id": world["dataset"]["id"]})
    found = call_action("member_list", id="doboku", object_type="user")
    assert (world["editor"]["id"], "user", "Editor") in found


def test_a_higher_role_is_kept(world: dict[str, Any]) -> None:
    call_action("member_create", id="doboku", object=world["editor"]["id"], object_type="user", capacity="member")
    _merge(world, world["admin"]["name"])
    found = model.Session.scalars(
        sa.select(model.Member.capacity).where(
            model.Member.table_id == world["editor"]["id"], model.Member.state == "active"
        )
    ).all()
    assert found == ["editor"]


def test_who_administers_one_of_them_only_cannot_merge(world: dict[str, Any]) -> None:
    call_action("member_create", id="doro", object=world["editor"]["id"], object_type="user", capacity="admin")
    with pytest.raises(tk.NotAuthorized):
        _merge(world, world["editor"]["name"])


def test_an_organisation_cannot_go_into_one_below_it(world: dict[str, Any]) -> None:
    with pytest.raises(tk.ValidationError) as refused:
        _merge(world, world["admin"]["name"], to_organization="kakari")
    assert list(refused.value.error_dict) == ["from_organizations"]


def test_the_feed_names_the_new_publisher(world: dict[str, Any], app: CKANTestApp) -> None:
    assert "道路課" in app.get("/dataset/bridges.ttl").body
    _merge(world, world["admin"]["name"], dry_run=True)
    assert "道路課" in app.get("/dataset/bridges.ttl").body
    _merge(world, world["admin"]["name"])
    after = app.get("/dataset/bridges.ttl").body
    assert "道路課" not in after
    assert "土木課" in after


def test_the_feed_names_an_organisation_by_its_new_title(world: dict[str, Any], app: CKANTestApp) -> None:
    rename = tk.get_action("hokkaido_organization_rename")
    rename({"user": world["admin"]["name"]}, {"id": "doro", "title": "道路整備課"})
    outbox.drain()
    assert "道路整備課" in app.get("/dataset/bridges.ttl").body


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/organization/doro", "/organization/doboku"),
        ("/organization/about/doro", "/organization/about/doboku"),
        ("/en/organization/doro?q=a", "/en/organization/doboku?q=a"),
        ("/feeds/organization/doro.atom", "/feeds/organization/doboku.atom"),
        ("/catalog/status/doro", "/catalog/status/doboku"),
        ("/dataset/?q=a&organization=doro", "/dataset/?q=a&organization=doboku"),
    ],
)
def test_the_old_address_leads_to_the_new_one(world: dict[str, Any], app: CKANTestApp, old: str, new: str) -> None:
    _merge(world, world["admin"]["name"])
    response = app.get(old, follow_redirects=False)
    assert response.status_code == 301
    assert response.headers["Location"].removeprefix(tk.config["ckan.site_url"]) == new


def test_old_names_lead_on_through_several_changes(world: dict[str, Any], app: CKANTestApp) -> None:
    _rename(world, "doro", "doro-ka")
    _merge(world, world["admin"]["name"], from_organizations=["doro-ka"])
    _rename(world, "doboku", "doboku-ka")
    for name in ("doro", "doro-ka", "doboku"):
        response = app.get(f"/organization/{name}", follow_redirects=False)
        assert response.headers["Location"].endswith("/organization/doboku-ka")


def test_a_name_that_is_given_anew_is_the_new_ones(world: dict[str, Any], app: CKANTestApp) -> None:
    _rename(world, "doro", "doro-ka")
    factories.Organization(name="doro", title="別の道路課")
    assert app.get("/organization/doro", follow_redirects=False).status_code == 200


def test_the_page_of_the_organisation_tells_its_history(world: dict[str, Any], app: CKANTestApp) -> None:
    _merge(world, world["admin"]["name"])
    rename = tk.get_action("hokkaido_organization_rename")
    rename({"user": world["admin"]["name"]}, {"id": "doboku", "title": "土木整備課", "name": "doboku-seibi"})
    page = app.get("/organization/doboku-seibi").body
    assert "「道路課」をこの組織に統合しました。" in page
    assert "「土木課」から名称を変更しました。" in page


def test_a_name_that_is_taken_is_refused_and_nothing_is_kept(world: dict[str, Any]) -> None:
    rename = tk.get_action("hokkaido_organization_rename")
    with pytest.raises(tk.ValidationError):
        rename({"user": world["admin"]["name"]}, {"id": "doro", "title": "道路整備課", "name": "doboku"})
    model.Session.expire_all()
    assert call_action("organization_show", id="doro")["title"] == "道路課"
    assert tk.h.hokkaido_organization_history(world["old"]["id"]) == []


def _shown(reference: str) -> str:
    return tk.get_action("organization_show")({"user": ""}, {"id": reference})["name"]


def test_the_api_shows_by_a_former_name_or_id_what_an_organisation_has_become(world: dict[str, Any]) -> None:
    _rename(world, "doro", "doro-ka")
    _merge(world, world["admin"]["name"], from_organizations=["doro-ka"])
    _rename(world, "doboku", "doboku-ka")
    assert {_shown(one) for one in ("doro", "doro-ka", "doboku", world["old"]["id"])} == {"doboku-ka"}


def test_an_id_leads_on_through_mergers_one_after_the_other(world: dict[str, Any]) -> None:
    _merge(world, world["admin"]["name"])
    _merge(world, world["admin"]["name"], from_organizations=["doboku"], to_organization="kensetsu")
    assert (_shown(world["old"]["id"]), _shown(world["new"]["id"])) == ("kensetsu", "kensetsu")


def test_what_never_was_an_organisation_or_was_only_deleted_is_not_shown(world: dict[str, Any]) -> None:
    alone = factories.Organization(name="haishi")
    call_action("organization_delete", context={"user": factories.Sysadmin()["name"]}, id=alone["id"])
    for reference in ("nowhere", alone["id"], "haishi", ""):
        with pytest.raises((tk.ObjectNotFound, tk.NotAuthorized, tk.ValidationError)):
            _shown(reference)


def test_a_name_that_is_given_anew_shows_the_new_one(world: dict[str, Any]) -> None:
    _rename(world, "doro", "doro-ka")
    anew = factories.Organization(name="doro", title="別の道路課")
    assert tk.get_action("organization_show")({"user": ""}, {"id": "doro"})["id"] == anew["id"]


def test_a_former_name_changes_no_organisation(world: dict[str, Any]) -> None:
    _merge(world, world["admin"]["name"])
    with pytest.raises((tk.ObjectNotFound, tk.NotAuthorized)):
        tk.get_action("organization_patch")({"user": world["admin"]["name"]}, {"id": "doro", "title": "別名"})
    assert call_action("organization_show", id="doboku")["title"] == "土木課"


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"fq": "organization:doro"}, 1),
        ({"fq": '+organization:"doro" +res_format:CSV'}, 0),
        ({"fq": "organization:(kensetsu OR doro)"}, 1),
        ({"fq": "-organization:doro"}, 0),
        ({"fq_list": ["organization:doro"]}, 1),
        ({"fq": "owner_org:{old}"}, 1),
        ({"fq": 'owner_org:("{old}")'}, 1),
        ({"fq": "organization:doboku"}, 1),
        ({"fq": "organization:nowhere"}, 0),
        ({"fq": "title:doro"}, 0),
    ],
)
def test_a_search_by_a_former_name_finds_what_it_has_become(
    world: dict[str, Any], asked: dict[str, Any], count: int
) -> None:
    _merge(world, world["admin"]["name"])
    outbox.drain()
    old = world["old"]["id"]
    filled = {
        key: [one.replace("{old}", old) for one in value] if isinstance(value, list) else value.replace("{old}", old)
        for key, value in asked.items()
    }
    assert tk.get_action("package_search")({"user": ""}, filled)["count"] == count


def test_the_old_id_leads_to_the_page_of_the_new_one(world: dict[str, Any], app: CKANTestApp) -> None:
    _merge(world, world["admin"]["name"])
    response = app.get(f"/organization/{world['old']['id']}", follow_redirects=False)
    assert (response.status_code, response.headers["Location"].rpartition("/")[2]) == (301, "doboku")
