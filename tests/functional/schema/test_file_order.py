"""Files are put in order by buttons, without a script; nothing is stored before it is asked for."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")


@pytest.fixture
def editor() -> dict[str, str]:
    """Return the headers of an editor; the dataset `parks` has three files."""
    user = factories.User()
    unit = factories.Organization(users=[{"name": user["name"], "capacity": "editor"}])
    files = [{"url": f"https://example.jp/{name}.csv", "name": name, "format": "CSV"} for name in ("春", "夏", "秋")]
    values = {"name": "parks", "title": "公園", "notes": "公園です。", "license_id": "CC-BY-4.0"}
    factories.Dataset(owner_org=unit["id"], resources=files, **values)
    return {"Authorization": factories.APIToken(user=user["name"])["token"]}


def stored() -> list[str]:
    return [one["name"] for one in tk.get_action("package_show")({"user": ""}, {"id": "parks"})["resources"]]


def names(page: BeautifulSoup) -> list[str]:
    return [one.get_text(strip=True) for one in page.select(".hk-order-name")]


def press(app: Any, editor: dict[str, str], page: BeautifulSoup, name: str | None = None, way: str = "up") -> Any:
    """Press the button of a file, or without a name the one that saves."""
    order = [one["value"] for one in page.select("input[name=order]")]
    data: dict[str, Any] = {"order": order, "save": "order"}
    if name is not None:
        item = next(one for one in page.select(".hk-order-item") if one["data-hk-name"] == name)
        data = {"order": order, "move": item.select_one(f"[data-hk-move={way}]")["value"]}
    answer = app.post("/dataset/parks/files/order", headers=editor, data=data, follow_redirects=True)
    return BeautifulSoup(answer.body, "html.parser")


def opened(app: Any, editor: dict[str, str]) -> BeautifulSoup:
    return BeautifulSoup(app.get("/dataset/resources/parks", headers=editor).body, "html.parser")


def test_a_file_is_moved_and_the_order_is_stored_when_it_is_asked_for(app: Any, editor: dict[str, str]) -> None:
    page = press(app, editor, opened(app, editor), "秋")
    assert (names(page), stored()) == (["春", "秋", "夏"], ["春", "夏", "秋"])
    page = press(app, editor, page, "春", "down")
    assert names(page) == ["秋", "春", "夏"]
    press(app, editor, page)
    assert stored() == ["秋", "春", "夏"]


def test_what_a_press_did_is_said_and_the_focus_stays_with_the_file(app: Any, editor: dict[str, str]) -> None:
    page = press(app, editor, opened(app, editor), "夏")
    assert page.select_one("#hk-order-status[role=status]").get_text(strip=True).startswith("「夏」は3件中1番目")
    # It cannot go further up, so its other button has the focus.
    (focused,) = page.select("[autofocus]")
    assert (focused["data-hk-move"], focused["aria-describedby"]) == ("down", "hk-order-status")


def test_the_ends_have_no_button_that_leads_nowhere(app: Any, editor: dict[str, str]) -> None:
    disabled = [one["data-hk-move"] for one in opened(app, editor).select("[data-hk-move][disabled]")]
    assert disabled == ["up", "down"]


def test_a_file_that_was_deleted_meanwhile_is_told_and_nothing_is_stored(app: Any, editor: dict[str, str]) -> None:
    page = opened(app, editor)
    site = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    gone = page.select("input[name=order]")[0]["value"]
    tk.get_action("resource_delete")({"user": site, "ignore_auth": True}, {"id": gone})
    after = press(app, editor, page)
    assert "その間にファイルが変更されました" in after.get_text()
    assert stored() == ["夏", "秋"]


def test_a_visitor_orders_nothing(app: Any, editor: dict[str, str]) -> None:
    order = [one["value"] for one in opened(app, editor).select("input[name=order]")][::-1]
    app.post("/dataset/parks/files/order", data={"order": order, "save": "order"}, status=None)
    assert stored() == ["春", "夏", "秋"]
