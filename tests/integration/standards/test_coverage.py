"""Coverage tells how far each municipality is with each standard data set."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from calling import call
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_core.shared import LISTED, Listed, outbox

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins", "folder")

AED = "全国地方公共団体コード,ID,名称,所在地_連結表記,設置位置\n012025,1,函館市役所,北海道函館市,1階\n"


@pytest.fixture
def town() -> dict[str, Any]:
    return factories.Organization(code="012025", title="函館市", kind="municipality")


@pytest.fixture
def listing() -> Iterator[list[Listed]]:
    """Return a list of what an inventory names, which a test fills."""
    found: list[Listed] = []
    LISTED.add("test", lambda _session: found)
    yield found
    LISTED._items.pop("test")


def state(standard: str = "08", municipality: str = "012025") -> str:
    outbox.drain()
    asked = {"standard": standard, "municipality": municipality}
    (place,) = tk.get_action("hokkaido_standard_coverage")({"user": "", "ignore_auth": False}, asked)["municipalities"]
    return place["cells"].get(standard, {"state": "absent"})["state"]


def publish(owner: str, content: str = AED, **fields: Any) -> dict[str, Any]:
    fields = {"title": "AED設置箇所一覧", "license_id": "CC-BY-4.0", "frequency": "ANNUAL", **fields}
    package = factories.Dataset(owner_org=owner, **fields)
    if content:
        file = FileStorage(io.BytesIO(content.encode()), filename="aed.csv")
        call("resource_create", package_id=package["id"], url="", upload=file, name="AED")
    return package


def test_the_steps_from_absent_to_current(town: dict[str, Any], listing: list[Listed]) -> None:
    assert state() == "absent"
    listing.append(Listed(town["id"], "AED設置箇所一覧", "/inventory/x"))
    assert state() == "listed"
    package = publish(town["id"], "名称,場所\nあ,い\n")
    assert state() == "published"
    publish(town["id"], frequency="ANNUAL")
    assert state() == "current"
    call("package_delete", id=package["id"])
    assert state() == "current"


def test_data_that_is_overdue_is_valid_and_not_current(town: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    import time_machine

    publish(town["id"], frequency="DAILY")
    assert state() == "current"
    with time_machine.travel("2099-01-01", tick=False):
        asked = {"standard": "08", "municipality": "012025"}
        told = tk.get_action("hokkaido_standard_coverage")({"user": "", "ignore_auth": False}, asked)
    assert told["municipalities"][0]["cells"]["08"]["state"] == "valid"


def test_a_file_with_faults_is_joined_and_not_valid(town: dict[str, Any]) -> None:
    publish(town["id"], AED.replace("012025,1", "12025,1"))
    assert state() == "joined"
    asked = {"standard": "08", "municipality": "012025"}
    told = tk.get_action("hokkaido_standard_coverage")({"user": "", "ignore_auth": False}, asked)
    assert told["municipalities"][0]["cells"]["08"]["wrong"] > 0
    publish(town["id"])
    assert state() == "current"


def test_a_tag_tells_what_a_link_is(town: dict[str, Any]) -> None:
    package = publish(town["id"], "", tags=[{"name": "AED設置箇所一覧"}])
    assert state() == "absent"
    call("resource_create", package_id=package["id"], url="https://www.example.jp/aed.csv", name="AED", format="CSV")
    assert state() == "published"


@pytest.mark.parametrize("fields", [{"private": True}, {"access_rights": "RESTRICTED", "access_conditions": "窓口で"}])
def test_what_is_not_for_everybody_does_not_count(town: dict[str, Any], fields: dict[str, Any]) -> None:
    publish(town["id"], **fields)
    assert state() == "absent"


def test_sections_count_for_their_municipality(town: dict[str, Any]) -> None:
    section = factories.Organization(groups=[{"name": town["name"]}], title="課")
    publish(section["id"])
    assert state() == "current"


def test_counts_and_files_say_the_same(town: dict[str, Any], app: CKANTestApp) -> None:
    publish(town["id"])
    outbox.drain()
    whole = tk.get_action("hokkaido_standard_coverage")({"user": "", "ignore_auth": False}, {})
    counts = next(one["counts"] for one in whole["standards"] if one["code"] == "08")
    assert (counts["current"], counts["absent"], len(whole["municipalities"])) == (1, 178, 179)
    text = app.get("/standards/coverage.csv?standard=08").get_data(as_text=True).removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["市町村"] for row in rows if row["状態（コード）"] == "current"] == ["函館市"]
    assert len(rows) == 179
    page = app.get("/standards/coverage?municipality=012025").get_data(as_text=True)
    assert "AED設置箇所一覧" in page
    assert app.get("/standards/coverage?standard=99").status_code == 404
