"""The one way out: every request of the portal to another site goes through here (design D11).

Only http and https to public hosts; the address is checked on the connection itself, redirects are followed one by one
with the same checks, and there are limits for the time, the headers and the body, packed and unpacked.
"""

from __future__ import annotations

import http.client
import ssl
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urljoin

from ckanext.hokkaido_core.domain.fetching import (
    BadAnswer,
    FetchError,
    NotAllowed,
    NotReached,
    NotTrusted,
    Policy,
    TooBig,
    TooManyRedirects,
    TooSlow,
)
from ckanext.hokkaido_core.domain.web_address import WebAddress, WrongAddress, read_address
from ckanext.hokkaido_core.http_connection import Connection, Watch

__all__ = ["Answer", "check", "fetch", "stream"]

_CHUNK = 64 * 1024
_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
_PACKED = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
#: Headers that belong to one host and do not follow a redirect to another.
_PERSONAL = {"authorization", "cookie"}


@dataclass(slots=True)
class Answer:
    """What a site answered; `headers` are by lower-case name."""

    url: str
    status: int
    headers: dict[str, str]
    #: Where the address has gone for good; the address asked when it has not.
    permanent_url: str
    _raw: http.client.HTTPResponse = field(repr=False)
    _watch: Watch = field(repr=False)
    _most: int = field(repr=False)
    body: bytes = b""

    def chunks(self) -> Iterator[bytes]:
        """Yield the body, unpacked.

        :raises TooBig: when it is longer than it may be, as it came or unpacked.
        :raises TooSlow, NotReached, BadAnswer: when it breaks off.
        """
        unpack = _unpacking(self.headers.get("content-encoding", ""))
        total = 0
        for packed in self._packed():
            for chunk in unpack(packed):
                total += len(chunk)
                if total > self._most:
                    raise TooBig("the answer is too long once it is unpacked")
                yield chunk

    def _packed(self) -> Iterator[bytes]:
        total = 0
        while True:
            with _faults(self._watch):
                chunk = self._raw.read1(_CHUNK)
            if not chunk:
                break
            total += len(chunk)
            if total > self._most:
                raise TooBig("the answer is too long")
            yield chunk
        if self._watch.is_over:
            raise TooSlow("the time for the whole request is over")
        if self._raw.length:
            raise NotReached("the host broke off")


def check(url: str, policy: Policy) -> WebAddress:
    """Read an address as a request would, without asking anybody: for forms.

    :raises NotAllowed: when no request to it would be made.
    """
    try:
        address = read_address(url, policy.ports)
    except WrongAddress as wrong:
        raise NotAllowed(f"the address is refused: {wrong.fault}") from wrong
    policy.check(address)
    return address


def fetch(
    url: str,
    policy: Policy,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    first: int | None = None,
) -> Answer:
    """Ask for an address and return the answer with its body.

    :param method: `GET` or `HEAD`.
    :param first: only so many bytes of the body are wanted, the rest is not waited for.
    :raises FetchError: of one of its kinds.
    """
    with stream(url, policy, method=method, headers=headers) as answer:
        if method == "HEAD":
            return answer
        body = bytearray()
        for chunk in answer.chunks():
            body += chunk
            if first is not None and len(body) >= first:
                break
        answer.body = bytes(body[:first])
    return answer


@contextmanager
def stream(
    url: str, policy: Policy, *, method: str = "GET", headers: Mapping[str, str] | None = None
) -> Iterator[Answer]:
    """Ask for an address and yield the answer, whose body is read with `chunks`.

    :raises FetchError: of one of its kinds.
    """
    if method not in {"GET", "HEAD"}:
        raise ValueError(method)
    watch = Watch(policy.seconds)
    address = check(url, policy)
    asked, permanent, moves = address, address, True
    for _ in range(policy.redirects + 1):
        connection = Connection(address, policy, watch)
        raw = None
        try:
            raw = _ask(connection, address, policy, method, _headers_for(address, asked, headers or {}), watch)
            target = raw.headers.get("Location") if raw.status in _REDIRECTS else None
            if target is None:
                found = {name.lower(): value for name, value in raw.headers.items()}
                yield Answer(address.url, raw.status, found, permanent.url, raw, watch, policy.body_bytes)
                return
            following = _next(address, target, policy)
            moves = moves and raw.status in _PERMANENT
            permanent = following if moves else permanent
            address = following
        finally:
            if raw is not None:
                raw.close()
            connection.end()
    raise TooManyRedirects("the address leads on and on")


def _ask(
    connection: Connection,
    address: WebAddress,
    policy: Policy,
    method: str,
    headers: Mapping[str, str],
    watch: Watch,
) -> http.client.HTTPResponse:
    target = address.url if policy.proxy and address.scheme == "http" else address.target
    own = {
        "Host": address.netloc,
        "User-Agent": policy.user_agent,
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    with _faults(watch):
        connection.request(method, target, headers={"Accept": "*/*", **headers, **own})
        return connection.getresponse()


def _headers_for(address: WebAddress, asked: WebAddress, headers: Mapping[str, str]) -> dict[str, str]:
    same = (address.scheme, address.netloc) == (asked.scheme, asked.netloc)
    return {name: value for name, value in headers.items() if same or name.lower() not in _PERSONAL}


def _next(address: WebAddress, target: str, policy: Policy) -> WebAddress:
    # The standard library reads headers as Latin-1; addresses with raw UTF-8 in them are common.
    text = target.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        following = check(urljoin(address.url, text), policy)
    except ValueError as error:
        raise NotAllowed("the address is refused: shape") from error
    if address.scheme == "https" and following.scheme == "http":
        raise TooManyRedirects("the address leads from an encrypted page to one that is not")
    return following


@contextmanager
def _faults(watch: Watch) -> Iterator[None]:
    """Turn what the network and the standard library raise into the errors of this module."""
    try:
        yield
    except FetchError:
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        if watch.is_over or isinstance(error, TimeoutError):
            raise TooSlow("the time for the whole request is over") from error
        if isinstance(error, ssl.SSLCertVerificationError):
            raise NotTrusted("the certificate of the host does not hold") from error
        if isinstance(error, OSError | http.client.IncompleteRead | http.client.RemoteDisconnected):
            raise NotReached("the host broke off") from error
        raise BadAnswer("what was answered is not HTTP") from error


def _unpacking(coding: str) -> Callable[[bytes], Iterator[bytes]]:
    """Return how a body is unpacked, never more than a piece at a time whatever it says of itself."""
    coding = coding.strip().lower()
    if coding in {"", "identity"}:
        return lambda chunk: iter((chunk,))
    if coding not in _PACKED:
        raise BadAnswer("the answer is packed in a way that was not asked for")
    inflater = zlib.decompressobj(_PACKED[coding])

    def inflate(chunk: bytes) -> Iterator[bytes]:
        try:
            while chunk:
                yield inflater.decompress(chunk, _CHUNK)
                chunk = inflater.unconsumed_tail
        except zlib.error as error:
            raise BadAnswer("the answer cannot be unpacked") from error

    return inflate
