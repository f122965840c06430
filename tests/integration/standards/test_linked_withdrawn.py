"""What is not for everybody is never asked for, and what was withdrawn leaves at once."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from calling import call
from ckan import model
from linked_site import HALL, HEADINGS, Reply, Site
from linked_steps import PORT, fetched, names, publish, report, row_of, taken
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_core.shared import judged_files, now, outbox
from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.fetching import Asked, fetch_file
from ckanext.hokkaido_standards.jobs.linked import collect_links, collect_recent, fetch_due, store
from ckanext.hokkaido_standards.model import CombinedPart, LinkedFile, ResourceCheck

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins", "folder")


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


def test_what_its_site_took_back_leaves_at_once(site: Site) -> None:
    publish(site.url())
    fetched()
    site.replies["/aed.csv"] = Reply(b"", 410)
    fetched()
    assert names() == set()
