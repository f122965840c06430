"""The front: what it keeps, what it tells caches, and which profile, format and coding it chooses."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action

from ckanext.hokkaido_dcat import config
from ckanext.hokkaido_dcat.service.page_cache import PageCache

Make = Callable[..., dict[str, Any]]

IDENTITY = {"Accept-Encoding": "identity"}
GZIP = {"Accept-Encoding": "gzip"}

pytestmark = pytest.mark.usefixtures("empty_feed")


@pytest.fixture
def folder(tmp_path: Path, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep finished pages in a folder of this test."""
    monkeypatch.setitem(ckan_config, "ckanext.hokkaido_dcat.cache_folder", str(tmp_path / "pages"))
    return tmp_path / "pages"


def _patch(dataset_id: str, **fields: Any) -> None:
    call_action("package_patch", {"user": factories.Sysadmin()["name"]}, id=dataset_id, **fields)


def test_a_compressed_page_is_one_gzip_member_with_the_same_bytes(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    plain, packed = app.get("/catalog.ttl", headers=IDENTITY), app.get("/catalog.ttl", headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    assert packed.headers["Content-Length"] == str(len(packed.data))


def test_each_coding_has_a_strong_tag_of_its_own(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    tags = {app.get("/catalog.ttl", headers=coding).headers["ETag"] for coding in (IDENTITY, GZIP)}
    assert len(tags) == 2
    assert not any(tag.startswith("W/") for tag in tags)
    for tag in tags:
        assert app.get("/catalog.ttl", headers={"If-None-Match": tag}, status=304).data == b""


@pytest.mark.parametrize("form", ["{tag}", "W/{tag}", '"other", {tag}', "*"])
def test_every_form_of_a_known_tag_is_answered_304(app: CKANTestApp, make_dataset: Make, form: str) -> None:
    make_dataset()
    tag = app.get("/catalog.ttl").headers["ETag"]
    response = app.get("/catalog.ttl", headers={"If-None-Match": form.format(tag=tag)}, status=304)
    assert response.headers["ETag"]
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_finished_page_is_kept_and_served_again(app: CKANTestApp, make_dataset: Make, folder: Path) -> None:
    make_dataset()
    first = app.get("/catalog.ttl", headers=IDENTITY).data
    assert {path.suffix for path in folder.iterdir()} == {".identity", ".gzip"}
    assert app.get("/catalog.ttl", headers=IDENTITY).data == first


def test_a_change_elsewhere_leaves_the_kept_page_in_use(
    app: CKANTestApp, make_dataset: Make, folder: Path, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.hokkaido_dcat.page_size", 1)
    owner = factories.Organization()["id"]
    _first, second, third = (make_dataset(owner_org=owner, title=f"データ{number}")["id"] for number in range(3))
    before = app.get("/catalog.ttl?page=2", headers=IDENTITY)
    _patch(third, title="別の題名")
    after = app.get("/catalog.ttl?page=2", headers=IDENTITY)
    assert (after.headers["ETag"], after.data) == (before.headers["ETag"], before.data)
    _patch(second, title="この題名")
    assert "この題名" in app.get("/catalog.ttl?page=2", headers=IDENTITY).body


def test_a_folder_that_cannot_be_written_fails_no_request(
    app: CKANTestApp, make_dataset: Make, tmp_path: Path, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("not a folder")
    monkeypatch.setitem(ckan_config, "ckanext.hokkaido_dcat.cache_folder", str(tmp_path / "a file"))
    make_dataset()
    assert "避難所一覧" in app.get("/catalog.ttl").body


def test_the_folder_is_trimmed_to_its_size(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    for number in range(5):
        cache.keep(f"page{number}", bytes(1000))
    assert cache.trim(10_000) == 0
    assert cache.trim(2_100) > 0
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 2_100


def test_a_withdrawn_dataset_is_gone_at_once(app: CKANTestApp, make_dataset: Make) -> None:
    dataset = make_dataset(title="引っ込めるデータ")
    path = f"/dataset/{dataset['id']}.ttl"
    tag = app.get(path).headers["ETag"]
    assert "引っ込めるデータ" in app.get("/catalog.ttl").body
    _patch(dataset["id"], private=True)
    assert app.get(path, headers={"If-None-Match": tag}, status=404)
    assert "引っ込めるデータ" not in app.get("/catalog.ttl").body


@pytest.mark.parametrize("path", ["/catalog.ttl", "/catalog.xml?profile=dcat-ap-2", "/dataset/{name}.jsonld"])
@pytest.mark.parametrize("coding", [IDENTITY, GZIP], ids=["plain", "gzip"])
def test_head_is_get_without_bytes(app: CKANTestApp, make_dataset: Make, path: str, coding: dict[str, str]) -> None:
    path = path.format(name=make_dataset()["name"])
    get, head = app.get(path, headers=coding), app.test_client().head(path, headers=coding)
    assert (head.status_code, head.data) == (200, b"")
    assert {*head.headers} == {*get.headers}
    assert head.headers["Content-Length"] == get.headers["Content-Length"] == str(len(get.data))


@pytest.mark.parametrize(
    ("asked", "header", "expected"),
    [
        ("", "", "dcat-ap-3"),
        ("?profile=dcat-ap-2", "", "dcat-ap-2"),
        ("?profile=2.1.1", "", "dcat-ap-2"),
        ("?profile=https://semiceu.github.io/DCAT-AP/releases/2.1.1/", "", "dcat-ap-2"),
        ("", "<https://semiceu.github.io/DCAT-AP/releases/2.1.1/>", "dcat-ap-2"),
        ("", "<https://example.org/unknown>, <https://semiceu.github.io/DCAT-AP/releases/2.1.1/>;q=0.5", "dcat-ap-2"),
        ("?profile=dcat-ap-3", "<https://semiceu.github.io/DCAT-AP/releases/2.1.1/>", "dcat-ap-3"),
        ("", "<https://example.org/unknown>", "dcat-ap-3"),
    ],
)
def test_the_profile_is_chosen_by_parameter_or_header(
    app: CKANTestApp, make_dataset: Make, asked: str, header: str, expected: str
) -> None:
    make_dataset()
    response = app.get(f"/catalog.nt{asked}", headers={"Accept-Profile": header} if header else {})
    decimal = "XMLSchema#decimal" in response.body
    assert decimal == (expected == "dcat-ap-2")
    assert ("2.1.1" in response.headers["Content-Profile"]) == (expected == "dcat-ap-2")


def test_pages_of_another_profile_link_to_pages_of_that_profile(
    app: CKANTestApp, make_dataset: Make, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.hokkaido_dcat.page_size", 1)
    make_dataset()
    make_dataset(title="別のデータ")
    (following,) = re.findall(r"hydra/core#next> <([^>]+)>", app.get("/catalog.nt?profile=dcat-ap-2").body)
    assert following.endswith("/catalog.nt?profile=dcat-ap-2&page=2")


def test_an_unknown_profile_is_refused_with_the_names_of_the_known(app: CKANTestApp) -> None:
    response = app.get("/catalog.ttl?profile=nonsense", status=400)
    assert response.content_type == "text/plain; charset=utf-8"
    assert "dcat-ap-3" in response.body


def test_links_name_every_profile_and_format(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    link = app.get("/catalog.ttl").headers["Link"]
    assert 'rel="profile"' in link
    assert link.count('rel="alternate"') == 11
    for address in re.findall(r"<(http://test.ckan.net/[^>]+)>", link):
        assert app.get(address.removeprefix("http://test.ckan.net")).status_code == 200


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/rdf+xml", "application/rdf+xml; charset=utf-8"),
        ("application/ld+json, text/turtle;q=0.5", "application/ld+json; charset=utf-8"),
        ("text/turtle;q=0.9, application/n-triples, */*;q=0.1", "application/n-triples; charset=utf-8"),
    ],
)
def test_the_iri_of_a_dataset_and_the_catalogue_answer_in_the_wanted_format(
    app: CKANTestApp, make_dataset: Make, accept: str, content_type: str
) -> None:
    dataset = make_dataset()
    for path in (f"/dataset/{dataset['id']}", "/catalog"):
        assert app.get(path, headers={"Accept": accept}).content_type == content_type


@pytest.mark.parametrize("accept", ["text/html,application/xhtml+xml,*/*;q=0.8", "*/*", "text/html, text/turtle;q=0.5"])
def test_browsers_see_pages_for_people(app: CKANTestApp, make_dataset: Make, accept: str) -> None:
    dataset = make_dataset()
    assert app.get(f"/dataset/{dataset['id']}", headers={"Accept": accept}).content_type.startswith("text/html")
    assert app.get("/catalog", headers={"Accept": accept}).content_type.startswith("text/html")


def test_pages_are_kept_beside_the_uploads_unless_told_otherwise(ckan_config: Any) -> None:
    assert config.cache_folder() == Path(ckan_config["ckan.storage_path"]) / "hokkaido_feed" / "pages"
