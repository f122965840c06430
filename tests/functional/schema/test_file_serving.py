"""What people upload never runs on the portal's origin, and is refused where it is not what it says (UP-18, UP-20)."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")

SCRIPT = b"alert(document.domain)"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>' + SCRIPT + b"</script></svg>"
#: Files that a browser would run if they were opened on the portal's origin.
ACTIVE = {
    "page.html": b"<!DOCTYPE html><script>" + SCRIPT + b"</script>",
    "drawing.svg": SVG,
    "sheet.xml": b'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="x.xsl"?><a/>',
    "paper.pdf": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF",
    "picture.png": b"\x89PNG\r\n\x1a\n<script>" + SCRIPT + b"</script>",
    "noextension": b"<html><script>" + SCRIPT + b"</script>",
}

REFUSED = [
    ("list.csv", ACTIVE["page.html"], "ウェブページ（HTML）です"),
    ("list.xlsx", ACTIVE["page.html"], "ウェブページ（HTML）です"),
    ("photo.png", SVG, "名前の末尾を .svg に"),
    ("list.csv", b"", "0バイト"),
    ("tool.csv", b"\x7fELF\x02\x01", "プログラムです"),
]


@pytest.fixture
def dataset() -> dict[str, Any]:
    return factories.Dataset(owner_org=factories.Organization()["id"], license_id="CC-BY-4.0")


@pytest.fixture
def key() -> dict[str, str]:
    return {"Authorization": factories.APIToken(user=factories.Sysadmin()["name"])["token"]}


def _upload(app: CKANTestApp, dataset: dict[str, Any], key: dict[str, str], name: str, content: bytes) -> Any:
    data = {"package_id": dataset["id"], "name": name, "upload": (io.BytesIO(content), name)}
    return app.post("/api/action/resource_create", data=data, headers=key, status=None)


def test_an_upload_is_saved_and_never_shown(app: CKANTestApp, dataset: dict[str, Any], key: dict[str, str]) -> None:
    for name, content in ACTIVE.items():
        resource = json.loads(_upload(app, dataset, key, name, content).body)["result"]
        for asked in ({}, {"Range": "bytes=0-"}):
            response = app.get(resource["url"].partition("test.ckan.net")[2], headers=asked)
            assert response.headers["Content-Disposition"].startswith("attachment")
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
            assert response.data == content


def test_the_page_of_an_upload_runs_nothing_of_it(
    app: CKANTestApp, dataset: dict[str, Any], key: dict[str, str]
) -> None:
    for name in ("page.html", "drawing.svg", "noextension"):
        resource = json.loads(_upload(app, dataset, key, name, ACTIVE[name]).body)["result"]
        assert b"<script>" + SCRIPT not in app.get(f"/dataset/{dataset['name']}/resource/{resource['id']}").data


def test_what_is_not_what_it_says_is_refused_and_nothing_is_kept(
    app: CKANTestApp, dataset: dict[str, Any], key: dict[str, str]
) -> None:
    for name, content, message in REFUSED:
        response = _upload(app, dataset, key, name, content)
        assert response.status_code == 409
        assert message in json.loads(response.body)["error"]["upload"][0]
    shown = json.loads(app.get(f"/api/action/package_show?id={dataset['id']}").body)["result"]
    assert shown["resources"] == []


def test_the_form_says_why_a_file_is_refused(app: CKANTestApp, dataset: dict[str, Any], key: dict[str, str]) -> None:
    data = {"id": "", "save": "go-metadata", "url": "list.csv", "upload": (io.BytesIO(ACTIVE["page.html"]), "list.csv")}
    response = app.post(f"/dataset/{dataset['name']}/resource/new", data=data, headers=key)
    assert "「list.csv」の中身は、名前と違ってウェブページ" in response.body


def test_a_workbook_under_another_name_is_kept_as_what_it_is(
    app: CKANTestApp, dataset: dict[str, Any], key: dict[str, str]
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        new.writestr("docProps/app.xml", "<x/>")
        new.writestr("xl/workbook.xml", "<x/>")
    resource = json.loads(_upload(app, dataset, key, "list.csv", stream.getvalue()).body)["result"]
    assert resource["format"] == "XLSX"
    assert resource["mimetype"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_a_name_breaks_out_of_no_header(app: CKANTestApp, dataset: dict[str, Any], key: dict[str, str]) -> None:
    for name in ('a"; filename=b.html', "改行%0d%0aX-Evil: 1.csv", "../../etc/passwd.csv", "避難所.csv"):
        resource = json.loads(_upload(app, dataset, key, name, b"a,b\n1,2\n").body)["result"]
        response = app.get(resource["url"].partition("test.ckan.net")[2])
        assert "X-Evil" not in response.headers
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert ".." not in resource["url"]


def test_an_organisation_gets_no_drawing_with_a_script(app: CKANTestApp, key: dict[str, str]) -> None:
    for name in ("logo.svg", "logo.png"):
        data = {"name": "unit", "title": "課", "kind": "department", "image_upload": (io.BytesIO(SVG), name)}
        response = app.post("/api/action/organization_create", data=data, headers=key, status=None)
        assert response.status_code == 409
        assert "image_upload" in json.loads(response.body)["error"]


def test_the_picture_of_an_organisation_is_served_in_a_sandbox(app: CKANTestApp, key: dict[str, str]) -> None:
    picture = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
        "0000000049454e44ae426082"
    )
    data = {"name": "unit", "title": "課", "kind": "department", "image_upload": (io.BytesIO(picture), "logo.png")}
    made = json.loads(app.post("/api/action/organization_create", data=data, headers=key).body)["result"]
    response = app.get(made["image_display_url"].partition("test.ckan.net")[2])
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
