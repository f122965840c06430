"""Files at other sites are fetched, checked and joined as stored ones are, whatever their sites answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from calling import call
from ckan import model
from ckan.cli.cli import ckan
from linked_site import HEADINGS, Reply, Site
from linked_steps import PORT, fetched, names, passed, publish, report, row_of, taken

from ckanext.hokkaido_core.shared import judged_files, now, outbox
from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.fetching import Asked, fetch_file
from ckanext.hokkaido_standards.jobs.linked import collect_links, fetch_due, fetch_some, store
from ckanext.hokkaido_standards.model import CombinedPart, LinkedFile, ResourceCheck
from ckanext.hokkaido_standards.service import linked

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins", "folder")


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


def test_words_of_its_dataset_are_followed_without_asking_its_site(site: Site) -> None:
    package = publish(site.url())
    fetched()
    call("package_patch", id=package["id"], license_id="CC0-1.0")
    outbox.drain()
    (row,) = call("hokkaido_combined_search", id="08")["rows"]
    assert (row["_licence"], len(site.asked)) == ("CC0 1.0", 1)
    assert report(package["file"])["state"] == "checked"


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


def test_a_command_fetches_what_is_due(site: Site, cli: Any) -> None:
    publish(site.url())
    assert cli.invoke(ckan, ["hokkaido", "linked", "fetch"]).output.splitlines()[-1] == "fetched: 1"
    counted = linked.counts(model.Session())
    assert (counted["good"], sum(counted.values())) == (1, 1)
