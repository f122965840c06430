"""The one outgoing client against real servers that mean ill (SS-01 to SS-05, SS-09, SS-16)."""

from __future__ import annotations

import gzip
import http.client
import itertools
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from ckanext.hokkaido_core.domain.fetching import (
    BadAnswer,
    NotAllowed,
    NotReached,
    NotResolved,
    NotTrusted,
    Policy,
    TooBig,
    TooManyRedirects,
    TooSlow,
)
from ckanext.hokkaido_core.safe_http import fetch, stream

Reply = Callable[[socket.socket, str], None]


@dataclass
class Server:
    """A server that answers each connection by a function, and keeps what was asked."""

    port: int
    asked: list[str] = field(default_factory=list)
    policy: Policy = field(default_factory=Policy)

    def url(self, path: str = "/", host: str = "localhost") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def _serving(reply: Reply, address: str = "127.0.0.1", context: ssl.SSLContext | None = None) -> Iterator[Server]:
    listener = socket.create_server((address, 0))
    server = Server(listener.getsockname()[1])
    server.policy = Policy(ports=(server.port,), internal=("localhost",), seconds=5)

    def one(connection: socket.socket) -> None:
        with connection:
            try:
                talk = context.wrap_socket(connection, server_side=True) if context else connection
                head = b""
                while b"\r\n\r\n" not in head and (more := talk.recv(4096)):
                    head += more
                server.asked.append(head.decode())
                reply(talk, head.decode().split(" ")[1] if head else "")
            except OSError:
                return

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=one, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _said(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *lines])
    return head.encode() + b"\r\n\r\n" + body


def _always(answer: bytes) -> Reply:
    return lambda talk, _path: talk.sendall(answer)


def _moved(to: str, status: str = "302 Found") -> bytes:
    return _said(status=status, Location=to)


def test_an_answer_is_read_with_its_headers() -> None:
    with _serving(_always(_said(b"a,b\n1,2\n", Content_Type="text/csv"))) as server:
        answer = fetch(server.url("/list.csv?a=b"), server.policy)
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, b"a,b\n1,2\n", "text/csv")
    assert server.asked[0].startswith(f"GET /list.csv?a=b HTTP/1.1\r\nAccept: */*\r\nHost: localhost:{server.port}\r\n")


def test_a_packed_answer_is_unpacked() -> None:
    packed = gzip.compress("一覧".encode() * 1000)
    with _serving(_always(_said(packed, Content_Encoding="gzip"))) as server:
        assert fetch(server.url(), server.policy).body == "一覧".encode() * 1000


def test_only_the_first_bytes_are_taken_where_no_more_are_wanted() -> None:
    with _serving(_always(_said(b"x" * 100_000))) as server:
        assert fetch(server.url(), server.policy, first=16).body == b"x" * 16


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:7f00:1]", "127.0.0.1.", "2130706433", "0x7f.1"]
)
def test_a_host_of_this_machine_is_not_connected_to(host: str) -> None:
    with _serving(_always(_said())) as server, pytest.raises(NotAllowed):
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
        talk.sendall(_moved(target.format(port=server.port), status))

    with _serving(reply) as server, pytest.raises(NotAllowed):
        fetch(server.url("/first"), server.policy)
    assert len(server.asked) == 1


def test_a_redirect_is_followed_and_what_moved_for_good_is_told() -> None:
    def reply(talk: socket.socket, path: str) -> None:
        following = {"/a": _moved("/b", "301 Moved"), "/b": _moved("/c", "308 Moved"), "/c": _moved("/d")}
        talk.sendall(following.get(path, _said(b"here")))

    with _serving(reply) as server:
        answer = fetch(server.url("/a"), server.policy)
    assert (answer.url, answer.permanent_url, answer.body) == (server.url("/d"), server.url("/c"), b"here")


def test_a_redirect_in_raw_japanese_is_followed() -> None:
    def reply(talk: socket.socket, path: str) -> None:
        talk.sendall(
            _said(b"here") if path != "/a" else b"HTTP/1.1 302 x\r\nLocation: /\xe4\xb8\x80\xe8\xa6\xa7\r\n\r\n"
        )

    with _serving(reply) as server:
        assert fetch(server.url("/a"), server.policy).url == server.url("/%E4%B8%80%E8%A6%A7")


