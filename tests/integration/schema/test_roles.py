"""In which organisations somebody has a permission: as CKAN finds it, with fewer questions."""

from __future__ import annotations

import pytest
from ckan.logic.action import get as core
from ckan.tests import factories
from ckan.tests.helpers import call_action

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")


@pytest.mark.ckan_config("ckan.auth.roles_that_cascade_to_sub_groups", "admin")
@pytest.mark.parametrize(
    "permission", ["read", "create_dataset", "update_dataset", "admin", "manage_group", "nonsense"]
)
@pytest.mark.parametrize("who", ["chief", "clerk", "reader", "stranger", "boss"])
def test_the_organisations_are_those_that_ckan_finds(who: str, permission: str) -> None:
    people = {name: factories.User(name=name) for name in ("chief", "clerk", "reader", "stranger")}
    people["boss"] = factories.Sysadmin(name="boss")
    roles = [{"name": "chief", "capacity": "admin"}, {"name": "clerk", "capacity": "editor"}]
    factories.Organization(name="top", kind="prefecture", users=roles)
    factories.Organization(name="middle", parent="top", users=[{"name": "chief", "capacity": "member"}])
    factories.Organization(name="below", parent="middle", users=[{"name": "reader", "capacity": "member"}])
    factories.Organization(name="closed", users=[{"name": "chief", "capacity": "admin"}])
    call_action("organization_delete", {"user": "boss"}, id="closed")
    asked = {"permission": permission}
    found = call_action("organization_list_for_user", {"user": who, "ignore_auth": False}, **asked)
    plain = core.organization_list_for_user({"user": who, "ignore_auth": False}, asked)
    assert {one["name"] for one in found} == {one["name"] for one in plain}
    assert [set(one) for one in found[:1]] == [set(one) for one in plain[:1]]
