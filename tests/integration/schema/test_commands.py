"""`ckan hokkaido link`, `upkeep` and `dataset import` as an administrator runs them; a killed import goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.cli.cli import ckan as ckan_command
from ckan.tests import factories
from ckan.tests.helpers import CKANCliRunner, call_action
from ckanext.activity.model import Activity

from ckanext.hokkaido_core.columns import now
from ckanext.hokkaido_core.domain.japan_time import JAPAN
from ckanext.hokkaido_schema.domain.exchange_state import ExchangeState
from ckanext.hokkaido_schema.logic.taking import BATCH
from ckanext.hokkaido_schema.model import Digest, Exchange, ExchangeItem, Link

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")

FIELDS = {"notes": "説明です。", "license_id": "CC-BY-4.0"}
_LAST_PART = 40


def run(cli: CKANCliRunner, *words: str) -> Any:
    result = cli.invoke(ckan_command, ["hokkaido", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    model.Session.remove()
    return result


def process(ini: Path, *words: str) -> subprocess.Popen[str]:
    """Start a command as a process of its own."""
    command = [str(Path(sys.executable).with_name("ckan")), "-c", str(ini), "hokkaido", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ})


def broken_link(dataset: dict[str, Any]) -> None:
    day = (now() - timedelta(days=5)).astimezone(JAPAN).date()
    found = {"field": "url", "url": "https://x.example/", "state": "broken", "failed_since": day}
    model.Session.add(Link(package_id=dataset["id"], **found))
    model.Session.commit()


class _Handler(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.send_response(404 if self.path == "/gone.csv" else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815 - the name that the standard library asks for.

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    """Return the port of a site, of whose files one is gone."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def test_the_links_of_all_datasets_are_found_and_looked_at(
    cli: CKANCliRunner, ckan_config: dict[str, Any], monkeypatch: pytest.MonkeyPatch, port: int
) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.hokkaido_core.http_internal_hosts", ["localhost"])
    monkeypatch.setitem(ckan_config, "ckanext.hokkaido_core.http_ports", ["80", "443", str(port)])
    files = [{"url": f"http://localhost:{port}/{name}.csv", "name": name} for name in ("here", "gone", "there")]
    factories.Dataset(owner_org=factories.Organization()["id"], resources=files, **FIELDS)
    # The most that is looked at is the administrator's to say.
    for limit, looked_at in (("1", 1), ("100", 2)):
        assert f"checked: {looked_at}" in run(cli, "link", "check", "--limit", limit).stdout
    assert Counter(model.Session.scalars(sa.select(Link.state))) == {"unchecked": 1, "ok": 2}
    # What failed once is not called broken on the same day.
    assert model.Session.scalars(sa.select(Link.state).where(Link.url.endswith("gone.csv"))).all() == ["unchecked"]


def test_the_state_of_links_is_told_by_number_and_exit_code(cli: CKANCliRunner) -> None:
    dataset = factories.Dataset(owner_org=factories.Organization()["id"], **FIELDS)
    fine = run(cli, "link", "status", "--json")
    assert (fine.exit_code, json.loads(fine.stdout)["broken"]) == (0, 0)
    broken_link(dataset)
    bad = run(cli, "link", "status", "--json")
    assert (bad.exit_code, json.loads(bad.stdout)["broken"]) == (1, 1)
    assert "broken: 1" in run(cli, "link", "status").stdout.splitlines()


@pytest.fixture
def overdue() -> dict[str, Any]:
    """Return a dataset that should have been updated long ago; its organisation has one editor."""
    editor = factories.User(email="hanako@example.jp")
    unit = factories.Organization(users=[{"name": editor["name"], "capacity": "editor"}])
    return factories.Dataset(
        owner_org=unit["id"], title="道路台帳", frequency="ANNUAL", modified="2020-06-01", **FIELDS
    )


def test_people_are_reminded_once_a_month(cli: CKANCliRunner, overdue: dict[str, Any]) -> None:
    assert "people: 1" in run(cli, "upkeep", "remind").stdout
    assert "people: 0" in run(cli, "upkeep", "remind").stdout
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(Digest)) == 1


def test_what_is_to_be_done_and_the_mail_about_it_are_counted(cli: CKANCliRunner, overdue: dict[str, Any]) -> None:
    broken_link(overdue)
    run(cli, "upkeep", "remind")
    told = json.loads(run(cli, "upkeep", "status", "--json").stdout)
    assert told == {"items": {"broken": 1, "stale": 1, "moved": 0, "draft": 0}, "mail": {"waiting": 1}}
    assert {"stale: 1", "mail waiting: 1"} <= set(run(cli, "upkeep", "status").stdout.splitlines())


