"""How a stored table stands: on its page, in the list of its dataset, and in a report."""

from __future__ import annotations

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from stored_tables import BAD, GOOD, SECRET, Stored

from ckanext.hokkaido_core.shared import outbox

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")


def test_the_page_of_a_file_has_a_badge_and_a_report_with_its_downloads(app: CKANTestApp, people: Any) -> None:
    stored = Stored(app, people["unit"])
    page = BeautifulSoup(app.get(stored.page).body, "html.parser")
    badge = page.select_one(".hk-table-standing")
    assert badge is not None
    assert "公衆トイレ" in badge.get_text()
    assert badge.select_one(".hk-badge--bad")
    assert badge.select_one(f'a[href$="{stored.report}"]')
    report = app.get(stored.report)
    assert SECRET in report.body
    assert "<script>alert(1)</script>" not in report.body
    rows = app.get(f"{stored.report}.csv")
    assert rows.headers["Content-Disposition"].startswith("attachment")
    assert SECRET in rows.data.decode("utf-8-sig")
    told = app.get(f"{stored.report}.json").json
    assert {one["rule"] for one in told["findings"]} >= {"value-code-form", "value-form"}
    assert (told["standard"], told["rows"]) == ("13", 2)


def marks(app: CKANTestApp, stored: Stored, **options: Any) -> list[str]:
    """Return what the list of a dataset's files says of each of them, as text."""
    page = app.get(f"/dataset/{stored.dataset['name']}", status=None, follow_redirects=False, **options)
    items = BeautifulSoup(page.body, "html.parser").select(".resource-item")
    return [
        " ".join(mark.get_text(" ").split()) if (mark := one.select_one(".hk-table-marks")) else "" for one in items
    ]


def add_file(app: CKANTestApp, stored: Stored, content: bytes, name: str) -> dict[str, Any]:
    admin = {"Authorization": factories.SysadminWithToken()["token"]}
    data = {"package_id": stored.dataset["id"], "name": name, "upload": (io.BytesIO(content), name)}
    return app.post("/api/3/action/resource_create", data=data, headers=admin).json["result"]


def test_the_list_of_files_says_how_each_table_stands_by_one_question(
    app: CKANTestApp, people: Any, count_queries: Any
) -> None:
    stored, single = Stored(app, people["unit"]), Stored(app, people["unit"])
    for number in range(3):
        add_file(app, stored, GOOD, f"public_toilet_{number}.csv")
    add_file(app, stored, b"%PDF-1.7 x", "a.pdf")
    outbox.drain()
    add_file(app, stored, BAD, "waiting.csv")
    with count_queries() as of_one:
        assert len(marks(app, single)) == 1
    with count_queries() as of_all:
        bad, *good, pdf, waiting = marks(app, stored)
    assert ("公衆トイレ" in bad, "直すところ" in bad) == (True, True)
    assert all("標準に沿っています" in one for one in good)
    assert (len(good), pdf, waiting) == (3, "", "")
    asked = [sum("hokkaido_standards_check" in one for one in sent) for sent in (of_one, of_all)]
    assert asked[0] == asked[1] > 0
    # Once it has another file, what was found in the one before says nothing of it.
    admin = {"Authorization": factories.SysadminWithToken()["token"]}
    data = {"id": stored.resource["id"], "upload": (io.BytesIO(GOOD), "public_toilet.csv")}
    app.post("/api/3/action/resource_patch", data=data, headers=admin)
    assert marks(app, stored)[0] == ""


def test_a_table_without_a_fault_says_that_it_follows_its_standard(app: CKANTestApp, people: Any) -> None:
    badge = BeautifulSoup(app.get(Stored(app, people["unit"], GOOD).page).body, "html.parser").select_one(
        ".hk-table-standing"
    )
    assert badge is not None
    assert badge.select_one(".hk-badge--good")
    assert "標準に沿っています" in badge.get_text()


@pytest.mark.parametrize(
    ("fields", "readers"),
    [
        ({}, {"anonymous", "stranger", "editor"}),
        ({"private": True}, {"editor"}),
        ({"access_rights": "RESTRICTED", "access_conditions": "大学に提供します。"}, {"editor"}),
        ({"access_rights": "NON_PUBLIC", "access_conditions": "内部用です。"}, {"editor"}),
    ],
    ids=["public", "private", "restricted", "non-public"],
)
def test_a_report_is_for_those_who_may_have_the_file(
    app: CKANTestApp, people: Any, fields: dict[str, Any], readers: set[str]
) -> None:
    stored = Stored(app, people["unit"], **fields)
    for who in ("anonymous", "stranger", "editor"):
        for path in (stored.report, f"{stored.report}.csv", f"{stored.report}.json"):
            response = app.get(path, headers=people[who], status=None, follow_redirects=False)
            assert (response.status_code == 200) == (who in readers), (who, path, response.status_code)
            assert (SECRET in response.body) == (who in readers)
        page = app.get(stored.page, headers=people[who], status=None, follow_redirects=False)
        assert ("hk-table-standing" in page.body) == (who in readers), who
        assert any(marks(app, stored, headers=people[who])) == (who in readers), who
        api = app.get(
            "/api/3/action/hokkaido_table_report_show",
            headers=people[who],
            query_string={"id": stored.resource["id"]},
            status=None,
        )
        assert (api.status_code == 200) == (who in readers)


def test_a_link_and_a_file_of_another_dataset_have_no_report(app: CKANTestApp, people: Any) -> None:
    stored, other = (
        Stored(app, people["unit"]),
        factories.Dataset(owner_org=people["unit"]["id"], license_id="CC-BY-4.0"),
    )
    wrong = app.get(f"/dataset/{other['name']}/resource/{stored.resource['id']}/table-report", status=None)
    assert wrong.status_code == 404
    link = factories.Resource(package_id=other["id"], url="https://www.example.jp/a.csv", format="CSV")
    page = f"/dataset/{other['name']}/resource/{link['id']}"
    assert "hk-table-standing" not in app.get(page).body
    assert app.get(f"{page}/table-report.csv", status=None).status_code == 404
