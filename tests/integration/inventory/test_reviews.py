"""Two stages, delegates, many at once: who approves what, and that nobody approves what they did not read."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.hokkaido_inventory.model import Event, Response, Survey


def _two_stages(survey):
    model.Session.execute(sa.update(Survey).where(Survey.id == survey["id"]).values(second_stage=True))
    model.Session.commit()


def _waiting(house, who):
    return [row["unit"]["name"] for row in who("hokkaido_review_list")["results"]]


def _details(act):
    return [event.detail for event in model.Session.execute(sa.select(Event).where(Event.act == act)).scalars()]


@pytest.fixture
def submitted(house):
    survey = house.open_survey("kasen-ka", "doro-ka")
    house.answer(survey)
    house.submit(survey)
    return survey


def test_with_a_second_stage_the_unit_endorses_and_the_office_approves(house, make_person, submitted):
    """AZ-03: nobody skips a stage, and nobody stands in both."""
    both = make_person("futari", kasen_ka="admin", joho_seisaku_ka="editor")
    _two_stages(submitted)
    with pytest.raises(tk.NotAuthorized):
        house.approve(submitted, who=house.office)
    endorsed = house.approve(submitted, who=both)
    assert (endorsed["state"], endorsed["endorsed_by"]["name"], endorsed["approved_at"]) == ("endorsed", "futari", None)
    assert _waiting(house, house.office) == ["kasen-ka"]
    assert _waiting(house, both) == []
    with pytest.raises(tk.NotAuthorized):
        house.approve(submitted)
    with pytest.raises(tk.ValidationError):
        house.approve(submitted, who=both)
    approved = house.approve(submitted, who=house.office)
    assert (approved["state"], approved["approved_by"]["name"]) == ("approved", "chosa")
    with pytest.raises(tk.NotAuthorized):
        house.approver(
            "hokkaido_response_return",
            survey=submitted["id"],
            unit="kasen-ka",
            version=approved["version"],
            remark="やはり直したい",
        )


def test_the_office_returns_what_the_unit_has_approved(house, submitted):
    _two_stages(submitted)
    version = house.approve(submitted)["version"]
    where = {"survey": submitted["id"], "unit": "kasen-ka", "version": version}
    returned = house.office("hokkaido_response_return", **where, remark="分類を確認してください")
    assert (returned["state"], returned["endorsed_by"]) == ("returned", None)


def test_an_approval_given_twice_at_the_first_stage_is_one(house, submitted):
    _two_stages(submitted)
    where = {"survey": submitted["id"], "unit": "kasen-ka", "version": house.show(submitted)["version"]}
    first = house.approver("hokkaido_response_approve", **where)
    again = house.approver("hokkaido_response_approve", **where)
    assert (again["state"], again["version"]) == ("endorsed", first["version"])


def test_a_guessed_version_does_not_carry_an_approver_into_the_second_stage(house, submitted):
    """CC-02, AZ-03: the state moved on between the look at the rights and the lock."""
    _two_stages(submitted)
    from ckanext.hokkaido_core.columns import now
    from ckanext.hokkaido_inventory.domain.transitions import IllegalTransition
    from ckanext.hokkaido_inventory.logic.viewer import viewer_of
    from ckanext.hokkaido_inventory.service import review

    viewer = viewer_of({"user": house.director.name})
    version = house.approve(submitted)["version"]
    session = model.Session()
    response = session.execute(sa.select(Response).where(Response.state == "endorsed")).scalar_one()
    with pytest.raises(IllegalTransition):
        review.approve(
            session, response, session.get(Survey, submitted["id"]), version=version, viewer=viewer, at=now()
        )


def test_a_colleague_approves_while_the_approver_is_away(house, submitted):
    """The right is lent from day to day, ends with the lender's own, and stands in the trail."""
    given = {"unit": "kasen-ka", "to": house.reader.name, "starts_on": house.day(0), "ends_on": house.day(7)}
    with pytest.raises(tk.NotAuthorized):
        house.approve(submitted, who=house.reader)
    made = house.approver("hokkaido_delegation_create", **given)
    assert _waiting(house, house.reader) == ["kasen-ka"]
    with pytest.raises(tk.NotAuthorized):
        house.reader("hokkaido_delegation_create", **given | {"to": house.respondent.name})
    with pytest.raises(tk.NotAuthorized):
        house.reader("hokkaido_delegation_revoke", id=made["id"])
    assert house.approve(submitted, who=house.reader)["state"] == "approved"
    assert _details("response_approved") == [{"delegation": made["id"]}]
    assert [detail["delegation"] for detail in _details("approval_delegated")] == [made["id"]]
    house.approver("hokkaido_delegation_revoke", id=made["id"])
    assert house.reader("hokkaido_delegation_list")["delegations"] == []
    assert not house.reader("hokkaido_response_show", survey=submitted["id"], unit="kasen-ka")["may"]["return"]


