"""Links of datasets: found in their fields, looked at politely, and shown to editors."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_core.columns import now
from ckanext.hokkaido_core.shared import tasks
from ckanext.hokkaido_schema.jobs.link import collect_links, look_at_due
from ckanext.hokkaido_schema.model import Link

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")


class Site(ThreadingHTTPServer):
    """A site whose answers a test sets: `{path: (status, headers)}`, for HEAD by `HEAD path` where it differs."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, tuple[int, dict[str, str]]] = {}
        self.asked: list[str] = []

    def url(self, path: str) -> str:
        return f"http://localhost:{self.server_address[1]}{path}"


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        asked = f"{self.command} {self.path}"
        self.server.asked.append(asked)
        status, headers = self.server.answers.get(asked) or self.server.answers.get(self.path, (200, {}))
        self.send_response(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815 - the name that the standard library asks for.

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    server = Site()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_core.http_internal_hosts", ["localhost"])
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_core.http_ports", ["80", "443", str(server.server_address[1])])
    yield server
    server.shutdown()
    server.server_close()


def _dataset(*urls: str, **fields: Any) -> dict[str, Any]:
    unit = factories.Organization()
    resources = [{"url": url, "name": url[-8:], "format": "CSV"} for url in urls]
    return factories.Dataset(owner_org=unit["id"], resources=resources, license_id="CC-BY-4.0", **fields)


def _act(action: str, **data: Any) -> Any:
    """Call an action as an administrator; CKAN's notes of what was done need somebody who did it."""
    return tk.get_action(action)({"user": factories.Sysadmin()["name"]}, data)


def _links(dataset: dict[str, Any]) -> dict[str, dict[str, Any]]:
    model.Session.rollback()
    return {link["url"]: link for link in call_action("hokkaido_link_list", dataset=dataset["id"])}


def _looked(times: int = 1) -> None:
    """Find the links and look at them, each time as if a day had gone by."""
    for _ in range(times):
        collect_links()
        model.Session.execute(sa.update(Link).values(due_at=now(), failed_on=Link.failed_on - timedelta(days=1)))
        model.Session.commit()
        while look_at_due(8):
            pass


def test_links_are_found_in_datasets_files_and_documentation(site: Site) -> None:
    dataset = _dataset(site.url("/a.csv"), url=site.url("/page"), documentation=[site.url("/doc")])
    collect_links()
    found = _links(dataset)
    assert {(link["field"], link["resource"] is None) for link in found.values()} == {
        ("url", False),
        ("url", True),
        ("documentation", True),
    }
    assert {link["state"] for link in found.values()} == {"unchecked"}


def test_a_link_that_is_no_longer_in_the_form_goes(site: Site) -> None:
    dataset = _dataset(site.url("/a.csv"))
    collect_links()
    _act("resource_patch", id=dataset["resources"][0]["id"], url=site.url("/b.csv"))
    collect_links()
    assert list(_links(dataset)) == [site.url("/b.csv")]


def test_a_link_that_works_is_fine(site: Site) -> None:
    dataset = _dataset(site.url("/a.csv"))
    _looked()
    assert _links(dataset)[site.url("/a.csv")]["state"] == "ok"
    assert site.asked == ["HEAD /a.csv"]


def test_where_head_is_refused_the_first_bytes_are_asked_for(site: Site) -> None:
    site.answers["HEAD /a.csv"] = (405, {})
    dataset = _dataset(site.url("/a.csv"))
    _looked()
    assert _links(dataset)[site.url("/a.csv")]["state"] == "ok"
    assert site.asked == ["HEAD /a.csv", "GET /a.csv"]


def test_a_link_is_broken_after_failures_on_two_days(site: Site) -> None:
    site.answers["/a.csv"] = (404, {})
    dataset = _dataset(site.url("/a.csv"))
    _looked()
    assert _links(dataset)[site.url("/a.csv")]["state"] == "unchecked"
    _looked()
    link = _links(dataset)[site.url("/a.csv")]
    assert (link["state"], link["status"], link["failed_days"]) == ("broken", 404, 2)


def test_a_link_that_moved_for_good_offers_its_new_address_and_takes_it_over(site: Site) -> None:
    site.answers["/a.csv"] = (301, {"Location": "/new/a.csv"})
    dataset = _dataset(site.url("/a.csv"))
    _looked()
    link = _links(dataset)[site.url("/a.csv")]
    assert (link["state"], link["moved_to"]) == ("moved", site.url("/new/a.csv"))
    _act("hokkaido_link_update", id=link["id"])
    shown = call_action("package_show", id=dataset["id"])
    assert shown["resources"][0]["url"] == site.url("/new/a.csv")
    assert list(_links(dataset)) == [site.url("/new/a.csv")]


def test_an_address_that_somebody_has_changed_meanwhile_is_not_overwritten(site: Site) -> None:
    site.answers["/a.csv"] = (301, {"Location": "/new/a.csv"})
    dataset = _dataset(site.url("/a.csv"))
    _looked()
    link = _links(dataset)[site.url("/a.csv")]
    _act("resource_patch", id=dataset["resources"][0]["id"], url=site.url("/right.csv"))
    with pytest.raises(tk.ValidationError, match="no longer in the dataset"):
        _act("hokkaido_link_update", id=link["id"])
    shown = call_action("package_show", id=dataset["id"])
    assert shown["resources"][0]["url"] == site.url("/right.csv")


def test_an_endless_address_does_not_keep_the_others_from_being_found(site: Site) -> None:
    endless = site.url("/" + "".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(100)))
    dataset = _dataset(site.url("/a.csv"), url=endless)
    collect_links()
    assert list(_links(dataset)) == [site.url("/a.csv")]


