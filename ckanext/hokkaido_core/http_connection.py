"""Connections that look at whom they reached, and end when their time is over.

The standard library's client stands below: it follows nothing, keeps no cookies and reads no environment, so that each
of these is in one place only.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from contextlib import suppress
from io import BufferedReader
from typing import Any, cast

from ckanext.hokkaido_core.domain.fetching import NotAllowed, NotReached, NotResolved, Policy, TooBig, TooSlow
from ckanext.hokkaido_core.domain.web_address import WebAddress

__all__ = ["Connection", "Watch"]

#: Families and addresses as `getaddrinfo` returns them.
_Found = list[tuple[Any, Any, int, str, Any]]


class Watch:
    """The time that is left for a request."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left.

        :raises TooSlow: when there are none.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TooSlow("the time for the whole request is over")
        return left

    @property
    def is_over(self) -> bool:
        """Tell whether the time is over."""
        return time.monotonic() >= self._end


class _Head:
    """The beginning of an answer, of which only so much is read."""

    def __init__(self, stream: BufferedReader, most: int) -> None:
        self._stream, self._left = stream, most

    def readline(self, size: int = -1) -> bytes:
        line = self._stream.readline(size)
        self._left -= len(line)
        if self._left < 0:
            raise TooBig("the headers of the answer are too long")
        return line

    def close(self) -> None:
        self._stream.close()


class _Answer(http.client.HTTPResponse):
    """An answer whose headers, with any number of interim ones before them, are bounded."""

    header_bytes = 0

    def begin(self) -> None:
        stream = self.fp
        self.fp = cast("BufferedReader", _Head(stream, self.header_bytes))
        try:
            super().begin()
        finally:
            if self.fp is not None:
                self.fp = stream


class Connection(http.client.HTTPConnection):
    """A connection to a host at an address that the policy allows: the address checked is the one connected to."""

    def __init__(self, address: WebAddress, policy: Policy, watch: Watch) -> None:
        host, port = _proxy(policy) if policy.proxy else (address.host, address.port)
        super().__init__(host, port, timeout=policy.connect_seconds)
        self._address, self._policy, self._watch = address, policy, watch
        self._alarm: threading.Timer | None = None
        self._twin: socket.socket | None = None
        self.response_class = type("_BoundedAnswer", (_Answer,), {"header_bytes": policy.header_bytes})
        if policy.proxy and address.scheme == "https":
            self.set_tunnel(address.host, address.port)

    def connect(self) -> None:
        self.sock = self._reach()
        self._set_alarm()
        if self._policy.proxy and self._address.scheme == "https":
            self._tunnel()  # type: ignore[attr-defined]  # The standard library's own, which it calls from `connect`.
        if self._address.scheme == "https":
            context = ssl.create_default_context(cafile=self._policy.ca_file or None)
            self.sock = context.wrap_socket(self.sock, server_hostname=self._address.host)

    def end(self) -> None:
        """Close it, and stop watching; the standard library calls `close` while the answer is still being read."""
        if self._alarm is not None:
            self._alarm.cancel()
        if self._twin is not None:
            self._twin.close()
        self.close()

    def _reach(self) -> socket.socket:
        found = _resolve(self.host, self.port, self._watch)
        if not self._policy.proxy and not all(
            self._policy.may_connect(self._address.host, _bare(peer[0])) for *_, peer in found
        ):
            # One closed address among several is enough: an honest public host has none.
            raise NotAllowed("the address leads into a closed network")
        for family, kind, protocol, _, peer in found:
            sock = socket.socket(family, kind, protocol)
            sock.settimeout(min(self._policy.connect_seconds, self._watch.left()))
            try:
                sock.connect(peer)
                self._check_peer(sock)
            except OSError:
                sock.close()
                continue
            except NotAllowed:
                sock.close()
                raise
            sock.settimeout(self._watch.left())
            return sock
        raise NotReached("the host does not answer")

    def _check_peer(self, sock: socket.socket) -> None:
        """Look once more, at the connection itself."""
        if not self._policy.proxy and not self._policy.may_connect(self._address.host, _bare(sock.getpeername()[0])):
            raise NotAllowed("the address leads into a closed network")

    def _set_alarm(self) -> None:
        """Cut the connection when the time is over; the timeout of a socket is for each reading, not for all."""
        self._twin = self.sock.dup()
        self._alarm = threading.Timer(self._watch.left(), _cut, [self._twin])
        self._alarm.daemon = True
        self._alarm.start()


def _cut(sock: socket.socket) -> None:
    # It may have ended by itself.
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _bare(peer: str) -> str:
    """Return an address without the interface that a link-local one carries."""
    return peer.partition("%")[0]


def _proxy(policy: Policy) -> tuple[str, int]:
    host, _, port = policy.proxy.rpartition(":")
    return host.strip("[]"), int(port)


def _resolve(host: str, port: int, watch: Watch) -> _Found:
    """Ask for the addresses of a host, in a thread, since the resolver knows no limit of time."""
    found: _Found = []

    def ask() -> None:
        try:
            found.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            found.clear()

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(watch.left())
    if thread.is_alive():
        raise TooSlow("the name of the host was not resolved in time")
    if not found:
        raise NotResolved("the name of the host is not known")
    return found