def test_an_address_that_leads_on_and_on_is_given_up() -> None:
    steps = itertools.count()
    with (
        _serving(lambda talk, _path: talk.sendall(_moved(f"/{next(steps)}"))) as server,
        pytest.raises(TooManyRedirects),
    ):
        fetch(server.url(), server.policy)
    assert len(server.asked) == 6


def test_what_belongs_to_one_host_does_not_follow_to_another() -> None:
    def reply(talk: socket.socket, path: str) -> None:
        talk.sendall(_moved(f"http://localhost:{other.port}/") if path == "/a" else _said())

    with _serving(_always(_said())) as other, _serving(reply) as server:
        policy = replace(server.policy, ports=(server.port, other.port))
        fetch(server.url("/a"), policy, headers={"Authorization": "secret", "Accept": "text/csv"})
    assert "secret" in server.asked[0]
    assert "secret" not in other.asked[0]
    assert "Accept: text/csv" in other.asked[0]


@pytest.mark.parametrize(
    "address", ["http://LOCALHOST:{port}/a", "http://localhost:{port}", "http://localhost:{port}?a=b"]
)
def test_what_is_personal_goes_to_the_host_that_was_asked_however_it_is_written(address: str) -> None:
    with _serving(_always(_said())) as server:
        fetch(address.format(port=server.port), server.policy, headers={"Authorization": "secret"})
    assert "secret" in server.asked[0]


def test_cookies_are_not_kept() -> None:
    def reply(talk: socket.socket, path: str) -> None:
        talk.sendall(_said(status="302 Found", Location="/b", Set_Cookie="a=b") if path == "/a" else _said())

    with _serving(reply) as server:
        fetch(server.url("/a"), server.policy)
    assert "cookie" not in server.asked[1].lower()


def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with _serving(_always(_said(b"proxy"))) as proxy, _serving(_always(_said(b"site"))) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://localhost:{proxy.port}")
        assert fetch(server.url(), server.policy).body == b"site"


def test_the_proxy_of_the_settings_is_asked_for_everything() -> None:
    with _serving(_always(_said(b"proxy"))) as proxy:
        policy = Policy(proxy=f"127.0.0.1:{proxy.port}")
        assert fetch("http://www.example.jp/list.csv", policy).body == b"proxy"
    assert proxy.asked[0].startswith("GET http://www.example.jp/list.csv HTTP/1.1\r\n")


def test_the_proxy_is_not_asked_for_a_closed_network_either() -> None:
    with _serving(_always(_said(b"proxy"))) as proxy, pytest.raises(NotAllowed):
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
    with _serving(_always(_said())) as server:
        _resolving(monkeypatch, ["8.8.8.8", "127.0.0.1"])
        with pytest.raises(NotAllowed):
            fetch(server.url(host="rebind.example"), server.policy)
    assert server.asked == []


def test_a_name_is_looked_up_once_for_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    with _serving(_always(_said(b"here")), "127.0.0.2") as server:
        asked = _resolving(monkeypatch, ["127.0.0.2"], ["127.0.0.1"])
        policy = replace(server.policy, internal=("127.0.0.2",))
        assert fetch(server.url(host="rebind.example"), policy).body == b"here"
    assert asked == ["rebind.example"]


def test_a_name_that_leads_elsewhere_the_second_time_is_refused_then(monkeypatch: pytest.MonkeyPatch) -> None:
    with _serving(_always(_moved("/b")), "127.0.0.2") as server:
        _resolving(monkeypatch, ["127.0.0.2"], ["127.0.0.1"])
        with pytest.raises(NotAllowed):
            fetch(server.url(host="rebind.example"), replace(server.policy, internal=("127.0.0.2",)))
    assert len(server.asked) == 1


def test_a_name_that_nobody_knows_is_told() -> None:
    with pytest.raises(NotResolved):
        fetch("http://no-such-host.invalid/", Policy())


def test_a_closed_port_is_told() -> None:
    with _serving(_always(_said())) as server:
        pass
    with pytest.raises(NotReached):
        fetch(server.url(), server.policy)


def _drip(piece: bytes, first: bytes = b"") -> Reply:
    def reply(talk: socket.socket, _path: str) -> None:
        talk.sendall(first)
        while True:
            talk.sendall(piece)
            time.sleep(0.01)

    return reply