def test_with_nothing_to_do_nobody_is_written_to(cli: CKANCliRunner) -> None:
    assert "people: 0" in run(cli, "upkeep", "remind").stdout
    told = json.loads(run(cli, "upkeep", "status", "--json").stdout)
    assert (sum(told["items"].values()), told["mail"]) == (0, {})


def test_what_a_workbook_hides_is_told_beside_the_records(cli: CKANCliRunner, tmp_path: Path) -> None:
    unit = factories.Organization(name="kasen-ka")
    factories.Dataset(owner_org=unit["id"], title="河川一覧", **FIELDS)
    file = tmp_path / "datasets.xlsx"
    run(cli, "dataset", "export", str(file), "--organization", "kasen-ka")
    book = openpyxl.load_workbook(file)
    book["データセット"].row_dimensions[2].hidden = True
    book.save(file)
    done = run(cli, "dataset", "import", str(file), "--organization", "kasen-ka", "--dry-run", "--json")
    assert "データセット" in done.stderr
    assert "2" in done.stderr
    (record,) = (json.loads(line) for line in done.stdout.splitlines() if line.startswith("{"))
    assert record["title"] == "河川一覧"


@pytest.fixture
def descriptions(tmp_path: Path) -> Path:
    """Return a file of descriptions for two whole batches and a part of one."""
    path = tmp_path / "datasets.jsonl"
    lines = []
    for number in range(2 * BATCH + _LAST_PART):
        files = [{"url": f"https://example.lg.jp/{number}.csv", "name": "一覧", "format": "CSV"}]
        one = {"name": f"d-{number}", "title": f"河川一覧 {number}", "resources": files, "tags": [{"name": "河川"}]}
        lines.append(json.dumps(one | FIELDS, ensure_ascii=False))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _wait(condition: Callable[[], bool], what: str) -> None:
    pause = threading.Event()
    end = datetime.now(JAPAN) + timedelta(seconds=240)
    while not condition():
        assert datetime.now(JAPAN) < end, what
        pause.wait(0.05)


def _is_writing(*, waits: bool) -> bool:
    """Tell whether a process writes the notes of its batch now; whether it waits for a lock in doing so."""
    asked = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'INSERT INTO hokkaido%item%'"
        " AND state <> 'idle' AND (NOT :waits OR wait_event_type = 'Lock')"
    )
    with model.meta.engine.connect() as elsewhere:
        return elsewhere.execute(asked, {"waits": waits}).scalar_one() > 0


def _stored() -> list[str]:
    model.Session.remove()
    wanted = sa.select(model.Package.name).where(model.Package.name.like("d-%"))
    return sorted(model.Session.scalars(wanted))


def test_an_import_that_is_killed_in_the_middle_of_a_batch_goes_on_without_loss_or_doubles(
    checkout: Path, cli: CKANCliRunner, descriptions: Path
) -> None:
    contact = {"contact_name": "河川課", "contact_email": "kasen@example.lg.jp"}
    factories.Organization(name="kasen-ka", title="河川課", **contact)
    words = ("dataset", "import", str(descriptions), "--organization", "kasen-ka", "--public", "--json")
    model.Session.remove()
    command = process(checkout / "test.ini", *words)
    try:
        assert command.stderr is not None
        while not (line := command.stderr.readline()).startswith(f"{BATCH} / "):
            assert line, "The import ended before its first batch."
        # It waits where its second batch is half written: its datasets are in the transaction, the notes of them not.
        with model.meta.engine.begin() as elsewhere:
            elsewhere.execute(sa.text("LOCK TABLE hokkaido_schema_exchange_item IN SHARE MODE"))
            _wait(lambda: _is_writing(waits=True), "The import did not come to its second batch.")
            os.kill(command.pid, signal.SIGKILL)
            assert command.wait(timeout=60) == -signal.SIGKILL
    finally:
        command.kill()
        command.communicate()
    _wait(lambda: not _is_writing(waits=False), "The database did not notice that the import is gone.")
    stopped = _stored()
    exchange = model.Session.scalars(sa.select(Exchange)).one()
    assert (exchange.state, exchange.done, len(stopped)) == (ExchangeState.STORING, BATCH, BATCH)

    result = run(cli, *words)

    assert result.exit_code == 0
    reports = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
    total = 2 * BATCH + _LAST_PART
    assert [one["name"] for one in reports] == [f"d-{number}" for number in range(total)]
    assert {one["outcome"] for one in reports} == {"created"}
    assert _stored() == sorted(f"d-{number}" for number in range(total))
    assert model.Session.scalars(sa.select(Exchange)).one().state == ExchangeState.STORED
    made = sa.select(sa.func.count()).select_from(Activity).where(Activity.activity_type == "new package")
    assert model.Session.scalar(made) == total
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(ExchangeItem)) == total
    assert (
        call_action("package_search", context={"user": "", "ignore_auth": False}, fq="organization:kasen-ka", rows=0)[
            "count"
        ]
        == total
    )
