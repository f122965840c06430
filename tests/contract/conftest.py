"""A small world with one person of each role, for the access table."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.tests import factories
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_core.columns import now
from ckanext.hokkaido_core.shared import tasks
from ckanext.hokkaido_inventory.domain.deadline import today
from ckanext.hokkaido_inventory.logic.invitation_secret import secret_of
from ckanext.hokkaido_schema.model import Link

ROLES = ("anonymous", "citizen", "stranger", "reader", "respondent", "approver", "office")


@dataclass(frozen=True)
class World:
    """Names and ids that a request may be made of; `people` maps a role to a user name (anonymous to "")."""

    people: dict[str, str]
    ids: dict[str, str]


def act(name: str, user: str, **data: Any) -> Any:
    """Call an action as a person."""
    return tk.get_action(name)({"user": user}, data)


@pytest.fixture
def world(clean_db: None, clean_index: None, with_plugins: None) -> World:
    """Make a published survey with a holding of one unit, and a second, open survey that the same unit is answering."""
    people = {"anonymous": "", **{role: factories.User()["name"] for role in ROLES[1:]}}
    office = factories.Organization(name="office", users=[{"name": people["office"], "capacity": "editor"}])
    unit = factories.Organization(
        name="unit",
        users=[
            {"name": people["reader"], "capacity": "member"},
            {"name": people["respondent"], "capacity": "editor"},
            {"name": people["approver"], "capacity": "admin"},
        ],
    )
    other = factories.Organization(name="other", users=[{"name": people["stranger"], "capacity": "editor"}])
    tk.config["ckanext.hokkaido_inventory.office_organization"] = office["name"]
    published = _first_round(people)
    ids = {
        "unit": unit["name"],
        "organization": unit["name"],
        "other": other["name"],
        **published,
        **_second_round(people),
        "link": _link(published["dataset"]),
        "standard": "08",
        "task": _task(people),
        "delegation": _delegation(people),
        **_invitation(people),
    }
    ids["exchange"] = _exchange(people, ids["dataset"])
    return World(people, ids)


def _first_round(people: dict[str, str]) -> dict[str, str]:
    """Walk one round to its publication and promote its holding."""
    survey = _open(people, "第一回")
    act("hokkaido_answer_update", people["respondent"], survey=survey, unit="unit", **ROW)
    read = act("hokkaido_response_show", people["respondent"], survey=survey, unit="unit")
    read = act("hokkaido_response_submit", people["respondent"], survey=survey, unit="unit", version=read["version"])
    act("hokkaido_response_approve", people["approver"], survey=survey, unit="unit", version=read["version"])
    act("hokkaido_survey_close", people["office"], id=survey)
    act("hokkaido_survey_publish", people["office"], id=survey)
    (holding,) = act("hokkaido_holding_search", "")["results"]
    dataset = act("hokkaido_holding_promote", people["respondent"], id=holding["id"])
    file = FileStorage(io.BytesIO("台帳名\n許可台帳\n".encode()), filename="a.csv")
    resource = act("resource_create", people["respondent"], package_id=dataset["id"], upload=file)
    return {
        "published": survey,
        "holding": holding["id"],
        "dataset": dataset["id"],
        "dataset_name": dataset["name"],
        "resource": resource["id"],
    }


def _second_round(people: dict[str, str]) -> dict[str, str]:
    survey = _open(people, "第二回")
    answer = act("hokkaido_answer_update", people["respondent"], survey=survey, unit="unit", **ROW)
    file = FileStorage(io.BytesIO("台帳名\n許可台帳\n".encode()), filename="a.csv")
    intake = act("hokkaido_intake_create", people["respondent"], survey=survey, unit="unit", upload=file)
    return {"survey": survey, "answer": answer["id"], "intake": intake["id"]}


def _exchange(people: dict[str, str], dataset: str) -> str:
    """Compare a change of the unit's dataset."""
    change = {"kind": "tags", "add_tags": "河川", "datasets": [dataset]}
    return act("hokkaido_dataset_bulk_change", people["respondent"], organization="unit", **change)["id"]


def _invitation(people: dict[str, str]) -> dict[str, str]:
    """Invite somebody who has no account; the secret of the link is in nobody's hands."""
    guest = {"fullname": "招待 花子", "email": "guest@example.jp", "duty": "deputy"}
    made = act("hokkaido_invitation_create", people["approver"], unit="unit", **guest)
    return {"invitation": made["id"], "token": secret_of(made["id"])}


def _task(people: dict[str, str]) -> str:
    owner = model.User.get(people["respondent"])
    task_id = tasks.start(model.Session, "nothing", {}, owner_id=owner.id, title="x")
    model.Session.commit()
    return task_id


def _link(dataset_id: str) -> str:
    """Write down a link of the dataset, as the clock would."""
    link = Link(package_id=dataset_id, field="url", url="https://example.jp/", host="example.jp", state="unchecked")
    model.Session.add(link)
    model.Session.commit()
    return link.id


def _delegation(people: dict[str, str]) -> str:
    """Lend the right to approve for days to come, so that nobody's rights are others today."""
    days = {name: (today(now()) + timedelta(days=after)).isoformat() for name, after in LENT.items()}
    return act("hokkaido_delegation_create", people["approver"], unit="unit", to=people["reader"], **days)["id"]


def _open(people: dict[str, str], title: str) -> str:
    made = act(
        "hokkaido_survey_create",
        people["office"],
        title=title,
        fiscal_year=2026,
        deadline="2999-03-31",
        units=["unit", "other"],
        open=True,
    )
    return made["id"]


LENT = {"starts_on": 100, "ends_on": 101}

ROW = {
    "title": "避難所一覧",
    "description": "指定緊急避難場所の名称と位置",
    "personal_information": "no",
    "specific_personal_information": "no",
    "sensitive_personal_information": "no",
    "anonymised_release_requested": "no",
    "harm_to_order_or_rights": "no",
    "legal_restriction": "no",
}