def test_links_of_datasets_that_are_gone_go(site: Site) -> None:
    deleted, purged = _dataset(site.url("/a.csv")), _dataset(site.url("/b.csv"))
    collect_links()
    _act("package_delete", id=deleted["id"])
    _act("dataset_purge", id=purged["id"])
    collect_links()
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(Link)) == 0


def test_a_link_into_a_closed_network_is_not_asked_and_not_called_broken(site: Site) -> None:
    closed = f"http://127.0.0.1:{site.server_address[1]}/secret"
    dataset = _dataset(closed, "http://169.254.169.254/latest/meta-data/")
    _looked(2)
    assert {link["state"] for link in _links(dataset).values()} == {"unreachable"}
    assert site.asked == []


def test_one_portion_asks_a_host_once(site: Site) -> None:
    _dataset(*(site.url(f"/{n}.csv") for n in range(5)))
    collect_links()
    assert look_at_due(8) == 1
    assert len(site.asked) == 1


def test_a_busy_site_is_left_alone_with_all_its_links(site: Site) -> None:
    site.answers = {f"/{n}.csv": (429, {"Retry-After": "7200"}) for n in range(3)}
    dataset = _dataset(*(site.url(f"/{n}.csv") for n in range(3)))
    collect_links()
    assert look_at_due(8) == 1
    assert look_at_due(8) == 0
    assert {link["state"] for link in _links(dataset).values()} == {"unchecked"}
    soon = model.Session.scalar(sa.select(sa.func.min(Link.due_at)))
    assert soon > now() + timedelta(minutes=110)


def test_a_file_of_the_portal_is_looked_for_where_it_lies(site: Site) -> None:
    dataset = _dataset()
    file = FileStorage(io.BytesIO(b"a,b\n1,2\n"), filename="list.csv")
    resource = _act("resource_create", package_id=dataset["id"], url="", upload=file, name="一覧")
    _looked()
    (link,) = _links(dataset).values()
    assert (link["state"], link["upload"], site.asked) == ("ok", True, [])
    model.Session.execute(
        sa.update(Link).where(Link.resource_id == resource["id"]).values(resource_id="0" * 36, due_at=now())
    )
    model.Session.commit()
    look_at_due(8)
    (link,) = _links(dataset).values()
    assert (link["fault"], link["failed_days"]) == ("no-file", 1)


def test_an_editor_has_the_links_of_a_dataset_looked_at_now(site: Site) -> None:
    dataset = _dataset(site.url("/a.csv"))
    task = _act("hokkaido_link_check", dataset=dataset["id"])["task"]
    tasks.run(task)
    found = tasks.find(model.Session(), task)
    assert (found.state, found.result) == ("done", {"links": 1})
    assert _links(dataset)[site.url("/a.csv")]["state"] == "ok"