@pytest.mark.parametrize(
    "reply",
    [
        _drip(b"H"),
        _drip(b"a", b"HTTP/1.1 200 OK\r\nX: "),
        _drip(b"x", b"HTTP/1.1 200 OK\r\n\r\n"),
        _drip(b"1\r\nx\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
        _drip(b"", b""),
    ],
    ids=["status line", "header", "body", "chunks", "silence"],
)
def test_an_answer_that_never_ends_is_cut_when_the_time_is_over(reply: Reply) -> None:
    began = time.monotonic()
    with _serving(reply) as server, pytest.raises(TooSlow):
        fetch(server.url(), replace(server.policy, seconds=0.4))
    assert time.monotonic() - began < 2


def test_time_counts_over_all_redirects_together() -> None:
    def reply(talk: socket.socket, path: str) -> None:
        time.sleep(0.15)
        talk.sendall(_moved(f"{path}x"))

    with _serving(reply) as server, pytest.raises(TooSlow):
        fetch(server.url("/"), replace(server.policy, seconds=0.4, redirects=50))


def _endless(talk: socket.socket, _path: str) -> None:
    talk.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        talk.sendall(b"x" * 65536)


def test_a_body_without_end_is_cut_at_its_limit() -> None:
    with _serving(_endless) as server, pytest.raises(TooBig):
        fetch(server.url(), replace(server.policy, body_bytes=1_000_000))


def test_a_bomb_is_cut_while_it_is_unpacked() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    with _serving(_always(_said(bomb, Content_Encoding="gzip"))) as server:
        policy = replace(server.policy, body_bytes=1_000_000)
        with stream(server.url(), policy) as answer:
            pieces = []
            with pytest.raises(TooBig):
                pieces.extend(len(piece) for piece in answer.chunks())
    assert max(pieces) <= 65536


@pytest.mark.parametrize(
    "head",
    [b"X: " + b"a" * 60_000 + b"\r\n" + b"Y: " + b"a" * 60_000, b"X: a\r\n" * 9_000],
    ids=["long", "many"],
)
def test_headers_without_end_are_refused(head: bytes) -> None:
    with _serving(_always(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n")) as server, pytest.raises((TooBig, BadAnswer)):
        fetch(server.url(), server.policy)


def test_interim_answers_without_end_are_refused() -> None:
    with _serving(_always(b"HTTP/1.1 100 Continue\r\n\r\n" * 20_000)) as server, pytest.raises(TooBig):
        fetch(server.url(), server.policy)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"SSH-2.0-OpenSSH\r\n", BadAnswer),
        (b"", NotReached),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", NotReached),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", NotReached),
        (_said(b"not gzip", Content_Encoding="gzip"), BadAnswer),
        (_said(b"x", Content_Encoding="br"), BadAnswer),
    ],
    ids=["another protocol", "nothing", "half", "wrong chunk", "wrong packing", "unknown packing"],
)
def test_an_answer_that_is_none_is_told(answer: bytes, error: type[Exception]) -> None:
    with _serving(_always(answer)) as server, pytest.raises(error):
        fetch(server.url(), server.policy)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a certificate for localhost, with its key, that nobody has signed."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", path, "-out", f"{path}.crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path


def _tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_a_certificate_that_does_not_hold_is_refused(certificate: Path) -> None:
    with _serving(_always(_said()), context=_tls(certificate)) as server, pytest.raises(NotTrusted):
        fetch(server.url().replace("http:", "https:"), server.policy)
    assert server.asked == []


def test_the_operators_own_authority_is_trusted(certificate: Path) -> None:
    with _serving(_always(_said(b"here")), context=_tls(certificate)) as server:
        policy = replace(server.policy, ca_file=str(certificate))
        assert fetch(server.url().replace("http:", "https:"), policy).body == b"here"


def test_an_encrypted_page_does_not_lead_to_one_that_is_not(certificate: Path) -> None:
    def reply(talk: socket.socket, path: str) -> None:
        talk.sendall(_moved(f"http://localhost:{server.port}/"))

    with _serving(reply, context=_tls(certificate)) as server, pytest.raises(TooManyRedirects):
        fetch(server.url().replace("http:", "https:"), replace(server.policy, ca_file=str(certificate)))
    assert len(server.asked) == 1


def test_no_fault_is_one_of_the_network_that_would_be_tried_again() -> None:
    kinds = (NotAllowed, NotReached, NotResolved, NotTrusted, TooBig, TooSlow, BadAnswer, TooManyRedirects)
    assert not any(issubclass(kind, OSError | http.client.HTTPException) for kind in kinds)
