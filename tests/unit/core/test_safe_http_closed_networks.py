"""The one outgoing client reaches no closed network, by whatever name, redirect or proxy (SS-01 to SS-05)."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import Any

import pytest
from ill_site import always, moved, said, serving

from ckanext.hokkaido_core.domain.fetching import NotAllowed, NotResolved, Policy
from ckanext.hokkaido_core.safe_http import fetch


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:7f00:1]", "127.0.0.1.", "2130706433", "0x7f.1"]
)
def test_a_host_of_this_machine_is_not_connected_to(host: str) -> None:
    with serving(always(said())) as server, pytest.raises(NotAllowed):
        fetch(server.url(host=host), replace(server.policy, internal=()))
    assert server.asked == []


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/",
        "http://169.254.169.254:{port}/latest/meta-data/",
        "http://[::1]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f000001:{port}/",
        "//127.0.0.1:{port}/",
        "http://localhost:22/",
        "http://a@localhost:{port}/",
        "file:///etc/passwd",
        "http://[::1",
    ],
)
@pytest.mark.parametrize("status", ["302 Found", "307 Temporary Redirect"])
def test_a_redirect_into_a_closed_network_is_not_followed(target: str, status: str) -> None:
    def reply(talk: socket.socket, path: str) -> None:
        talk.sendall(moved(target.format(port=server.port), status))

    with serving(reply) as server, pytest.raises(NotAllowed):
        fetch(server.url("/first"), server.policy)
    assert len(server.asked) == 1


def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(always(said(b"proxy"))) as proxy, serving(always(said(b"site"))) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://localhost:{proxy.port}")
        assert fetch(server.url(), server.policy).body == b"site"


def test_the_proxy_of_the_settings_is_asked_for_everything() -> None:
    with serving(always(said(b"proxy"))) as proxy:
        policy = Policy(proxy=f"127.0.0.1:{proxy.port}")
        assert fetch("http://www.example.jp/list.csv", policy).body == b"proxy"
    assert proxy.asked[0].startswith("GET http://www.example.jp/list.csv HTTP/1.1\r\n")


def test_the_proxy_is_not_asked_for_a_closed_network_either() -> None:
    with serving(always(said(b"proxy"))) as proxy, pytest.raises(NotAllowed):
        fetch("http://169.254.169.254/", Policy(proxy=f"127.0.0.1:{proxy.port}"))
    assert proxy.asked == []


def _resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let the names of the network lead to some addresses, one list after the other."""
    asked: list[str] = []
    left = iter(answers)

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in next(left)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


def test_one_closed_address_among_several_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(always(said())) as server:
        _resolving(monkeypatch, ["8.8.8.8", "127.0.0.1"])
        with pytest.raises(NotAllowed):
            fetch(server.url(host="rebind.example"), server.policy)
    assert server.asked == []


def test_a_name_is_looked_up_once_for_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(always(said(b"here")), "127.0.0.2") as server:
        asked = _resolving(monkeypatch, ["127.0.0.2"], ["127.0.0.1"])
        policy = replace(server.policy, internal=("127.0.0.2",))
        assert fetch(server.url(host="rebind.example"), policy).body == b"here"
    assert asked == ["rebind.example"]


def test_a_name_that_leads_elsewhere_the_second_time_is_refused_then(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(always(moved("/b")), "127.0.0.2") as server:
        _resolving(monkeypatch, ["127.0.0.2"], ["127.0.0.1"])
        with pytest.raises(NotAllowed):
            fetch(server.url(host="rebind.example"), replace(server.policy, internal=("127.0.0.2",)))
    assert len(server.asked) == 1


def test_a_name_that_nobody_knows_is_told() -> None:
    with pytest.raises(NotResolved):
        fetch("http://no-such-host.invalid/", Policy())
