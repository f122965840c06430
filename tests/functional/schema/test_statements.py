"""How many statements a page sends does not depend on how many organisations and datasets there are."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from ckan import model
from ckan.lib import search
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")

#: Pages, and who opens them: a visitor, an administrator of the site, an administrator of every organisation.
PAGES = [
    ("/", "visitor"),
    ("/organization/", "visitor"),
    ("/organization/", "chief"),
    ("/organization/?q=unit", "visitor"),
    ("/organization/unit-0", "visitor"),
    ("/organization/unit-0", "chief"),
    ("/organization/about/unit-0", "visitor"),
    ("/organization/edit/unit-0", "chief"),
    ("/organization/unit-0/descriptions", "chief"),
    ("/dataset/", "visitor"),
    ("/dataset/", "chief"),
    ("/dataset/drafts", "chief"),
    ("/upkeep", "admin"),
    ("/upkeep", "chief"),
    ("/upkeep/handover", "chief"),
    ("/upkeep/handover?organization=unit-0", "chief"),
    ("/upkeep/reorganisation", "chief"),
    ("/upkeep/reorganisation", "admin"),
]
FEW, MANY = 10, 50


def _make(first: int, last: int, chief: str) -> None:
    """Write organisations of one administrator, each with an overdue dataset, a draft and a restricted one."""
    made = []
    for number in range(first, last):
        unit = model.Group(name=f"unit-{number}", title=f"第{number}課", type="organization", is_organization=True)
        unit.extras = {"kind": ("municipality", "department")[number % 2], "bureau": "ishikari"}
        model.Session.add(unit)
        model.Session.flush()
        model.Session.add(model.Member(table_name="user", table_id=chief, group=unit, capacity="admin"))
        for kind, extras, state in (
            ("overdue", {"frequency": "MONTHLY", "modified": "2020-04-01"}, "active"),
            ("closed", {"access_rights": "RESTRICTED", "access_conditions": "申請を受けて提供します。"}, "active"),
            ("draft", {}, "draft"),
        ):
            package = model.Package(
                id=str(uuid.uuid4()),
                name=f"{kind}-{number}",
                title=kind,
                type="dataset",
                owner_org=unit.id,
                state=state,
            )
            package.private, package.extras, package.creator_user_id = state == "draft", extras, chief
            package.license_id, package.notes = "CC-BY-4.0", "説明"
            model.Session.add(package)
            made.append(package.id)
    model.Session.commit()
    for one in made:
        search.rebuild(one, defer_commit=True)
    search.commit()


def _counts(app: CKANTestApp, people: dict[str, dict[str, str]], counting: Callable[[], Any]) -> dict[str, int]:
    found = {}
    for page, who in PAGES:
        # What is kept for a process is there after the first time.
        app.get(page, headers=people[who])
        with counting() as sent:
            answer = app.get(page, headers=people[who])
        assert answer.status_code == 200
        found[f"{who} {page}"] = len(sent)
    return found


def test_statements_do_not_grow_with_organisations_and_datasets(
    app: CKANTestApp, count_queries: Callable[[], Any]
) -> None:
    chief, admin = factories.User(name="chief"), factories.Sysadmin(name="boss")
    people = {"visitor": {}} | {
        name: {"Authorization": factories.APIToken(user=user["name"])["token"]}
        for name, user in (("chief", chief), ("admin", admin))
    }
    _make(0, FEW, chief["id"])
    few = _counts(app, people, count_queries)
    _make(FEW, MANY, chief["id"])
    many = _counts(app, people, count_queries)
    grown = {page: (few[page], many[page]) for page in few if many[page] > few[page]}
    assert grown == {}, json.dumps(grown, indent=1)
