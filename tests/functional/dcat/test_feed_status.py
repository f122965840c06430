"""The state of the feed, the check on a dataset's page, and who reads the feed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action
from redis import Redis

from ckanext.hokkaido_dcat import contributors, duties
from ckanext.hokkaido_dcat.model import Entry, Visit
from ckanext.hokkaido_dcat.service import visits

Make = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.usefixtures("empty_feed", "nobody_came")

BOT = {"User-Agent": "example-harvester/2.1 (mailto:someone@example.jp)"}


@pytest.fixture
def nobody_came() -> None:
    """Start without visits."""
    visits.bring()
    redis = connect_to_redis()
    redis.delete(visits._key(), f"{visits._key()}:aside")
    model.Session.execute(sa.delete(Visit))
    model.Session.commit()


def _editor(organization: str | None = None, capacity: str = "editor") -> tuple[dict[str, Any], dict[str, str]]:
    user = factories.UserWithToken()
    members = [{"name": user["name"], "capacity": capacity}]
    owner = factories.Organization(users=members) if organization is None else {"id": organization}
    return owner, {"Authorization": user["token"]}


def test_everybody_sees_counts_scores_and_what_is_lacking(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    make_dataset(temporal_coverage=[])
    page = app.get("/catalog/status").body
    assert "フィードの状況" in page
    figures = call_action("hokkaido_feed_summary_show")
    assert figures["datasets"] == figures["quality"]["datasets"] == 2
    lacking = {(one["consumer"], one["field"]): one["datasets"] for one in figures["quality"]["lacking"]}
    assert lacking["dcat-ap-3", "temporal_coverage"] == 1
    shares = {one["name"]: one["share"] for one in figures["quality"]["indicators"]}
    assert (shares["temporal"], shares["access_url_reachable"]) == (0.5, None)


def test_a_withdrawn_dataset_is_counted_and_listed_and_scored_no_more(app: CKANTestApp, make_dataset: Make) -> None:
    dataset = make_dataset()
    call_action("package_delete", {"user": factories.Sysadmin()["name"]}, id=dataset["id"])
    figures = call_action("hokkaido_feed_summary_show")
    assert [one["id"] for one in figures["deletions"]] == [dataset["id"]]
    assert (figures["datasets"], figures["withdrawn"], figures["quality"]["datasets"]) == (0, 1, 0)
    assert dataset["id"] in app.get("/catalog/status").body


def test_the_page_of_an_organisation_lists_the_fewest_points_first(app: CKANTestApp, make_dataset: Make) -> None:
    owner = factories.Organization()
    make_dataset(owner_org=owner["id"], title="そろった説明")
    make_dataset(owner_org=owner["id"], title="足りない説明", theme=[], tag_string="")
    make_dataset(title="別の組織の説明")
    page = app.get(f"/catalog/status/{owner['name']}").body
    assert page.index("足りない説明") < page.index("そろった説明")
    assert "別の組織の説明" not in page
    assert app.get("/catalog/status/nobody", status=404)


def test_an_editor_sees_before_publication_what_would_be_refused_and_where_to_correct_it(app: CKANTestApp) -> None:
    owner, token = _editor()
    dataset = factories.Dataset(
        owner_org=owner["id"], private=True, title="公共施設一覧", notes="説明", license_id="other",
        resources=[{"url": "https://example.lg.jp/a.csv", "format": "CSV"}],
    )  # fmt: skip
    page = app.get(f"/dataset/{dataset['name']}", headers=token).body
    assert "説明の点検" in page
    assert "オープンなライセンスではないため" in page
    assert f"/dataset/edit/{dataset['name']}#field-license_id" in page
    assert f"/resource/{dataset['resources'][0]['id']}/edit#field-name" in page
    assert "その標準に沿ったデータであれば、標準を選んでください" in page


def test_a_visitor_is_not_told_how_to_edit(app: CKANTestApp, make_dataset: Make) -> None:
    dataset = make_dataset(temporal_coverage=[])
    assert "説明の点検" not in app.get(f"/dataset/{dataset['name']}").body


def test_a_fault_of_a_contributor_costs_the_check_and_not_the_page(app: CKANTestApp, make_dataset: Make) -> None:
    owner, token = _editor()
    dataset = make_dataset(owner_org=owner["id"])

    def fail(_dataset: dict[str, Any], _graph: object) -> None:
        raise ZeroDivisionError

    contributors.contributor("test fault")(fail)
    try:
        page = app.get(f"/dataset/{dataset['name']}", headers=token)
    finally:
        contributors._contributors.pop("test fault")
    assert dataset["title"] in page.body
    assert "説明の点検" not in page.body


def test_a_check_of_what_one_may_not_see_is_refused() -> None:
    dataset = factories.Dataset(
        owner_org=factories.Organization()["id"],
        private=True,
        title="秘密",
        notes="説明",
        license_id="CC-BY-4.0",
    )
    for user in ("", factories.User()["name"]):
        with pytest.raises(tk.NotAuthorized):
            call_action("hokkaido_feed_quality_show", {"user": user, "ignore_auth": False}, id=dataset["id"])


def test_the_score_on_the_page_is_the_stored_one(make_dataset: Make) -> None:
    dataset = make_dataset(theme=[])
    check = call_action("hokkaido_feed_quality_show", id=dataset["name"])
    stored = model.Session.execute(sa.select(Entry.quality).where(Entry.dataset_id == dataset["id"])).scalar_one()
    assert check["points"] == stored["points"]
    first = check["gains"][0]
    assert (first["indicator"], first["field"], first["points"]) == ("category", "theme", 30.0)


def test_visits_are_counted_by_program_and_by_what_it_read(app: CKANTestApp, make_dataset: Make) -> None:
    dataset = make_dataset()
    etag = app.get("/catalog.ttl", headers=BOT).headers["ETag"]
    app.get("/catalog.ttl", headers={**BOT, "If-None-Match": etag})
    app.get(f"/dataset/{dataset['id']}.ttl", headers=BOT)
    app.get("/catalog/opendata-list.csv", headers=BOT)
    app.get("/catalog/changes", headers=BOT)
    app.test_client().head("/catalog.ttl", headers=BOT)
    app.get("/dataset", headers=BOT)
    duties.store_visits()
    found = {one["reading"]: one for one in visits.recent(model.Session(), 1)}
    assert {one["program"] for one in found.values()} == {"example-harvester/2.1"}
    assert {reading: one["requests"] for reading, one in found.items()} == {
        "pages": 2, "dataset": 1, "list": 1, "changes": 1,
    }  # fmt: skip
    assert (found["pages"]["unchanged"], found["pages"]["finished"]) == (1, 2)
    page = app.get("/catalog/status").body
    assert "example-harvester/2.1" in page
    assert "someone@example.jp" not in page


def test_a_sweep_that_was_stored_is_not_counted_again(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    app.get("/catalog.ttl", headers=BOT)
    session = model.Session()
    visits.bring()
    assert visits.sweep(session) == 1
    # The process ends here, before it takes away what it stored; the next one begins with that.
    session.commit()
    app.get("/catalog.ttl", headers=BOT)
    duties.store_visits()
    duties.store_visits()
    assert [one["requests"] for one in visits.recent(session, 1)] == [2]


def test_a_sweep_that_was_not_stored_is_done_again(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    app.get("/catalog.ttl", headers=BOT)
    session = model.Session()
    visits.bring()
    assert visits.sweep(session) == 1
    session.rollback()
    duties.store_visits()
    assert [one["requests"] for one in visits.recent(session, 1)] == [1]


def test_what_cannot_be_brought_to_redis_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for away in (True, False):
        if away:
            monkeypatch.setattr(visits, "connect_to_redis", lambda: Redis(port=1, socket_connect_timeout=1))
        else:
            monkeypatch.undo()
        visits.note("bot/1", visits.Reading.PAGES, unchanged=False, finished=False)
        visits.bring()
    duties.store_visits()
    assert [one["requests"] for one in visits.recent(model.Session(), 1)] == [2]


def test_invented_names_cannot_fill_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "MOST_PROGRAMS", 2)
    for number in range(5):
        visits.note(f"bot{number}/1", visits.Reading.PAGES, unchanged=False, finished=False)
    duties.store_visits()
    found = {one["program"]: one["requests"] for one in visits.recent(model.Session(), 1)}
    assert found == {"bot0/1": 1, "bot1/1": 1, "*": 3}


def test_a_dataset_of_a_standard_gets_the_tags_by_which_aggregators_look(make_dataset: Make) -> None:
    dataset = make_dataset(tag_string="避難所", standard="03")
    tags = {tag["name"] for tag in dataset["tags"]}
    assert tags == {"避難所", "自治体標準ODS", "指定緊急避難場所一覧"}
    found = call_action("package_search", fq='tags:"自治体標準ODS" AND tags:"指定緊急避難場所一覧"')
    assert dataset["id"] in [one["id"] for one in found["results"]]
    again = call_action("package_patch", {"user": factories.Sysadmin()["name"]}, id=dataset["id"], title="避難場所")
    assert {tag["name"] for tag in again["tags"]} == tags


def test_a_name_with_a_middle_dot_becomes_a_tag_that_ckan_holds(make_dataset: Make) -> None:
    dataset = make_dataset(standard="04")
    again = call_action("package_patch", {"user": factories.Sysadmin()["name"]}, id=dataset["id"], title="人口")
    assert "地域年齢別人口" in {tag["name"] for tag in again["tags"]}
