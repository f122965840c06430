"""Compiled files stay with the browser; nothing else does."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.hokkaido_core.static_files import KeepCompiledFiles

CKAN = [("Cache-Control", "no-cache, public, max-age=0"), ("Vary", "Cookie"), ("ETag", '"x"')]


def _headers(path: str, status: str) -> dict[str, str]:
    told: dict[str, str] = {}

    def inner(_environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response(status, CKAN)
        return [b""]

    KeepCompiledFiles(inner)({"PATH_INFO": path}, lambda _status, headers, *_rest: told.update(headers))
    return told


@pytest.mark.parametrize("status", ["200 OK", "304 NOT MODIFIED"])
def test_a_compiled_file_is_kept_for_a_year(status: str) -> None:
    headers = _headers("/webassets/hokkaido_core/7b439c28_main.css", status)
    assert "immutable" in headers["Cache-Control"]
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["ETag"] == '"x"'


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/webassets/hokkaido_core/7b439c28_main.css", "404 NOT FOUND"),
        ("/webassets/hokkaido_core/main.css", "200 OK"),
        ("/dataset/7b439c28_main.css", "200 OK"),
        ("/", "200 OK"),
    ],
)
def test_everything_else_is_left_to_ckan(path: str, status: str) -> None:
    assert _headers(path, status) == dict(CKAN)
