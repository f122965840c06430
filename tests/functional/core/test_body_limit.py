"""A request is as large as the largest file with its form, and no larger."""

from __future__ import annotations

import io

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests.helpers import CKANTestApp

pytestmark = pytest.mark.usefixtures("clean_db", "with_plugins")
LIMIT = "MAX_CONTENT_LENGTH"


def test_there_is_room_for_the_largest_file_and_its_form(app: CKANTestApp) -> None:
    limit = app.flask_app.config[LIMIT]
    assert (tk.config["ckan.max_resource_size"] << 20) < limit < (tk.config["ckan.max_resource_size"] + 10 << 20)


@pytest.mark.parametrize(
    "headers", [{}, {"Transfer-Encoding": "chunked", "Content-Length": ""}], ids=["said", "chunked"]
)
def test_a_larger_request_is_refused_with_what_to_do(
    app: CKANTestApp, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    monkeypatch.setitem(app.flask_app.config, LIMIT, 10_000)
    body = b"a" * 20_000
    environ = {"wsgi.input_terminated": True} if headers else {}
    refused = app.post(
        "/standards/try",
        data={"upload": (io.BytesIO(body), "a.csv")},
        content_type="multipart/form-data",
        headers=headers,
        environ_overrides=environ,
        status=413,
    )
    assert "ファイルが大きすぎます" in refused.body
    assert "ファイルを分けるか" in refused.body
    monkeypatch.setitem(app.flask_app.config, LIMIT, 100_000)
    assert app.post("/standards/try", data={"upload": (io.BytesIO(body), "a.csv")}).status_code == 200
