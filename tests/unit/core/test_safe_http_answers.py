"""The one outgoing client reads what real servers answer, whatever that is (SS-16)."""

from __future__ import annotations

import gzip
import http.client
import socket

import pytest
from ill_site import always, said, serving

from ckanext.hokkaido_core.domain.fetching import (
    BadAnswer,
    NotAllowed,
    NotReached,
    NotResolved,
    NotTrusted,
    TooBig,
    TooManyRedirects,
    TooSlow,
)
from ckanext.hokkaido_core.safe_http import fetch


def test_an_answer_is_read_with_its_headers() -> None:
    with serving(always(said(b"a,b\n1,2\n", Content_Type="text/csv"))) as server:
        answer = fetch(server.url("/list.csv?a=b"), server.policy)
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, b"a,b\n1,2\n", "text/csv")
    assert server.asked[0].startswith(f"GET /list.csv?a=b HTTP/1.1\r\nAccept: */*\r\nHost: localhost:{server.port}\r\n")


def test_a_packed_answer_is_unpacked() -> None:
    packed = gzip.compress("一覧".encode() * 1000)
    with serving(always(said(packed, Content_Encoding="gzip"))) as server:
        assert fetch(server.url(), server.policy).body == "一覧".encode() * 1000


def test_only_the_first_bytes_are_taken_where_no_more_are_wanted() -> None:
    with serving(always(said(b"x" * 100_000))) as server:
        assert fetch(server.url(), server.policy, first=16).body == b"x" * 16


def test_cookies_are_not_kept() -> None:
    def reply(talk: socket.socket, path: str) -> None:
        talk.sendall(said(status="302 Found", Location="/b", Set_Cookie="a=b") if path == "/a" else said())

    with serving(reply) as server:
        fetch(server.url("/a"), server.policy)
    assert "cookie" not in server.asked[1].lower()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"SSH-2.0-OpenSSH\r\n", BadAnswer),
        (b"", NotReached),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", NotReached),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", NotReached),
        (said(b"not gzip", Content_Encoding="gzip"), BadAnswer),
        (said(b"x", Content_Encoding="br"), BadAnswer),
    ],
    ids=["another protocol", "nothing", "half", "wrong chunk", "wrong packing", "unknown packing"],
)
def test_an_answer_that_is_none_is_told(answer: bytes, error: type[Exception]) -> None:
    with serving(always(answer)) as server, pytest.raises(error):
        fetch(server.url(), server.policy)


def test_a_closed_port_is_told() -> None:
    with serving(always(said())) as server:
        pass
    with pytest.raises(NotReached):
        fetch(server.url(), server.policy)


def test_no_fault_is_one_of_the_network_that_would_be_tried_again() -> None:
    kinds = (NotAllowed, NotReached, NotResolved, NotTrusted, TooBig, TooSlow, BadAnswer, TooManyRedirects)
    assert not any(issubclass(kind, OSError | http.client.HTTPException) for kind in kinds)
