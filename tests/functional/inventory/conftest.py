"""A small prefecture with a survey, and everybody who looks at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

#: Stands in every field that must never leave the offices.
CANARY = "かなりあ7391"


@dataclass(frozen=True)
class Stage:
    """Units, people and the address of a page."""

    app: CKANTestApp
    survey: dict[str, Any]
    unit: dict[str, Any]
    other: dict[str, Any]
    people: dict[str, dict[str, Any]]
    tokens: dict[str, str]

    @property
    def unit_page(self) -> str:
        """Return the address of the unit's page."""
        return f"/survey/{self.survey['id']}/unit/{self.unit['name']}"

    def headers(self, who: str) -> dict[str, str]:
        """Return the headers of a request of this person; nobody has none."""
        return {"Authorization": self.tokens[who]} if who in self.tokens else {}

    def act(self, who: str, action: str, **data: Any) -> Any:
        """Call an action as this person."""
        return act(self.app, self.people[who]["name"], action, **data)


def act(app: CKANTestApp, user: str, action: str, **data: Any) -> Any:
    """Call an action as it is called inside a request: messages need its language."""
    with app.flask_app.test_request_context():
        return tk.get_action(action)({"user": user}, data)


def _unit(name: str, title: str, **people: str) -> dict[str, Any]:
    users = [{"name": user, "capacity": capacity} for capacity, user in people.items()]
    return factories.Organization(name=name, title=title, users=users)


@pytest.fixture
def stage(
    app: CKANTestApp, monkeypatch: pytest.MonkeyPatch, clean_db: None, clean_index: None, with_plugins: None
) -> Stage:
    """Open a round for two units."""
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_inventory.office_organization", "johoseisaku-ka")
    people = {who: factories.User() for who in ("office", "respondent", "approver", "stranger", "citizen")}
    names = {who: user["name"] for who, user in people.items()}
    tokens = {who: factories.APIToken(user=name)["token"] for who, name in names.items()}
    _unit("johoseisaku-ka", "情報政策課", editor=names["office"])
    unit = _unit("doro-ka", "道路課", editor=names["respondent"], admin=names["approver"])
    other = _unit("nosei-ka", "農政課", editor=names["stranger"], admin=factories.User()["name"])
    survey = act(
        app,
        names["office"],
        "hokkaido_survey_create",
        title="令和8年度 保有データ棚卸し調査",
        fiscal_year=2026,
        deadline="2099-03-31",
        units=[unit["id"], other["id"]],
        open=True,
    )
    return Stage(app, survey, unit, other, people, tokens)


@pytest.fixture
def answered(stage: Stage) -> dict[str, Any]:
    """Answer one row that can be opened, with the canary in every field that is not public."""
    six = (
        "personal_information",
        "specific_personal_information",
        "sensitive_personal_information",
        "anonymised_release_requested",
        "harm_to_order_or_rights",
        "legal_restriction",
    )
    return stage.act(
        "respondent",
        "hokkaido_answer_update",
        survey=stage.survey["id"],
        unit=stage.unit["id"],
        title="道路台帳",
        description="道道の路線名、延長、幅員",
        remarks=CANARY,
        reason_note=CANARY,
        system_name=CANARY,
        policy=CANARY,
        **dict.fromkeys(six, "no"),
    )


@pytest.fixture
def submit(stage: Stage) -> Callable[..., dict[str, Any]]:
    """Return a function that hands the unit's rows to the approver."""

    def do(**more: Any) -> dict[str, Any]:
        where = {"survey": stage.survey["id"], "unit": stage.unit["id"]}
        version = stage.act("respondent", "hokkaido_response_show", **where)["version"]
        return stage.act("respondent", "hokkaido_response_submit", version=version, **where, **more)

    return do


@pytest.fixture
def published(stage: Stage, answered: dict[str, Any], submit: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    """Bring the answered row to the public list; return its holding."""
    where = {"survey": stage.survey["id"], "unit": stage.unit["id"]}
    stage.act("approver", "hokkaido_response_approve", version=submit()["version"], **where)
    stage.act("office", "hokkaido_survey_close", id=stage.survey["id"])
    stage.act("office", "hokkaido_survey_publish", id=stage.survey["id"])
    return stage.act("respondent", "hokkaido_holding_show", id=answered["holding_id"])


@pytest.fixture
def visit(app: CKANTestApp, stage: Stage) -> Callable[..., Any]:
    """Return a function that asks for a page as somebody, without following a redirect."""

    def get(who: str, address: str) -> Any:
        return CKANTestApp(app.app).get(address, headers=stage.headers(who), follow_redirects=False, status=None)

    return get


@pytest.fixture
def send(app: CKANTestApp, stage: Stage) -> Callable[..., Any]:
    """Return a function that sends a form as somebody, without following a redirect."""

    def post(who: str, address: str, **data: Any) -> Any:
        return CKANTestApp(app.app).post(
            address, data=data, headers=stage.headers(who), follow_redirects=False, status=None
        )

    return post
