"""The one outgoing client gives up what never ends: time, bytes, headers (SS-09)."""

from __future__ import annotations

import gzip
import socket
import time
from dataclasses import replace

import pytest
from ill_site import Reply, always, moved, said, serving

from ckanext.hokkaido_core.domain.fetching import BadAnswer, TooBig, TooSlow
from ckanext.hokkaido_core.safe_http import fetch, stream


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
    with serving(reply) as server, pytest.raises(TooSlow):
        fetch(server.url(), replace(server.policy, seconds=0.4))
    assert time.monotonic() - began < 2


def test_time_counts_over_all_redirects_together() -> None:
    def reply(talk: socket.socket, path: str) -> None:
        time.sleep(0.15)
        talk.sendall(moved(f"{path}x"))

    with serving(reply) as server, pytest.raises(TooSlow):
        fetch(server.url("/"), replace(server.policy, seconds=0.4, redirects=50))


def _endless(talk: socket.socket, _path: str) -> None:
    talk.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        talk.sendall(b"x" * 65536)


def test_a_body_without_end_is_cut_at_its_limit() -> None:
    with serving(_endless) as server, pytest.raises(TooBig):
        fetch(server.url(), replace(server.policy, body_bytes=1_000_000))


def test_a_bomb_is_cut_while_it_is_unpacked() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    with serving(always(said(bomb, Content_Encoding="gzip"))) as server:
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
    with serving(always(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n")) as server, pytest.raises((TooBig, BadAnswer)):
        fetch(server.url(), server.policy)


def test_interim_answers_without_end_are_refused() -> None:
    with serving(always(b"HTTP/1.1 100 Continue\r\n\r\n" * 20_000)) as server, pytest.raises(TooBig):
        fetch(server.url(), server.policy)
