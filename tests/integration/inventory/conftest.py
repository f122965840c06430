"""Factories of the survey: units, people in them, rounds and answers."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_core import outbox
from ckanext.hokkaido_core.columns import now
from ckanext.hokkaido_core.model.outbox import OutboxMessage
from ckanext.hokkaido_inventory.domain.deadline import today

OFFICE = "joho-seisaku-ka"

#: Six answers from which 公開可能 follows.
ALL_NO = {
    "personal_information": "no",
    "specific_personal_information": "no",
    "sensitive_personal_information": "no",
    "anonymised_release_requested": "no",
    "harm_to_order_or_rights": "no",
    "legal_restriction": "no",
}


@dataclass(frozen=True)
class Actor:
    """A person who calls actions; nobody when the name is empty."""

    name: str
    id: str = ""

    def __call__(self, action: str, **data: Any) -> Any:
        """Call an action with the rights of this person."""
        return tk.get_action(action)({"user": self.name, "ignore_auth": False}, data)


@dataclass
class House:
    """A prefecture in miniature: the survey office, two sections of one department, a town, and their people."""

    office: Actor
    respondent: Actor
    approver: Actor
    director: Actor
    neighbour: Actor
    mayor: Actor
    reader: Actor
    citizen: Actor
    sysadmin: Actor
    nobody: Actor = field(default_factory=lambda: Actor(""))

    @staticmethod
    def day(offset: int) -> str:
        """Return the day so many days from today in Japan."""
        return day(offset)

    @staticmethod
    def file(content: bytes, name: str = "answers.xlsx") -> FileStorage:
        """Return a file as a browser sends it."""
        return FileStorage(io.BytesIO(content), filename=name)

    def open_survey(self, *units: str, **values: Any) -> dict[str, Any]:
        """Open a survey for units, the section alone unless others are named."""
        defaults = {"title": "令和8年度 棚卸し調査", "fiscal_year": 2026, "deadline": day(14), "open": True}
        return self.office("hokkaido_survey_create", **(defaults | {"units": list(units) or ["kasen-ka"]} | values))

    def answer(self, survey: dict[str, Any], title: str = "河川一覧", **values: Any) -> dict[str, Any]:
        """Enter one row that can be opened, as the respondent of the section."""
        given = ALL_NO | {"description": "道が管理する河川の名称と延長"} | values
        return self.respondent("hokkaido_answer_update", survey=survey["id"], unit="kasen-ka", title=title, **given)

    def show(self, survey: dict[str, Any], unit: str = "kasen-ka") -> dict[str, Any]:
        """Return the response of a unit as the office sees it."""
        return self.office("hokkaido_response_show", survey=survey["id"], unit=unit)

    def submit(self, survey: dict[str, Any], unit: str = "kasen-ka", who: Actor | None = None) -> dict[str, Any]:
        """Submit what is there."""
        version = self.show(survey, unit)["version"]
        who = who or self.respondent
        return who("hokkaido_response_submit", survey=survey["id"], unit=unit, version=version)

    def approve(self, survey: dict[str, Any], unit: str = "kasen-ka", who: Actor | None = None) -> dict[str, Any]:
        """Approve what is there."""
        version = self.show(survey, unit)["version"]
        return (who or self.approver)("hokkaido_response_approve", survey=survey["id"], unit=unit, version=version)

    def publish(self, survey: dict[str, Any]) -> dict[str, Any]:
        """Close and publish."""
        self.office("hokkaido_survey_close", id=survey["id"])
        return self.office("hokkaido_survey_publish", id=survey["id"])

    def published_holding(self, **values: Any) -> dict[str, Any]:
        """Take one row all the way into the public catalogue and return its holding."""
        survey = self.open_survey()
        row = self.answer(survey, **values)
        self.submit(survey)
        self.approve(survey)
        self.publish(survey)
        return self.nobody("hokkaido_holding_show", id=row["holding_id"])


def day(offset: int) -> str:
    """Return the day so many days from today in Japan."""
    return (today(now()) + timedelta(days=offset)).isoformat()


@pytest.fixture(autouse=True)
def _portal(with_plugins: None, clean_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Start each test with an empty portal that has a survey office."""
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_inventory.office_organization", OFFICE)
    yield
    model.Session.remove()


@pytest.fixture
def make_unit() -> Callable[..., model.Group]:
    """Add an organisation, below another one if told."""

    def make(name: str, title: str = "", *, parent: model.Group | None = None) -> model.Group:
        unit = model.Group(name=name, title=title or name, type="organization", is_organization=True)
        model.Session.add(unit)
        model.Session.flush()
        if parent is not None:
            model.Session.add(model.Member(group=unit, table_id=parent.id, table_name="group", capacity="parent"))
        model.Session.commit()
        return unit

    return make


@pytest.fixture
def make_person() -> Callable[..., Actor]:
    """Add a user with a role in organisations."""

    def make(name: str, *, sysadmin: bool = False, **roles: str) -> Actor:
        user = model.User(name=name, fullname=f"{name} さん", email=f"{name}@example.com", sysadmin=sysadmin)
        model.Session.add(user)
        model.Session.flush()
        for unit_name, role in roles.items():
            unit = model.Group.get(unit_name.replace("_", "-"))
            model.Session.add(model.Member(group=unit, table_id=user.id, table_name="user", capacity=role))
        model.Session.commit()
        return Actor(user.name, user.id)

    return make


@pytest.fixture
def house(make_unit: Callable[..., model.Group], make_person: Callable[..., Actor]) -> House:
    """Build the prefecture in miniature."""
    prefecture = make_unit("hokkaido", "北海道")
    department = make_unit("kensetsu-bu", "建設部", parent=prefecture)
    make_unit("kasen-ka", "河川課", parent=department)
    make_unit("doro-ka", "道路課", parent=department)
    make_unit(OFFICE, "情報政策課", parent=prefecture)
    make_unit("biei-cho", "美瑛町")
    return House(
        office=make_person("chosa", joho_seisaku_ka="editor"),
        respondent=make_person("kaito", kasen_ka="editor"),
        approver=make_person("shonin", kasen_ka="admin"),
        director=make_person("bucho", kensetsu_bu="admin"),
        neighbour=make_person("doro", doro_ka="admin"),
        mayor=make_person("shicho", biei_cho="admin"),
        reader=make_person("etsuran", kasen_ka="member"),
        citizen=make_person("kenmin"),
        sysadmin=make_person("root", sysadmin=True),
    )


@pytest.fixture
def deliver() -> Callable[[], int]:
    """Deliver what waits in the outbox, and fail the test with the error of what could not be delivered."""

    def run() -> int:
        count = outbox.drain()
        model.Session.rollback()
        stuck = model.Session.execute(sa.select(OutboxMessage).where(OutboxMessage.done_at.is_(None))).scalars().all()
        assert [message.last_error for message in stuck] == []
        return count

    return run


@pytest.fixture
def download(app: Any) -> Callable[[dict[str, Any]], bytes]:
    """Fetch the first file of a dataset as anybody does."""

    def fetch(dataset: dict[str, Any]) -> bytes:
        return app.get(urlsplit(dataset["resources"][0]["url"]).path, status=200).data

    return fetch
