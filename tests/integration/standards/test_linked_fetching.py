"""A file at another site is read no further than it is worth, and by its bytes, whatever its site calls it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from linked_site import TABLE, Reply, Site, serving

from ckanext.hokkaido_core.domain.fetching import Policy
from ckanext.hokkaido_standards.fetching import Asked, Fetched, fetch_file

CSV = {"Content-Type": "text/csv"}
BUSY = {"Retry-After": "7200"}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as server:
        yield server


def asked(site: Site, reply: Reply, **limits: Any) -> Fetched:
    site.replies["/aed.csv"] = reply
    given = {"ports": (site.server_address[1],), "internal": ("localhost",), "seconds": 5, **limits}
    return fetch_file(Asked(site.url()), Policy(**given))


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (Reply(TABLE, 200, {"Content-Type": "text/html"}), "fresh"),
        (Reply(TABLE, 200, {"Content-Type": "application/pdf"}), "fresh"),
        (Reply(TABLE, 200, {}), "fresh"),
        (Reply(b"PK\x03\x04", 200, {"Content-Type": "application/zip"}), "fresh"),
        (Reply(b"\r\n<html>", 200, CSV), "no-table"),
        (Reply(b"%PDF-1.7", 200, CSV), "no-table"),
        (Reply(b'{"type": "FeatureCollection"}', 200, CSV), "no-table"),
        (Reply(b"anything", 200, {"Content-Type": "image/png"}), "no-table"),
        (Reply(b"", 304), "away"),
        (Reply(b"", 300), "away"),
        (Reply(b"", 401), "not-there"),
        (Reply(b"", 404), "not-there"),
        (Reply(b"", 410), "taken-back"),
        (Reply(b"", 429, BUSY), "busy"),
        (Reply(b"", 500), "away"),
        (Reply(b"", 302, {"Location": "/aed.csv"}), "away"),
        (Reply(b"", 302, {"Location": "http://127.0.0.1/aed.csv"}), "refused"),
        (Reply(b"", 302, {"Location": "http://169.254.169.254/latest/meta-data/"}), "refused"),
    ],
    ids=lambda value: f"{value.status} {value.body[:8]!r}" if isinstance(value, Reply) else value,
)
def test_what_a_site_answers_is_told_apart(site: Site, reply: Reply, outcome: str) -> None:
    found = asked(site, reply)
    assert (found.outcome, found.rest) == (outcome, 7200 if reply.headers is BUSY else 0)


@pytest.mark.parametrize("headers", [{}, {"Content-Length": "20000000"}], ids=["without a word", "told before"])
def test_what_is_too_large_is_not_read_to_its_end(site: Site, headers: dict[str, str]) -> None:
    before = site.sent
    found = asked(site, Reply(TABLE * 100_000, headers={**CSV, **headers}), body_bytes=1 << 20)
    assert (found.outcome, found.content) == ("large", b"")
    assert site.sent - before < 8 << 20


def test_a_page_is_not_read_to_its_end(site: Site) -> None:
    before = site.sent
    assert asked(site, Reply(b"<!DOCTYPE html>" + b" " * (16 << 20))).outcome == "no-table"
    assert site.sent - before < 8 << 20


def test_a_site_that_does_not_end_is_given_up(site: Site) -> None:
    found = asked(site, Reply(None), seconds=0.5)
    assert (found.outcome, found.fault) == ("away", "too-slow")


@pytest.mark.parametrize("host", ["portal.example", "PORTAL.example.", "localhost"])
def test_the_portal_itself_is_never_asked(site: Site, host: str) -> None:
    before = len(site.asked)
    policy = Policy(ports=(site.server_address[1],), internal=("localhost",), never=("portal.example", "localhost"))
    assert fetch_file(Asked(site.url(host=host)), policy).outcome == "refused"
    assert len(site.asked) == before


def test_a_redirect_to_the_portal_itself_is_not_followed(site: Site) -> None:
    before = len(site.asked)
    leads = Reply(b"", 302, {"Location": site.url("/combined/08.csv", "portal.example")})
    assert asked(site, leads, never=("portal.example",)).outcome == "refused"
    assert len(site.asked) == before + 1


def test_marks_of_its_version_are_taken_and_sent_back(site: Site) -> None:
    marks = {"ETag": '"1"', "Last-Modified": "Thu, 26 Nov 2026 01:00:00 GMT"}
    found = asked(site, Reply(headers=marks, unless='"1"'))
    assert (found.content, found.etag, found.modified) == (TABLE, *marks.values())
    policy = Policy(ports=(site.server_address[1],), internal=("localhost",))
    again = fetch_file(Asked(site.url(), found.etag, found.modified), policy)
    assert (again.outcome, site.asked[-1][1]["If-Modified-Since"]) == ("same", found.modified)
    assert len(asked(site, Reply(headers={"ETag": "x" * 600})).etag) == 0


def test_a_name_that_leads_into_a_closed_network_is_not_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the name led to before, the address of the connection itself is looked at."""
    port, before = site.server_address[1], len(site.asked)
    there = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: there)
    found = fetch_file(Asked(site.url(host="rebind.example")), Policy(ports=(port,), internal=("localhost",)))
    assert (found.outcome, found.fault, len(site.asked) - before) == ("refused", "not-allowed", 0)
