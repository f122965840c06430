"""A request for approval that is taken back before it is decided, as actions and on the page of the dataset."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from ckan import model
from ckan.tests import factories, helpers

from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_schema.model.approval import Approval

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")


@pytest.fixture
def asked() -> dict[str, Any]:
    """Return a private dataset that Hanako has asked to be approved; Taro is a colleague, Kacho decides."""
    capacities = {"hanako": "editor", "taro": "editor", "kacho": "admin"}
    for name in (*capacities, "stranger"):
        factories.User(name=name, fullname=name.title())
    members = [{"name": name, "capacity": capacity} for name, capacity in capacities.items()]
    town = factories.Organization(
        kind="municipality", contact_email="data@example.jp", approval="required", users=members
    )
    dataset = factories.Dataset(
        owner_org=town["id"],
        title="公園一覧",
        notes="町の公園です。",
        license_id="CC-BY-4.0",
        private=True,
        resources=[{"url": "https://example.jp/parks.csv", "name": "公園"}],
    )
    act("hokkaido_approval_ask", "hanako", id=dataset["id"])
    return tk.get_action("package_show")({"user": "kacho"}, {"id": dataset["id"]})


def act(action: str, user: str, **data: Any) -> Any:
    return tk.get_action(action)({"user": user}, data)


def decide(dataset: dict[str, Any], decision: str = "approve") -> Any:
    seen = {"version": dataset["metadata_modified"], "remark": "単位を書いてください"}
    return act("hokkaido_approval_decide", "kacho", id=dataset["id"], decision=decision, **seen)


@pytest.mark.parametrize("user", ["hanako", "taro"])
def test_an_editor_withdraws_a_request_and_it_is_recorded(asked: dict[str, Any], user: str) -> None:
    withdrawn = act("hokkaido_approval_withdraw", user, id=asked["id"], remark="ファイルを間違えました")
    assert (withdrawn["state"], withdrawn["decided_by"]) == ("withdrawn", user.title())
    assert withdrawn["decided_at"]
    shown = act("hokkaido_approval_show", "kacho", id=asked["id"])
    assert (shown["request"]["state"], shown["may_decide"]) == ("withdrawn", False)
    assert model.Package.get(asked["id"]).private is True
    assert act("hokkaido_approval_ask", "hanako", id=asked["id"])["state"] == "asked"


def test_somebody_else_withdraws_nothing(asked: dict[str, Any]) -> None:
    with pytest.raises(tk.ObjectNotFound):
        act("hokkaido_approval_withdraw", "stranger", id=asked["id"])
    assert act("hokkaido_approval_show", "kacho", id=asked["id"])["may_decide"] is True


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (decide, "Kacho has approved it already"),
        (lambda dataset: decide(dataset, "return"), "Kacho has returned it already"),
        (lambda dataset: act("hokkaido_approval_withdraw", "taro", id=dataset["id"]), "Taro has withdrawn the request"),
    ],
    ids=["approved", "returned", "withdrawn"],
)
def test_what_is_decided_already_is_told_to_whoever_withdraws(asked: dict[str, Any], before: Any, told: str) -> None:
    before(asked)
    with pytest.raises(tk.ValidationError) as refused:
        act("hokkaido_approval_withdraw", "hanako", id=asked["id"])
    assert told in refused.value.error_dict["message"][0]


def test_a_request_that_was_withdrawn_is_not_decided(asked: dict[str, Any]) -> None:
    act("hokkaido_approval_withdraw", "hanako", id=asked["id"])
    with pytest.raises(tk.ValidationError) as refused:
        decide(asked)
    assert "Hanako has withdrawn the request" in refused.value.error_dict["message"][0]
    assert model.Package.get(asked["id"]).private is True


def test_of_a_decision_and_a_withdrawal_at_once_one_counts(app: Any, asked: dict[str, Any]) -> None:
    model.Session.commit()
    table, outcomes = model.Package.__table__, {}

    def run(name: str, call: Any) -> None:
        with app.flask_app.test_request_context():
            try:
                outcomes[name] = call()["state"]
            except tk.ValidationError as error:
                outcomes[name] = error.error_dict["message"][0]
            finally:
                model.Session.remove()

    calls = {
        "approved": lambda: decide(asked),
        "withdrawn": lambda: act("hokkaido_approval_withdraw", "hanako", id=asked["id"]),
    }
    threads = [threading.Thread(target=run, args=pair) for pair in calls.items()]
    # Both have passed every check that comes before the lock when it is given to one of them.
    with model.meta.engine.begin() as elsewhere:
        elsewhere.execute(sa.select(table.c.id).where(table.c.id == asked["id"]).with_for_update())
        for thread in threads:
            thread.start()
        _wait_for_two()
    for thread in threads:
        thread.join(timeout=60)
    (stored,) = model.Session.execute(sa.select(Approval.state)).scalars()
    other, winner = ("withdrawn", "Kacho") if stored == "approved" else ("approved", "Hanako")
    assert (outcomes[stored], winner in outcomes[other]) == (stored, True)
    assert model.Package.get(asked["id"]).private is (stored == "withdrawn")


def _wait_for_two() -> None:
    waiting = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%FOR UPDATE%'"
    )
    pause = threading.Event()
    for _ in range(600):
        with model.meta.engine.connect() as elsewhere:
            if elsewhere.execute(waiting).scalar_one() >= 2:
                return
        pause.wait(0.05)
    raise AssertionError("The two did not meet at the lock.")


def test_the_administrator_is_told_and_so_is_the_one_who_asked(asked: dict[str, Any], tmp_path: Path) -> None:
    with (
        helpers.changed_config("ckanext.hokkaido_core.mail", "folder"),
        helpers.changed_config("ckan.storage_path", str(tmp_path)),
    ):
        act("hokkaido_approval_withdraw", "taro", id=asked["id"], remark="差し替えます")
        outbox.drain()
    mails = [path.read_bytes().decode() for path in (tmp_path / "mail").glob("*.eml")]
    readers = {line for mail in mails for line in mail.splitlines() if line.startswith("To: ")}
    # The request itself was not delivered before, and has nobody to decide it any more.
    assert readers == {f"To: {model.User.get(name).email}" for name in ("kacho", "hanako")}
    assert len(mails) == 2


def test_the_page_offers_to_withdraw_and_tells_what_became_of_it(app: Any, asked: dict[str, Any]) -> None:
    tokens = {name: factories.APIToken(user=name)["token"] for name in ("hanako", "kacho")}
    address = f"/dataset/{asked['name']}"
    forms = {}
    for name, token in tokens.items():
        page = BeautifulSoup(app.get(address, headers={"Authorization": token}).body, "html.parser")
        assert not page.select("[aria-labelledby=hk-publish]")
        forms[name] = [form["action"].rsplit("/", 1)[-1] for form in page.select("#hk-decide form")]
    assert forms == {"hanako": ["withdraw"], "kacho": ["approval"]}
    headers = {"Authorization": tokens["hanako"]}
    app.post(f"{address}/approval/withdraw", headers=headers, follow_redirects=False)
    # Nothing offers to publish what a second person has to look at first.
    after = BeautifulSoup(app.get(address, headers=headers).body, "html.parser")
    assert after.select_one("a[href$='#hk-approval']")
    assert not after.select("form[action$='/publish']")
    form = app.get(f"/dataset/edit/{asked['name']}", headers=headers).body
    assert "Hanakoさんが" in form
    assert "承認の依頼を取り下げました" in form
