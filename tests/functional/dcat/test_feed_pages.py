"""The pages of the feed: what is on them, how they hang together, and what caches may do with them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pyoxigraph as ox
import pytest
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action

Make = Callable[..., dict[str, Any]]

HYDRA = "http://www.w3.org/ns/hydra/core#"
DCAT = "http://www.w3.org/ns/dcat#"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

FORMATS = {
    "ttl": ("text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
    "xml": ("application/rdf+xml; charset=utf-8", ox.RdfFormat.RDF_XML),
    "rdf": ("application/rdf+xml; charset=utf-8", ox.RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json; charset=utf-8", ox.RdfFormat.JSON_LD),
    "nt": ("application/n-triples; charset=utf-8", ox.RdfFormat.N_TRIPLES),
    "n3": ("text/n3; charset=utf-8", ox.RdfFormat.N3),
}

pytestmark = pytest.mark.usefixtures("empty_feed")


def _parse(response: Any, extension: str = "ttl") -> ox.Store:
    store = ox.Store()
    store.extend(ox.parse(response.data, format=FORMATS[extension][1]))
    return store


def _datasets(store: ox.Store) -> set[str]:
    return {quad.subject.value for quad in store.quads_for_pattern(None, TYPE, ox.NamedNode(DCAT + "Dataset"))}


def _values(store: ox.Store, predicate: str) -> list[ox.Term]:
    return [quad.object for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None)]


@pytest.mark.parametrize("extension", FORMATS)
def test_every_format_parses_strictly_and_says_what_it_is(app: CKANTestApp, make_dataset: Make, extension: str) -> None:
    make_dataset()
    response = app.get(f"/catalog.{extension}")
    assert response.content_type == FORMATS[extension][0]
    assert _datasets(_parse(response, extension))


def test_all_formats_state_the_same_about_the_datasets(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    make_dataset(title="別のデータ")
    statements = []
    for extension in ("ttl", "xml", "jsonld", "nt"):
        store = _parse(app.get(f"/catalog.{extension}"), extension)
        statements.append({str(quad) for quad in store if f"/catalog.{extension}" not in str(quad)})
    assert statements[0] == statements[1] == statements[2] == statements[3]


def test_there_are_no_blank_nodes(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    terms = [term for quad in _parse(app.get("/catalog.ttl")) for term in (quad.subject, quad.object)]
    assert terms
    assert not [term for term in terms if isinstance(term, ox.BlankNode)]


def test_two_requests_get_the_same_bytes(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    assert app.get("/catalog.ttl").data == app.get("/catalog.ttl").data


def test_an_empty_catalogue_is_a_page_too(app: CKANTestApp) -> None:
    store = _parse(app.get("/catalog.ttl"))
    assert _datasets(store) == set()
    assert [term.value for term in _values(store, HYDRA + "totalItems")] == ["0"]


@pytest.mark.ckan_config("ckanext.hokkaido_dcat.page_size", 2)
def test_a_harvester_that_follows_the_links_gets_every_dataset_once(app: CKANTestApp, make_dataset: Make) -> None:
    owner = factories.Organization()["id"]
    made = {make_dataset(owner_org=owner, title=f"データ{n}")["id"] for n in range(5)}
    seen: list[str] = []
    address: str | None = "/catalog.ttl"
    while address:
        store = _parse(app.get(address))
        seen += [name.rpartition("/")[2] for name in _datasets(store)]
        following = _values(store, HYDRA + "next")
        assert following == _values(store, HYDRA + "nextPage")
        assert [term.value for term in _values(store, HYDRA + "totalItems")] == ["5"]
        address = re.sub(r"^https?://[^/]+", "", following[0].value) if following else None
    assert sorted(seen) == sorted(made)


@pytest.mark.ckan_config("ckanext.hokkaido_dcat.page_size", 2)
def test_a_withdrawn_dataset_moves_no_other_to_another_page(app: CKANTestApp, make_dataset: Make) -> None:
    owner = factories.Organization()["id"]
    made = [make_dataset(owner_org=owner, title=f"データ{n}")["id"] for n in range(4)]
    before = _datasets(_parse(app.get("/catalog.ttl?page=2")))
    call_action("package_delete", {"user": factories.Sysadmin()["name"]}, id=made[0])
    after = _parse(app.get("/catalog.ttl?page=2"))
    assert _datasets(after) == before
    assert [term.value for term in _values(after, HYDRA + "totalItems")] == ["3"]


def test_the_page_node_is_what_each_known_harvester_looks_for(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    store = _parse(app.get("/catalog.ttl"))
    page = ox.NamedNode("http://test.ckan.net/catalog.ttl?page=1")
    types = {quad.object.value for quad in store.quads_for_pattern(page, TYPE, None)}
    assert types == {HYDRA + "PartialCollectionView", HYDRA + "PagedCollection"}
    assert all(isinstance(term, ox.NamedNode) for name in ("first", "last") for term in _values(store, HYDRA + name))
    assert _values(store, HYDRA + "next") == []


@pytest.mark.parametrize(("page", "status"), [("0", 400), ("-1", 400), ("abc", 400), ("99", 404)])
def test_a_page_that_does_not_exist_is_refused_in_plain_text(app: CKANTestApp, page: str, status: int) -> None:
    response = app.get(f"/catalog.ttl?page={page}", status=status)
    assert response.content_type == "text/plain; charset=utf-8"


@pytest.mark.parametrize("path", ["/catalog.ttl", "/dataset/{id}.ttl"])
def test_what_has_not_changed_is_not_sent_again(app: CKANTestApp, make_dataset: Make, path: str) -> None:
    path = path.format(**make_dataset())
    first = app.get(path)
    again = app.get(path, headers={"If-None-Match": first.headers["ETag"]}, status=304)
    assert again.data == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert not first.headers["ETag"].startswith("W/")


def test_a_tag_that_a_proxy_made_weak_is_still_known(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    tag = app.get("/catalog.ttl").headers["ETag"]
    app.get("/catalog.ttl", headers={"If-None-Match": f'W/{tag}, "other"'}, status=304)


@pytest.mark.parametrize("path", ["/catalog.ttl", "/dataset/{id}.ttl"])
def test_what_has_changed_is_sent_again(app: CKANTestApp, make_dataset: Make, path: str) -> None:
    dataset = make_dataset()
    path = path.format(**dataset)
    first = app.get(path)
    call_action("package_patch", {"user": factories.Sysadmin()["name"]}, id=dataset["id"], title="新しい題名")
    headers = {"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]}
    assert "新しい題名" in app.get(path, headers=headers).body
    assert "新しい題名" in app.get(path, headers={"If-Modified-Since": first.headers["Last-Modified"]}).body


@pytest.mark.ckan_config("ckanext.hokkaido_dcat.page_size", 1)
def test_an_edit_leaves_other_pages_as_they_were(app: CKANTestApp, make_dataset: Make) -> None:
    first, _second = make_dataset(), make_dataset()
    before = app.get("/catalog.ttl?page=2")
    call_action("package_patch", {"user": factories.Sysadmin()["name"]}, id=first["id"], title="新しい題名")
    app.get("/catalog.ttl?page=2", headers={"If-None-Match": before.headers["ETag"]}, status=304)


def test_an_old_time_gets_304(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    later = "Fri, 01 Jan 2100 00:00:00 GMT"
    app.get("/catalog.ttl", headers={"If-Modified-Since": later}, status=304)


@pytest.mark.parametrize("path", ["/catalog.ttl", "/catalog.xml", "/dataset/{id}.jsonld"])
def test_head_has_the_headers_of_get(app: CKANTestApp, make_dataset: Make, path: str) -> None:
    path = path.format(**make_dataset())
    get, head = app.get(path), app.test_client().head(path)
    names = ("Content-Type", "Content-Length", "ETag", "Cache-Control", "Vary", "Last-Modified")
    assert {name: head.headers.get(name) for name in names} == {name: get.headers.get(name) for name in names}
    assert head.data == b""
    assert int(get.headers["Content-Length"]) == len(get.data)


def test_caches_may_keep_a_page_and_must_ask_before_each_use(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    headers = app.get("/catalog.ttl").headers
    assert headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Set-Cookie" not in headers
    assert "Cookie" not in headers.get("Vary", "")


def test_other_pages_keep_the_cache_headers_of_ckan(app: CKANTestApp) -> None:
    assert "must-revalidate" not in app.get("/dataset/").headers["Cache-Control"]


def test_a_private_dataset_never_appears(app: CKANTestApp, make_dataset: Make) -> None:
    dataset = make_dataset(title="非公開のカナリア", private=True)
    for extension in FORMATS:
        assert "カナリア" not in app.get(f"/catalog.{extension}").data.decode()
        response = app.get(f"/dataset/{dataset['id']}.{extension}", status=404)
        assert "カナリア" not in response.data.decode()


def test_a_member_still_gets_the_description_of_a_private_dataset(app: CKANTestApp, make_dataset: Make) -> None:
    user = factories.UserWithToken()
    owner = factories.Organization(users=[{"name": user["name"], "capacity": "editor"}])
    dataset = make_dataset(title="下書き", private=True, owner_org=owner["id"])
    response = app.get(f"/dataset/{dataset['id']}.ttl", headers={"Authorization": user["token"]})
    assert "下書き" in response.body
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("key", ["id", "name"])
def test_a_dataset_has_a_page_of_its_own(app: CKANTestApp, make_dataset: Make, key: str) -> None:
    dataset = make_dataset()
    make_dataset(title="別のデータ")
    store = _parse(app.get(f"/dataset/{dataset[key]}.ttl"))
    assert _datasets(store) == {f"http://test.ckan.net/dataset/{dataset['id']}"}


def test_the_dataset_page_for_people_is_still_there(app: CKANTestApp, make_dataset: Make) -> None:
    dataset = make_dataset()
    assert "避難所一覧" in app.get(f"/dataset/{dataset['name']}").body


@pytest.mark.usefixtures("clean_index")
def test_other_profiles_of_ckanext_dcat_are_still_answered(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    response = app.get("/catalog.ttl?profiles=euro_dcat_ap_3")
    assert "避難所一覧" in response.body
    assert response.content_type == "text/turtle; charset=utf-8"


def test_the_action_gives_what_the_page_gives(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset()
    page = app.get("/catalog.nt")
    shown = app.get("/api/3/action/hokkaido_feed_page_show?format=nt").json["result"]
    assert shown["content"] == page.body
    assert f'"{shown["etag"]}"' == page.headers["ETag"]


@pytest.mark.parametrize("action", ["hokkaido_feed_rebuild", "hokkaido_feed_check", "hokkaido_feed_status_show"])
def test_upkeep_is_for_system_administrators(app: CKANTestApp, action: str) -> None:
    user, admin = factories.UserWithToken(), factories.SysadminWithToken()
    path = f"/api/3/action/{action}"
    assert app.post(path, json={}, status=403)
    assert app.post(path, json={}, headers={"Authorization": user["token"]}, status=403)
    assert app.post(path, json={}, headers={"Authorization": admin["token"]}).json["success"]
