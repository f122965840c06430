"""The whole dump: what is in its files, how they are served, and how one set replaces another."""

from __future__ import annotations

import gzip
import hashlib
import os
import resource
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action

from ckanext.hokkaido_core.shared import clock
from ckanext.hokkaido_dcat import duties
from ckanext.hokkaido_dcat.domain.profiles import DEFAULT, PROFILES
from ckanext.hokkaido_dcat.service import changes, dump

Make = Callable[..., dict[str, Any]]

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "xml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
}
DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@pytest.fixture(autouse=True)
def folder(empty_feed: None, ckan_config: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the dumps of each test in a folder of its own."""
    monkeypatch.setitem(ckan_config, "ckanext.hokkaido_dcat.dump_path", str(tmp_path))
    return tmp_path


def _parse(data: bytes, extension: str) -> ox.Store:
    store = ox.Store()
    store.extend(ox.parse(data, format=FORMATS[extension]))
    return store


def _datasets(store: ox.Store) -> set[str]:
    return {quad.subject.value for quad in store.quads_for_pattern(None, TYPE, ox.NamedNode(DCAT + "Dataset"))}


def _linked(store: ox.Store) -> set[str]:
    return {quad.object.value for quad in store.quads_for_pattern(None, ox.NamedNode(DCAT + "dataset"), None)}


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_file_parses_strictly_and_holds_exactly_the_datasets_of_the_pages(
    app: CKANTestApp, make_dataset: Make
) -> None:
    owner = factories.Organization()["id"]
    for number in range(3):
        make_dataset(owner_org=owner, title=f"データ{number}")
    gone = make_dataset(owner_org=owner)
    call_action("package_delete", {"user": factories.Sysadmin()["name"]}, id=gone["id"])
    dump.build(DEFAULT)
    expected = _datasets(_parse(app.get("/catalog.ttl").data, "ttl"))
    statements = set()
    for extension in FORMATS:
        plain = app.get(f"/catalog/dump.{extension}").data
        store = _parse(plain, extension)
        assert _datasets(store) == _linked(store) == expected
        assert gzip.decompress(app.get(f"/catalog/dump.{extension}.gz").data) == plain
        statements.add(frozenset(map(str, store)))
    assert len(statements) == 1
    assert len(expected) == 3


def test_two_builds_of_the_same_feed_are_the_same_bytes(make_dataset: Make, tmp_path: Path) -> None:
    make_dataset()
    for name in ("one", "two"):
        dump.export(DEFAULT, tmp_path / name)
    assert _files(tmp_path / "one") == _files(tmp_path / "two")
    assert len(_files(tmp_path / "one")) == 10


def test_the_checksums_are_as_sha256sum_reads_them(make_dataset: Make, tmp_path: Path) -> None:
    make_dataset()
    dump.export(DEFAULT, tmp_path / "out")
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "dump.sha256"],
        cwd=tmp_path / "out",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("OK") == 9


def test_the_description_counts_statements_and_names_every_file(app: CKANTestApp, make_dataset: Make) -> None:
    owner = factories.Organization()["id"]
    for _number in range(2):
        make_dataset(owner_org=owner)
    dump.build(DEFAULT)
    void = _parse(app.get("/.well-known/void").data, "ttl")

    def values(name: str) -> set[str]:
        return {quad.object.value for quad in void.quads_for_pattern(None, ox.NamedNode(VOID + name), None)}

    assert values("triples") == {str(len(_parse(app.get("/catalog/dump.nt").data, "nt")))}
    assert values("entities") == {"2"}
    served = [app.get(address) for address in values("dataDump")]
    assert len(served) == 8
    assert {response.status_code for response in served} == {200}


@pytest.mark.parametrize("profile", PROFILES)
def test_each_profile_has_its_own_dump(app: CKANTestApp, make_dataset: Make, profile: str) -> None:
    make_dataset()
    dump.build(PROFILES[profile])
    page = _parse(app.get(f"/catalog.nt?profile={profile}").data, "nt")
    whole = _parse(app.get(f"/catalog/dump.nt?profile={profile}").data, "nt")
    hydra = "http://www.w3.org/ns/hydra/core#"
    assert {str(quad) for quad in whole} == {
        str(quad) for quad in page if hydra not in str(quad.predicate) and hydra not in str(quad.object)
    }


def test_a_file_is_served_with_headers_that_let_caches_ask_again(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    made = dump.build(DEFAULT)
    response = app.get("/catalog/dump.nt.gz")
    assert response.content_type == "application/gzip"
    assert "Content-Encoding" not in response.headers
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response.headers["ETag"] == f'"{hashlib.sha256(response.data).hexdigest()}"'
    assert made
    assert response.content_length == made.files["dump.nt.gz"].size
    for asked, told in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        again = app.get("/catalog/dump.nt.gz", headers={asked: response.headers[told]})
        assert (again.status_code, again.data) == (304, b"")


def test_a_download_that_broke_off_goes_on_where_it_stopped(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    dump.build(DEFAULT)
    whole = app.get("/catalog/dump.ttl")
    headers = {"Range": "bytes=100-199", "If-Range": whole.headers["ETag"]}
    part = app.get("/catalog/dump.ttl", headers=headers)
    assert (part.status_code, part.data) == (206, whole.data[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole.data)}"
    other = app.get("/catalog/dump.ttl", headers={**headers, "If-Range": '"older"'})
    assert (other.status_code, other.data) == (200, whole.data)
    beyond = app.get("/catalog/dump.ttl", headers={"Range": "bytes=99999999-"}, status=416)
    assert beyond.headers["Content-Range"] == f"bytes */{len(whole.data)}"


def test_head_answers_with_the_headers_of_get(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    dump.build(DEFAULT)
    got, head = app.get("/catalog/dump.xml"), app.test_client(use_cookies=False).head("/catalog/dump.xml")
    assert head.data == b""
    for name in ("Content-Length", "Content-Type", "ETag", "Last-Modified", "Cache-Control", "Accept-Ranges"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.ckan_config("ckanext.hokkaido_dcat.dump_accel", "/dump-files/")
def test_nginx_is_told_which_file_to_send(app: CKANTestApp, make_dataset: Make, folder: Path) -> None:
    make_dataset()
    made = dump.build(DEFAULT)
    response = app.get("/catalog/dump.nt")
    assert response.data == b""
    assert made
    assert response.headers["X-Accel-Redirect"] == f"/dump-files/{made.folder}/dump.nt"
    assert (folder / made.folder / "dump.nt").is_file()
    assert response.content_type == "application/n-triples; charset=utf-8"


@pytest.mark.ckan_config("ckanext.hokkaido_dcat.dump_accel", "/dump-files/")
def test_a_part_of_a_file_is_sent_by_the_portal_itself(app: CKANTestApp, make_dataset: Make) -> None:
    """With nginx in front, only the portal knows whether the ETag of If-Range is that of the file."""
    make_dataset()
    dump.build(DEFAULT)
    etag = app.get("/catalog/dump.nt").headers["ETag"]
    part = app.get("/catalog/dump.nt", headers={"Range": "bytes=0-9", "If-Range": etag}, status=206)
    assert len(part.data) == len("0123456789")
    assert "X-Accel-Redirect" not in part.headers


@pytest.mark.parametrize(("language", "words"), [("ja", "1分ほど"), ("en", "in a minute")])
def test_without_a_dump_it_says_so_in_plain_text(app: CKANTestApp, language: str, words: str) -> None:
    response = app.get(f"/{language}/catalog/dump.nt", status=404)
    assert response.content_type == "text/plain; charset=utf-8"
    assert response.headers["Retry-After"] == "60"
    assert words in response.text


def test_an_unknown_profile_is_refused(app: CKANTestApp) -> None:
    assert app.get("/catalog/dump.nt?profile=nobody", status=400).content_type == "text/plain; charset=utf-8"


def test_a_build_that_breaks_off_leaves_the_old_dump_in_place(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    made = dump.build(DEFAULT)
    assert made
    before = app.get("/catalog/dump.nt").data
    make_dataset()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # No file may grow beyond this: as on a disk that is full, the build stops in the middle of a file.
    resource.setrlimit(resource.RLIMIT_FSIZE, (made.files["dump.nt"].size // 2, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            dump.build(DEFAULT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert app.get("/catalog/dump.nt").data == before
    assert dump.build(DEFAULT)
    assert app.get("/catalog/dump.nt").data != before


def test_only_one_process_builds_at_a_time(make_dataset: Make) -> None:
    make_dataset()
    with dump._snapshot() as other:
        assert dump._alone(other)
        assert dump.build(DEFAULT) is None
    assert dump.build(DEFAULT) is not None


def test_the_clock_waits_after_an_edit_but_not_after_a_withdrawal(app: CKANTestApp, make_dataset: Make) -> None:
    first, second = make_dataset(title="極秘の一覧"), make_dataset()
    duties.build_dumps()
    admin = factories.Sysadmin()["name"]
    call_action("package_patch", {"user": admin}, id=second["id"], title="改めた一覧")
    duties.build_dumps()
    assert "改めた一覧" not in app.get("/catalog/dump.nt").text
    call_action("package_patch", {"user": admin}, id=first["id"], private=True)
    duties.build_dumps()
    text = app.get("/catalog/dump.nt").text
    assert "極秘の一覧" not in text
    assert "改めた一覧" in text
    assert not dump.due(model.Session(), DEFAULT)


def test_the_clock_does_not_wait_while_a_dump_is_written(make_dataset: Make) -> None:
    make_dataset()
    duties.register()
    tick = next(tick for tick in clock.ticks() if tick.name == "feed dump")
    assert tick.seconds <= 60
    tick.function()
    for thread in threading.enumerate():
        if thread.name == "build_dumps":
            thread.join(timeout=30)
    assert all(dump.current(profile) for profile in PROFILES.values())


def test_replaced_sets_are_removed_after_a_while(make_dataset: Make, folder: Path) -> None:
    make_dataset()
    old = dump.build(DEFAULT)
    make_dataset()
    dump.build(DEFAULT)
    assert old
    assert (folder / old.folder).exists()
    os.utime(folder / old.folder, (1, 1))
    dump.build(DEFAULT)
    assert not (folder / old.folder).exists()


def test_the_status_tells_of_the_dumps(make_dataset: Make) -> None:
    make_dataset()
    made = dump.build(DEFAULT)
    make_dataset()
    told = call_action("hokkaido_feed_status_show")["dumps"]
    assert made
    assert told[DEFAULT.name]["files"]["dump.nt"]["sha256"] == made.files["dump.nt"].sha256
    assert told[DEFAULT.name]["behind"] == 1
    assert told["dcat-ap-2"] is None


def test_a_dump_that_may_name_what_was_hidden_is_due_at_once(make_dataset: Make) -> None:
    make_dataset()
    duties.build_dumps()
    make_dataset()
    assert not dump.due(model.Session(), DEFAULT)
    changes.forget(model.Session(), "/dataset_series/hidden")
    assert dump.due(model.Session(), DEFAULT)
    model.Session.rollback()


def test_a_dump_with_files_that_were_for_everybody_is_due_at_once(make_dataset: Make) -> None:
    made = make_dataset(resources=[{"url": "https://example.jp/once-open.csv", "name": "一覧"}])
    duties.build_dumps()
    somebody = {"user": factories.Sysadmin()["name"]}
    restricted = {"access_rights": "RESTRICTED", "access_conditions": "契約した人に渡します。"}
    call_action("package_patch", somebody, id=made["id"], **restricted)
    assert dump.due(model.Session(), DEFAULT)
    duties.build_dumps()
    assert not dump.due(model.Session(), DEFAULT)
