"""Who may call what: for each role and action, whether it is allowed, refused, or not even found (AZ-01).

A = allowed (the rules may still refuse), F = forbidden, N = not found.
"""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from ckan import model

ROLES = (
    "office",
    "respondent",
    "approver",
    "director",
    "reader",
    "neighbour",
    "mayor",
    "citizen",
    "sysadmin",
    "nobody",
)

TABLE = {
    "hokkaido_survey_create": "A F F F F F F F A F",
    "hokkaido_unit_list": "    A F F F F F F F A F",
    "hokkaido_survey_list": "  A A A A A A A A A F",
    "hokkaido_survey_show": "  A A A A A N N N A F",
    "hokkaido_survey_update": "A F F F F N N N A F",
    "hokkaido_survey_close": " A F F F F N N N A F",
    "hokkaido_survey_publish": "A F F F F N N N A F",
    "hokkaido_survey_reopen": "A F F F F N N N A F",
    "hokkaido_survey_archive": "A F F F F N N N A F",
    "hokkaido_response_list": "A A A A A N N N A F",
    "hokkaido_response_show": "A A A A A N N N A F",
    "hokkaido_response_submit": "F A A A F N N N A F",
    "hokkaido_response_return": "F F A A F N N N A F",
    "hokkaido_response_approve": "F F A A F N N N A F",
    "hokkaido_response_extend": "A F F F F N N N A F",
    "hokkaido_answer_show": "  A A A A A N N N A F",
    "hokkaido_answer_update": "F A A A F N N N A F",
    "hokkaido_answer_delete": "F A A A F N N N A F",
    "hokkaido_workbook_import": "F A A A F N N N A F",
    "hokkaido_workbook_show": "A A A A A N N N A F",
    "hokkaido_inventory_reconcile": "F F F F F F F F A F",
}

CASES = [
    (action, role, verdict)
    for action, verdicts in TABLE.items()
    for role, verdict in zip(ROLES, verdicts.split(), strict=True)
]


@pytest.fixture
def verdict(house):
    """Return what a role gets for an action on the response of the section."""
    survey = house.open_survey()
    row = house.answer(survey)

    def ask(action, role):
        response_wide = {"survey": survey["id"], "unit": "kasen-ka", "version": 99, "remark": "x"}
        data = {
            "answer": response_wide | {"id": row["id"]},
            "response": response_wide | {"deadline": house.day(3)},
            "workbook": response_wide | {"upload": house.file(b"")},
            "survey": {"id": survey["id"], "title": "x", "fiscal_year": 2026, "deadline": house.day(1), "units": ["x"]},
        }.get(action.split("_")[1], {})
        if action.split("_")[1] == "survey" and action.endswith("reopen"):
            data = {"id": survey["id"]}
        try:
            getattr(house, role)(action, **data)
        except tk.ObjectNotFound:
            return "N"
        except tk.NotAuthorized:
            return "F"
        except tk.ValidationError:
            return "A"
        return "A"

    return ask


@pytest.mark.parametrize("action", sorted(TABLE))
def test_each_role_gets_what_the_table_says(verdict, action):
    expected = {role: letter for name, role, letter in CASES if name == action}
    assert {role: verdict(action, role) for role in expected} == expected


def test_what_one_may_not_know_is_said_as_of_what_does_not_exist(house):
    """AZ-01, LK-06: the two messages are the same."""
    survey = house.open_survey()
    row = house.answer(survey)
    said = []
    for answer_id in (row["id"], "there-is-none"):
        with pytest.raises(tk.ObjectNotFound) as missing:
            house.neighbour("hokkaido_answer_show", id=answer_id)
        said.append(str(missing.value))
    assert said[0] == said[1]


def test_a_municipality_never_sees_a_response_of_the_prefecture(house):
    """AZ-05: although both answer the same survey."""
    survey = house.open_survey("kasen-ka", "biei-cho")
    house.answer(survey)
    assert house.mayor("hokkaido_survey_show", id=survey["id"])["responses"][0]["unit"]["name"] == "biei-cho"
    with pytest.raises(tk.ObjectNotFound):
        house.mayor("hokkaido_response_show", survey=survey["id"], unit="kasen-ka")


def test_an_administrator_of_the_prefecture_is_not_the_office_by_cascade(house, make_person):
    """Roles come down the tree to units that answer; running surveys is the office's own business."""
    governor = make_person("chiji", hokkaido="admin")
    with pytest.raises(tk.NotAuthorized):
        governor("hokkaido_survey_create", title="x", fiscal_year=2026, deadline=house.day(1), units=["kasen-ka"])


def test_who_left_a_unit_sees_nothing_any_more(house):
    """AZ-06: roles are read at each call."""
    survey = house.open_survey()
    member = model.Session.query(model.Member).filter_by(table_id=house.respondent.id, table_name="user").one()
    member.state = "deleted"
    model.Session.commit()
    with pytest.raises(tk.ObjectNotFound):
        house.respondent("hokkaido_response_show", survey=survey["id"], unit="kasen-ka")


def test_a_deleted_user_is_nobody(house):
    """AZ-07."""
    survey = house.open_survey()
    model.User.get(house.respondent.name).state = "deleted"
    model.Session.commit()
    with pytest.raises((tk.NotAuthorized, tk.ObjectNotFound)):
        house.respondent("hokkaido_response_show", survey=survey["id"], unit="kasen-ka")


def test_without_an_office_only_system_administrators_run_surveys(house, monkeypatch):
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_inventory.office_organization", "")
    with pytest.raises(tk.NotAuthorized):
        house.open_survey()
    assert house.sysadmin(
        "hokkaido_survey_create", title="x", fiscal_year=2026, deadline=house.day(1), units=["kasen-ka"]
    )
