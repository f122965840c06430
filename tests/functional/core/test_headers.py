"""Headers that keep an upload harmless and a page out of foreign frames (UP-20, CS-04)."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")


def test_pages_declare_their_type_and_frame_policy(app: CKANTestApp) -> None:
    headers = app.get("/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"


def test_an_uploaded_page_is_saved_and_not_shown(app: CKANTestApp, create_with_upload: Any) -> None:
    dataset = factories.Dataset(owner_org=factories.Organization()["id"], license_id="CC-BY-4.0")
    editor = {"user": factories.Sysadmin()["name"]}
    resource = create_with_upload("<script>alert(1)</script>", "page.html", editor, package_id=dataset["id"])
    response = app.get(f"/dataset/{dataset['id']}/resource/{resource['id']}/download/page.html")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
