"""The one outgoing client follows a redirect, and takes nothing along that is not meant for where it leads."""

from __future__ import annotations

import itertools
import socket
from dataclasses import replace

import pytest
from ill_site import always, moved, said, serving

from ckanext.hokkaido_core.domain.fetching import TooManyRedirects
from ckanext.hokkaido_core.safe_http import fetch


def test_a_redirect_is_followed_and_what_moved_for_good_is_told() -> None:
    def reply(talk: socket.socket, path: str) -> None:
        following = {"/a": moved("/b", "301 Moved"), "/b": moved("/c", "308 Moved"), "/c": moved("/d")}
        talk.sendall(following.get(path, said(b"here")))

    with serving(reply) as server:
        answer = fetch(server.url("/a"), server.policy)
    assert (answer.url, answer.permanent_url, answer.body) == (server.url("/d"), server.url("/c"), b"here")


def test_a_redirect_in_raw_japanese_is_followed() -> None:
    def reply(talk: socket.socket, path: str) -> None:
        talk.sendall(
            said(b"here") if path != "/a" else b"HTTP/1.1 302 x\r\nLocation: /\xe4\xb8\x80\xe8\xa6\xa7\r\n\r\n"
        )

    with serving(reply) as server:
        assert fetch(server.url("/a"), server.policy).url == server.url("/%E4%B8%80%E8%A6%A7")


def test_an_address_that_leads_on_and_on_is_given_up() -> None:
    steps = itertools.count()
    with (
        serving(lambda talk, _path: talk.sendall(moved(f"/{next(steps)}"))) as server,
        pytest.raises(TooManyRedirects),
    ):
        fetch(server.url(), server.policy)
    assert len(server.asked) == 6


def test_what_belongs_to_one_host_does_not_follow_to_another() -> None:
    def reply(talk: socket.socket, path: str) -> None:
        talk.sendall(moved(f"http://localhost:{other.port}/") if path == "/a" else said())

    with serving(always(said())) as other, serving(reply) as server:
        policy = replace(server.policy, ports=(server.port, other.port))
        fetch(server.url("/a"), policy, headers={"Authorization": "secret", "Accept": "text/csv"})
    assert "secret" in server.asked[0]
    assert "secret" not in other.asked[0]
    assert "Accept: text/csv" in other.asked[0]


@pytest.mark.parametrize(
    "address", ["http://LOCALHOST:{port}/a", "http://localhost:{port}", "http://localhost:{port}?a=b"]
)
def test_what_is_personal_goes_to_the_host_that_was_asked_however_it_is_written(address: str) -> None:
    with serving(always(said())) as server:
        fetch(address.format(port=server.port), server.policy, headers={"Authorization": "secret"})
    assert "secret" in server.asked[0]
