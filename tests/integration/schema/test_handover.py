"""Staff turnover: what a person owns, and the successor who gets it."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.hokkaido_schema.model.approval import Approval

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")


@pytest.fixture
def world() -> dict[str, Any]:
    """Make a section with an admin, somebody who leaves with a dataset to his name, and another section of his."""
    people = {name: factories.User(name=name, fullname=name) for name in ("kacho", "zennin", "konin")}
    doro = factories.Organization(
        name="doro",
        title="道路課",
        users=[{"name": "kacho", "capacity": "admin"}, {"name": "zennin", "capacity": "editor"}],
    )
    factories.Organization(name="nosei", title="農政課", users=[{"name": "zennin", "capacity": "admin"}])
    dataset = factories.Dataset(
        owner_org=doro["id"], user=people["zennin"], title="橋の一覧", notes="説明", license_id="CC-BY-4.0"
    )
    return {"people": people, "dataset": dataset, "unit": doro}


def _show(admin: str, **data: Any) -> dict[str, Any]:
    return tk.get_action("hokkaido_handover_show")({"user": admin}, data)


def _hand_over(user: str, **data: Any) -> dict[str, Any]:
    values = {"from_user": "zennin", "to_user": "konin"}
    done = tk.get_action("hokkaido_handover_update")({"user": user}, values | data)
    model.Session.expire_all()
    return done


def _roles(name: str) -> dict[str, str]:
    rows = model.Session.execute(
        sa.select(model.Group.name, model.Member.capacity)
        .join(model.Member, model.Member.group_id == model.Group.id)
        .where(
            model.Member.table_id == model.User.get(name).id,
            model.Member.table_name == "user",
            model.Member.state == "active",
        )
    )
    return dict(rows.tuples().all())


def test_the_page_lists_what_a_person_owns_where_the_admin_may_see_it(world: dict[str, Any]) -> None:
    shown = _show("kacho", user="zennin")
    assert [(row["organization"]["name"], row["role"]) for row in shown["roles"]] == [("doro", "editor")]
    assert [row["title"] for row in shown["datasets"]] == ["橋の一覧"]


def test_the_page_lists_what_a_section_owns(world: dict[str, Any]) -> None:
    shown = _show("kacho", organization="doro")
    assert {row["user"] for row in shown["roles"]} == {"kacho", "zennin"}
    assert [row["creator"] for row in shown["datasets"]] == ["zennin"]


def test_an_editor_is_not_shown_it(world: dict[str, Any]) -> None:
    with pytest.raises(tk.NotAuthorized):
        _show("konin")


def test_the_duties_of_the_survey_are_listed_by_the_survey(world: dict[str, Any]) -> None:
    person = call_action("hokkaido_person_list", unit="doro")["people"][0]["user"]["name"]
    call_action("hokkaido_person_update", unit="doro", user=person, duties=["coordinator"])
    shown = _show("kacho", user=person)
    assert [kind["label"] for kind in shown["others"]] == ["Duties in the survey"]


def test_what_waits_for_approval_is_listed(world: dict[str, Any]) -> None:
    asker = world["people"]["zennin"]["id"]
    model.Session.add(Approval(package_id=world["dataset"]["id"], state="asked", asked_by=asker, message=""))
    model.Session.commit()
    listed = _show("kacho", user="zennin")["others"]
    assert [thing["title"] for kind in listed for thing in kind["things"]] == ["橋の一覧"]


def test_the_successor_gets_roles_and_datasets_in_the_admins_organisations(world: dict[str, Any]) -> None:
    done = _hand_over("kacho")
    assert ([row["organization"]["name"] for row in done["roles"]], done["datasets"]) == (["doro"], 1)
    assert _roles("konin") == {"doro": "editor"}
    assert _roles("zennin") == {"nosei": "admin"}
    assert model.Package.get(world["dataset"]["id"]).creator_user_id == world["people"]["konin"]["id"]


def test_the_person_can_stay_for_a_while(world: dict[str, Any]) -> None:
    _hand_over("kacho", keep_roles=True)
    assert _roles("zennin") == {"doro": "editor", "nosei": "admin"}


def test_a_higher_role_of_the_successor_stays(world: dict[str, Any]) -> None:
    _hand_over("kacho", to_user="kacho")
    assert _roles("kacho") == {"doro": "admin"}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"to_user": "nobody"}, "to_user"),
        ({"to_user": "zennin"}, "to_user"),
        ({"from_user": ""}, "from_user"),
        ({"from_user": "konin", "to_user": "kacho"}, "from_user"),
    ],
)
def test_a_hand_over_that_makes_no_sense_is_refused(world: dict[str, Any], data: dict[str, str], field: str) -> None:
    with pytest.raises(tk.ValidationError) as refused:
        _hand_over("kacho", **data)
    assert list(refused.value.error_dict) == [field]
    assert _roles("zennin") == {"doro": "editor", "nosei": "admin"}