@pytest.mark.parametrize(("first", "last"), [(1, 3), (-3, -1)], ids=["not yet", "over"])
def test_a_lent_right_holds_on_its_days_only(house, submitted, first, last):
    """TM-02: the first day and the last are included, the days around them are not."""
    from ckanext.hokkaido_inventory.model import Delegation

    ids = {"from_user_id": house.approver.id, "to_user_id": house.reader.id}
    unit = model.Group.get("kasen-ka").id
    days = {"starts_on": house.day(first), "ends_on": house.day(last)}
    model.Session.add(Delegation(unit_id=unit, **ids, **days))
    model.Session.commit()
    assert _waiting(house, house.reader) == []


def test_a_right_is_lent_to_colleagues_for_a_time_to_come_only(house, submitted):
    """And it is gone at once when the lender approves no more."""
    base = {"unit": "kasen-ka", "to": house.reader.name, "starts_on": house.day(0), "ends_on": house.day(7)}
    for wrong, field in (
        ({"to": house.mayor.name}, "to"),
        ({"to": house.approver.name}, "to"),
        ({"to": "nobody-at-all"}, "to"),
        ({"ends_on": house.day(-1)}, "ends_on"),
        ({"starts_on": house.day(9)}, "ends_on"),
        ({"ends_on": house.day(400)}, "ends_on"),
    ):
        with pytest.raises(tk.ValidationError) as refused:
            house.approver("hokkaido_delegation_create", **base | wrong)
        assert list(refused.value.error_dict) == [field]
    house.approver("hokkaido_delegation_create", **base)
    lender = sa.update(model.Member).where(model.Member.table_id == house.approver.id).values(capacity="editor")
    model.Session.execute(lender)
    model.Session.commit()
    assert _waiting(house, house.reader) == []


def test_many_are_approved_at_once_each_in_the_version_that_was_read(house, submitted):
    """CC-02, AZ-04: what changed since is named, the others are approved; what is not one's own stops everything."""
    house.neighbour("hokkaido_answer_update", survey=submitted["id"], unit="doro-ka", title="道路台帳")
    house.submit(submitted, "doro-ka", who=house.neighbour)
    queue = house.director("hokkaido_review_list")
    assert [row["unit"]["name"] for row in queue["results"]] == ["kasen-ka", "doro-ka"]
    assert queue["results"][0]["load"]["changes"] == {"new": 1}
    items = [
        {"survey": submitted["id"], "unit": row["unit"]["id"], "version": row["version"]} for row in queue["results"]
    ]
    with pytest.raises((tk.ObjectNotFound, tk.NotAuthorized)):
        house.approver("hokkaido_review_approve", responses=items)
    assert house.show(submitted)["state"] == "submitted"
    items[1]["version"] -= 1
    done = house.director("hokkaido_review_approve", responses=items)
    assert [row["unit"]["name"] for row in done["approved"]] == ["kasen-ka"]
    assert [row["unit"]["name"] for row in done["failed"]] == ["doro-ka"]
    assert house.show(submitted, "doro-ka")["state"] == "submitted"


def test_the_trail_holds_every_step_with_its_version(house, submitted):
    """AZ-03: one line an act, for the office the whole round, for the unit its own part."""
    house.approve(submitted)
    whole = house.office("hokkaido_trail_list", survey=submitted["id"])
    part = house.reader("hokkaido_trail_list", survey=submitted["id"], unit="kasen-ka")
    assert [event["act"] for event in part["results"]] == ["response_approved", "response_submitted", "row_added"]
    assert part["results"][0]["version"] == house.show(submitted)["version"]
    assert whole["count"] == part["count"] + 2
    with pytest.raises(tk.NotAuthorized):
        house.reader("hokkaido_trail_list", survey=submitted["id"])
