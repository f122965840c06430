"""Where organisations may stand, through CKAN's own actions (D18)."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import authz, model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.hokkaido_schema.service.tree import organization_tree

pytestmark = pytest.mark.usefixtures("clean_db", "with_plugins")


def act(action: str, **values: Any) -> Any:
    """Call an action as the site's own user; CKAN's activity stream refuses nobody."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return call_action(action, context={"user": user, "ignore_auth": True}, **values)


def _organization(**values: Any) -> dict[str, Any]:
    return factories.Organization(**values)


def _parent(organization: dict[str, Any]) -> str | None:
    tree = organization_tree(model.Session)
    above = tree.ancestors(organization["id"])
    return above[-1].name if above else None


@pytest.fixture
def prefecture() -> dict[str, Any]:
    return _organization(name="hokkaido", title="北海道", kind="prefecture")


@pytest.fixture
def department(prefecture: dict[str, Any]) -> dict[str, Any]:
    return _organization(name="kensetsu-bu", title="建設部", kind="department", parent="hokkaido")


@pytest.fixture
def division(department: dict[str, Any]) -> dict[str, Any]:
    return _organization(name="doro-ka", title="道路課", kind="department", parent="kensetsu-bu")


def test_a_child_is_made_under_its_parent(division: dict[str, Any]) -> None:
    assert _parent(division) == "kensetsu-bu"


def test_the_parent_is_not_stored_a_second_time(division: dict[str, Any]) -> None:
    assert "parent" not in model.Group.get(division["id"]).extras


def test_a_unit_moves_to_another_parent(division: dict[str, Any]) -> None:
    _organization(name="somu-bu", kind="department", parent="hokkaido")
    act("organization_patch", id=division["id"], parent="somu-bu")
    assert _parent(division) == "somu-bu"


def test_a_blank_parent_makes_a_root(division: dict[str, Any]) -> None:
    act("organization_patch", id=division["id"], parent="")
    assert _parent(division) is None


def test_an_update_that_does_not_speak_of_the_parent_keeps_it(division: dict[str, Any]) -> None:
    act("organization_update", id=division["id"], name="doro-ka", title="道路課（新）", kind="department")
    assert _parent(division) == "kensetsu-bu"


def test_a_patch_of_something_else_keeps_the_parent(division: dict[str, Any]) -> None:
    act("organization_patch", id=division["id"], description="道路の課です。")
    assert _parent(division) == "kensetsu-bu"


@pytest.mark.parametrize("parent", ["kensetsu-bu", "doro-ka"])
def test_a_cycle_is_refused(department: dict[str, Any], division: dict[str, Any], parent: str) -> None:
    with pytest.raises(tk.ValidationError) as refused:
        act("organization_patch", id=department["id"], parent=parent)
    assert "parent" in refused.value.error_dict
    assert _parent(department) == "hokkaido"


def test_a_cycle_by_ckans_own_key_is_refused(department: dict[str, Any], division: dict[str, Any]) -> None:
    with pytest.raises(tk.ValidationError):
        act("organization_patch", id=department["id"], groups=[{"name": "doro-ka"}])


@pytest.mark.parametrize("key", [{"parent": "hokkaido"}, {"groups": [{"name": "hokkaido"}]}])
def test_a_municipality_gets_no_parent(prefecture: dict[str, Any], key: dict[str, Any]) -> None:
    with pytest.raises(tk.ValidationError) as refused:
        _organization(name="sapporo-shi", kind="municipality", code="011002", **key)
    assert "parent" in refused.value.error_dict


def test_a_department_with_a_parent_does_not_become_a_municipality(division: dict[str, Any]) -> None:
    with pytest.raises(tk.ValidationError) as refused:
        act("organization_patch", id=division["id"], kind="municipality")
    assert "parent" in refused.value.error_dict


def test_member_create_is_no_way_around(prefecture: dict[str, Any]) -> None:
    city = _organization(name="sapporo-shi", kind="municipality")
    with pytest.raises(tk.ValidationError):
        act("member_create", id=city["id"], object=prefecture["id"], object_type="group", capacity="public")
    assert _parent(city) is None


def test_an_unknown_parent_is_refused(prefecture: dict[str, Any]) -> None:
    with pytest.raises(tk.ValidationError) as refused:
        _organization(name="x-ka", parent="nowhere")
    assert "parent" in refused.value.error_dict


def test_two_parents_are_refused(department: dict[str, Any]) -> None:
    with pytest.raises(tk.ValidationError) as refused:
        _organization(name="x-ka", groups=[{"name": "hokkaido"}, {"name": "kensetsu-bu"}])
    assert "parent" in refused.value.error_dict


def test_the_admin_role_cascades_down_departments(prefecture: dict[str, Any], division: dict[str, Any]) -> None:
    user = factories.User()
    act("member_create", id=prefecture["id"], object=user["id"], object_type="user", capacity="admin")
    assert authz.has_user_permission_for_group_or_org(division["id"], user["name"], "update_dataset")


def test_no_role_of_the_prefecture_reaches_a_municipality(prefecture: dict[str, Any]) -> None:
    user = factories.User()
    city = _organization(name="sapporo-shi", kind="municipality")
    act("member_create", id=prefecture["id"], object=user["id"], object_type="user", capacity="admin")
    assert not authz.has_user_permission_for_group_or_org(city["id"], user["name"], "read")


def _admin_of(organization: dict[str, Any]) -> dict[str, Any]:
    user = factories.User()
    act("member_create", id=organization["id"], object=user["id"], object_type="user", capacity="admin")
    return {"user": user["name"], "ignore_auth": False}


def test_an_admin_of_one_unit_cannot_take_it_out_from_under_its_parent(division: dict[str, Any]) -> None:
    context = _admin_of(division)
    with pytest.raises(tk.ValidationError) as refused:
        tk.get_action("organization_patch")(context, {"id": division["id"], "parent": ""})
    assert "parent" in refused.value.error_dict


def test_member_delete_is_no_way_around(department: dict[str, Any], division: dict[str, Any]) -> None:
    values = {"id": division["id"], "object": department["id"], "object_type": "group"}
    with pytest.raises(tk.NotAuthorized):
        tk.get_action("member_delete")(_admin_of(division), values)
    assert _parent(division) == "kensetsu-bu"


def test_an_admin_of_both_parents_may_move_a_unit(prefecture: dict[str, Any], division: dict[str, Any]) -> None:
    _organization(name="somu-bu", kind="department", parent="hokkaido")
    tk.get_action("organization_patch")(_admin_of(prefecture), {"id": division["id"], "parent": "somu-bu"})
    assert _parent(division) == "somu-bu"


def test_an_admin_may_change_other_fields_without_touching_the_place(division: dict[str, Any]) -> None:
    context = _admin_of(division)
    tk.get_action("organization_patch")(context, {"id": division["id"], "contact_phone": "011-231-4111"})
    assert _parent(division) == "kensetsu-bu"


def test_the_tree_is_listed_below_a_root(division: dict[str, Any]) -> None:
    found = act("hokkaido_organization_tree_list", root="hokkaido")
    assert [(unit["name"], unit["depth"]) for unit in found] == [("hokkaido", 0), ("kensetsu-bu", 1), ("doro-ka", 2)]


def test_a_lost_zero_of_the_code_comes_back(prefecture: dict[str, Any]) -> None:
    city = _organization(name="sapporo-shi", kind="municipality", code="11002")
    assert city["code"] == "011002"
