"""Files at other sites are fetched, checked and joined as stored ones are, and leave with what they belong to."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.cli.cli import ckan
from ckan.tests import factories
from linked_site import HALL, HEADINGS, Reply, Site
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_core.shared import judged_files, now, outbox
from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.fetching import Asked, fetch_file
from ckanext.hokkaido_standards.jobs.linked import collect_links, collect_recent, fetch_due, fetch_some, store
from ckanext.hokkaido_standards.model import CombinedPart, LinkedFile, ResourceCheck
from ckanext.hokkaido_standards.service import linked

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins", "folder")

PORT = "012025,2,函館港,北海道函館市若松町1番,41.7727,140.7260,2階\r\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_standards.combined_folder", str(tmp_path))
    return tmp_path


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    server = Site()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_core.http_internal_hosts", ["localhost"])
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_core.http_ports", ["80", "443", str(server.server_address[1])])
    yield server
    server.shutdown()
    server.server_close()


def call(action: str, **data: Any) -> Any:
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return tk.get_action(action)({"user": user, "ignore_auth": True}, data)


def publish(url: str, code: str = "012025", **fields: Any) -> dict[str, Any]:
    place = factories.Organization(code=code, title=f"市{code}", kind="municipality")
    given = {"title": "AED設置箇所一覧", "license_id": "CC-BY-4.0", "owner_org": place["id"], **fields}
    made = factories.Dataset(**{"resources": [{"url": url, "name": "AED", "format": "CSV"}], **given})
    return made | {"file": made["resources"][0]["id"]}


def fetched(*, at_once: bool = True) -> None:
    """Fetch what is due, as the clock does, and have told what was found."""
    collect_recent()
    if at_once:
        model.Session.execute(sa.update(LinkedFile).values(due_at=now(), asked_at=None))
        model.Session.commit()
    while fetch_some(8):
        model.Session.execute(sa.update(LinkedFile).values(asked_at=None))
        model.Session.commit()
    outbox.drain()


def taken(minutes: float = 0) -> list[linked.Taken]:
    """Take what is due some minutes from now, as a worker does before it asks."""
    found = linked.take(model.Session(), now() + timedelta(minutes=minutes), 8)
    model.Session.commit()
    return found


def passed(**time: float) -> None:
    """Let time go by: what was noted lies further back."""
    back = timedelta(**time)
    told = {one: getattr(LinkedFile, one) - back for one in ("failed_since", "not_there_since", "fetched_at")}
    model.Session.execute(sa.update(LinkedFile).values(told))
    model.Session.commit()


def names() -> set[str]:
    model.Session.rollback()
    found = tk.get_action("hokkaido_combined_search")({"user": "", "ignore_auth": False}, {"id": "08"})
    return {row["name"] for row in found["rows"]}


def report(resource_id: str) -> dict[str, Any]:
    model.Session.rollback()
    return tk.get_action("hokkaido_table_report_show")({"user": "", "ignore_auth": False}, {"id": resource_id})


def row_of(resource_id: str) -> LinkedFile:
    model.Session.rollback()
    found = linked.find(model.Session(), resource_id)
    assert found is not None
    return found


def test_a_linked_file_is_checked_and_joined_with_where_it_is_from(site: Site) -> None:
    package = publish(site.url())
    fetched()
    found = report(package["file"])
    assert (found["state"], found["standard"], found["linked"]["site"]) == ("checked", "08", "localhost")
    assert datetime.fromisoformat(found["linked"]["fetched_at"]) <= now()
    (row,) = tk.get_action("hokkaido_combined_search")({"user": "", "ignore_auth": False}, {"id": "08"})["rows"]
    assert (row["name"], row["_original"], row["_source"].rpartition("/")[2]) == (
        "函館市役所",
        site.url(),
        package["file"],
    )
    judged = judged_files.judgements(model.Session(), [package["file"]])
    assert judged[package["file"]].standard == "08"
    (cell,) = [one for one in call("hokkaido_standard_coverage")["municipalities"] if one["code"] == "012025"]
    assert "current" in str(cell)


def test_what_has_not_changed_costs_a_question(site: Site) -> None:
    site.replies["/aed.csv"] = Reply(headers={"ETag": '"1"'}, unless='"1"')
    package = publish(site.url())
    fetched()
    checked = report(package["file"])["checked_at"]
    passed(days=7)
    fetched()
    assert [headers.get("If-None-Match") for _path, headers in site.asked] == [None, '"1"']
    again = report(package["file"])
    assert again["checked_at"] == checked
    assert datetime.fromisoformat(again["linked"]["fetched_at"]) > now() - timedelta(minutes=1)


def test_a_site_without_marks_sends_it_again_and_it_is_not_checked_again(site: Site) -> None:
    package = publish(site.url())
    fetched()
    checked = report(package["file"])["checked_at"]
    fetched()
    assert (len(site.asked), report(package["file"])["checked_at"]) == (2, checked)


def test_a_file_that_changed_is_read_again(site: Site) -> None:
    package = publish(site.url())
    fetched()
    site.replies["/aed.csv"] = Reply((HEADINGS + PORT).encode())
    fetched()
    assert names() == {"函館港"}
    assert row_of(package["file"]).changed_at is not None


@pytest.mark.parametrize("mark", ["checked_by", "made_by"])
def test_other_rules_read_it_again_whatever_its_site_says(site: Site, mark: str) -> None:
    site.replies["/aed.csv"] = Reply(headers={"ETag": '"1"'}, unless='"1"')
    publish(site.url())
    fetched()
    table: Any = ResourceCheck if mark == "checked_by" else CombinedPart
    model.Session.execute(sa.update(table).values({mark: "other"}))
    model.Session.commit()
    fetched()
    assert [headers.get("If-None-Match") for _path, headers in site.asked] == [None, None]
    assert model.Session.scalar(sa.select(getattr(table, mark))) != "other"


def test_what_is_not_there_any_more_leaves_the_table_when_it_is_not_there_the_next_day(site: Site) -> None:
    package = publish(site.url())
    fetched()
    site.replies["/aed.csv"] = Reply(b"no", 404)
    fetched()
    assert names() == {"函館市役所"}
    found = report(package["file"])
    assert (found["state"], found["linked"]["status"], found["linked"]["failed_since"] is None) == (
        "checked",
        404,
        False,
    )
    passed(hours=21)
    fetched()
    assert names() == set()
    assert report(package["file"])["state"] == "lost"
    shown = call("hokkaido_combined_show", id="08")
    assert [(one["reason"], one["resource_id"]) for one in shown["files"]] == [("lost", package["file"])]
    del site.replies["/aed.csv"]
    fetched()
    assert names() == {"函館市役所"}


def test_a_site_that_is_away_keeps_its_rows_for_the_days_of_the_setting(site: Site) -> None:
    publish(site.url())
    fetched()
    site.replies["/aed.csv"] = Reply(b"", 500)
    fetched()
    passed(days=29)
    fetched()
    assert names() == {"函館市役所"}
    passed(days=1)
    fetched()
    assert names() == set()


def test_a_busy_site_is_left_alone_with_all_its_files(site: Site) -> None:
    site.replies["/1.csv"] = site.replies["/2.csv"] = Reply(b"", 429, {"Retry-After": "7200"})
    publish(site.url("/1.csv"))
    publish(site.url("/2.csv"), "011002")
    collect_links()
    assert (fetch_due(), fetch_due()) == (1, 0)
    model.Session.execute(sa.update(LinkedFile).values(asked_at=None))
    model.Session.commit()
    assert fetch_due() == 0
    soonest = model.Session.scalar(sa.select(sa.func.min(LinkedFile.due_at)))
    assert soonest > now() + timedelta(minutes=110)


def test_one_host_is_asked_for_one_file_at_a_time_with_a_pause(site: Site) -> None:
    for number in range(3):
        publish(site.url(f"/{number}.csv"), code="")
    collect_links()
    assert (fetch_some(8), fetch_some(8), len(site.asked)) == (1, 0, 1)


def test_two_workers_do_not_ask_for_the_same_file(site: Site) -> None:
    publish(site.url())
    collect_links()
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: fetch_some(8), range(2)))
    assert (sorted(done), len(site.asked)) == ([0, 1], 1)


def test_what_a_killed_worker_left_is_taken_by_another_and_only_the_last_one_stores(site: Site) -> None:
    package = publish(site.url())
    collect_links()
    (first,) = taken()
    answer = fetch_file(Asked(first.url), config.linked_policy())
    assert taken(minutes=9) == []
    (second,) = taken(minutes=11)
    store(model.Session(), first, answer)
    assert report(package["file"])["state"] == "waiting"
    store(model.Session(), second, answer)
    assert report(package["file"])["state"] == "checked"


@pytest.mark.parametrize("way", ["private", "address", "raw"])
def test_what_is_withdrawn_while_it_is_fetched_is_not_stored(site: Site, way: str) -> None:
    package = publish(site.url())
    collect_links()
    (one,) = taken()
    answer = fetch_file(Asked(one.url), config.linked_policy())
    _withdraw(package, way, site)
    store(model.Session(), one, answer)
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(ResourceCheck)) == 0
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(CombinedPart)) == 0


def _withdraw(package: dict[str, Any], way: str, site: Site) -> None:
    if way == "raw":
        table = model.Package.__table__
        model.Session.execute(sa.update(table).where(table.c.id == package["id"]).values(private=True))
        model.Session.commit()
    elif way == "address":
        call("resource_patch", id=package["file"], url=site.url("/other.csv"))
    elif way == "deleted":
        call("package_delete", id=package["id"])
    else:
        closed = {"private": True} if way == "private" else {"access_rights": "RESTRICTED", "access_conditions": "窓口"}
        call("package_patch", id=package["id"], **closed)


@pytest.mark.parametrize("way", ["restricted", "deleted", "address", "raw"])
def test_what_is_withdrawn_has_left_the_table_at_once_and_is_forgotten(site: Site, way: str) -> None:
    package = publish(site.url())
    fetched()
    assert names() == {"函館市役所"}
    _withdraw(package, way, site)
    assert names() == set()
    if way == "address":
        assert judged_files.judgements(model.Session(), [package["file"]]) == {}
    outbox.drain()
    # By raw SQL nobody is told when.
    (collect_links if way == "raw" else collect_recent)()
    outbox.drain()
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(ResourceCheck)) == 0
    left = model.Session.scalars(sa.select(LinkedFile.url)).all()
    assert left == ([site.url("/other.csv")] if way == "address" else [])


def test_what_becomes_public_again_is_fetched_again(site: Site) -> None:
    package = publish(site.url())
    fetched()
    call("package_patch", id=package["id"], private=True)
    outbox.drain()
    call("package_patch", id=package["id"], private=False)
    outbox.drain()
    collect_links()
    assert row_of(package["file"]).due_at <= now()
    fetched()
    assert names() == {"函館市役所"}


def test_words_of_its_dataset_are_followed_without_asking_its_site(site: Site) -> None:
    package = publish(site.url())
    fetched()
    call("package_patch", id=package["id"], license_id="CC0-1.0")
    outbox.drain()
    (row,) = call("hokkaido_combined_search", id="08")["rows"]
    assert (row["_licence"], len(site.asked)) == ("CC0 1.0", 1)
    assert report(package["file"])["state"] == "checked"


def test_a_redirect_to_the_portal_itself_is_not_followed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tk.config, "ckan.site_url", f"http://127.0.0.1:{site.server_address[1]}")
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_core.http_internal_hosts", ["localhost", "127.0.0.1"])
    site.replies["/aed.csv"] = Reply(b"", 302, {"Location": site.url("/combined/08.csv", "127.0.0.1")})
    package = publish(site.url())
    fetched()
    assert [path for path, _headers in site.asked] == ["/aed.csv"]
    assert row_of(package["file"]).fault == "not-allowed"


def test_a_link_into_a_closed_network_is_not_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_core.http_internal_hosts", [])
    package = publish(site.url())
    fetched()
    assert (site.asked, row_of(package["file"]).fault) == ([], "not-allowed")


def test_a_linked_file_tells_its_name_and_never_what_is_asked_for(site: Site) -> None:
    bad = HALL.replace("012025", "12025")
    site.replies["/aed.csv"] = Reply((HEADINGS + bad).encode())
    package = publish(site.url("/aed.csv?key=geheim"))
    fetched()
    stored = model.Session.scalar(sa.select(ResourceCheck.report).where(ResourceCheck.resource_id == package["file"]))
    assert (stored["path"], "geheim" in str(stored)) == ("aed.csv", False)


def test_a_one_table_of_another_portal_is_not_joined_into_this_one(site: Site, app: Any) -> None:
    publish(site.url())
    fetched()
    site.replies["/copy.csv"] = Reply(app.get("/combined/08.csv").get_data())
    other = publish(site.url("/copy.csv"), "011002")
    fetched()
    files = {one["resource_id"]: one["reason"] for one in call("hokkaido_combined_show", id="08")["files"]}
    assert files[other["file"]] == "joined"


def test_a_file_that_is_uploaded_takes_the_place_of_the_link(site: Site) -> None:
    package = publish(site.url())
    fetched()
    file = FileStorage(io.BytesIO((HEADINGS + PORT).encode()), filename="aed.csv")
    call("resource_patch", id=package["file"], url="", upload=file)
    outbox.drain()
    collect_links()
    assert names() == {"函館港"}
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(LinkedFile)) == 0


def test_a_hash_that_a_harvested_link_has_counts_for_nothing(site: Site) -> None:
    package = publish(site.url())
    table = model.Resource.__table__
    model.Session.execute(sa.update(table).values(hash=hashlib.sha256(b"elsewhere").hexdigest()))
    model.Session.commit()
    fetched()
    assert (report(package["file"])["state"], names()) == ("checked", {"函館市役所"})


def test_a_table_that_is_rebuilt_keeps_its_rows_until_the_files_have_come(site: Site) -> None:
    publish(site.url())
    fetched()
    call("hokkaido_combined_rebuild", id="08")
    outbox.drain()
    assert names() == {"函館市役所"}
    assert model.Session.scalar(sa.select(LinkedFile.due_at)) <= now()
    fetched()
    assert (names(), len(site.asked)) == ({"函館市役所"}, 2)
    assert model.Session.scalar(sa.select(CombinedPart.made_by)) != ""


def test_the_setting_stops_it_and_forgets_what_was_found(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(site.url())
    fetched()
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_standards.linked", False)
    collect_links()
    outbox.drain()
    assert (fetch_due(), names()) == (0, set())
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(ResourceCheck)) == 0


def test_nobody_is_asked_for_a_file_that_is_not_for_everybody(site: Site) -> None:
    closed: list[dict[str, Any]] = [{"private": True}, {"state": "draft"}]
    closed += [{"access_rights": rights, "access_conditions": "窓口"} for rights in ("RESTRICTED", "NON_PUBLIC")]
    for fields in closed:
        publish(site.url("/secret.csv?key=1"), code="", **fields)
    fetched()
    assert (site.asked, model.Session.scalar(sa.select(sa.func.count()).select_from(LinkedFile))) == ([], 0)


def test_what_is_no_table_or_is_of_the_portal_itself_is_not_asked_for(site: Site) -> None:
    portal = tk.config["ckan.site_url"]
    links = [
        (site.url("/page.html"), "HTML"),
        (site.url("/report.pdf"), ""),
        (site.url("/shape.zip"), "SHP"),
        (f"{portal}/combined/08.csv", "CSV"),
        (f"{portal.upper()}:8443/dataset/x.csv", "CSV"),
        ("ftp://localhost/aed.csv", "CSV"),
    ]
    package = publish(site.url("/aed.csv"), resources=[{"url": url, "format": format_} for url, format_ in links])
    fetched()
    assert site.asked == []
    assert {report(one["id"])["state"] for one in package["resources"]} == {"link"}


def test_a_link_that_says_nothing_of_itself_is_looked_at(site: Site) -> None:
    site.replies["/download.php"] = Reply(headers={"Content-Disposition": 'attachment; filename="aed.csv"'})
    site.replies["/page"] = Reply(b"<!DOCTYPE html>" + b" " * (8 << 20))
    links = [site.url("/download.php?id=3"), site.url("/page")]
    package = publish("", resources=[{"url": url, "format": ""} for url in links])
    fetched()
    assert [report(one["id"])["state"] for one in package["resources"]] == ["checked", "link"]
    assert site.sent < 8 << 20


def test_a_file_that_became_too_large_is_out_and_its_page_says_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    package = publish(site.url())
    fetched()
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_standards.linked_megabytes", 0)
    fetched()
    assert (names(), report(package["file"])["state"]) == (set(), "large")


def test_what_its_site_took_back_leaves_at_once(site: Site) -> None:
    publish(site.url())
    fetched()
    site.replies["/aed.csv"] = Reply(b"", 410)
    fetched()
    assert names() == set()


def test_a_command_fetches_what_is_due(site: Site, cli: Any) -> None:
    publish(site.url())
    assert cli.invoke(ckan, ["hokkaido", "linked", "fetch"]).output.splitlines()[-1] == "fetched: 1"
    counted = linked.counts(model.Session())
    assert (counted["good"], sum(counted.values())) == (1, 1)
