"""The one reading of a web address: what is checked here is what is connected to, by the same words."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, quote, urlsplit

__all__ = ["LONGEST", "AddressFault", "WebAddress", "WrongAddress", "read_address"]

DEFAULT_PORTS = {"http": 80, "https": 443}
#: A longer address is none that the portal would ask.
LONGEST = 2048
#: What urllib.parse would drop in silence, and what clients read as another sign than it is.
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\\]")
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
#: Signs that stay as they are in a path or a query; a percent sign does, since addresses come already written with it.
_KEPT = "%/:=&?~+!$,;'@()*[]|-._"


class AddressFault:
    """Why an address is none that the portal would ask."""

    SHAPE = "shape"
    SCHEME = "scheme"
    USERINFO = "userinfo"
    HOST = "host"
    PORT = "port"


class WrongAddress(ValueError):
    """The address is none that the portal would ask; `fault` is one of `AddressFault`."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A web address, read: the host in ASCII without brackets, the target as it goes on the wire."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def netloc(self) -> str:
        """Return host and port as the header `Host` has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """Return the whole address, without a fragment."""
        return f"{self.scheme}://{self.netloc}{self.target}"

    @property
    def literal(self) -> IPv4Address | IPv6Address | None:
        """Return the address of the internet protocol that stands in place of a name, if one does."""
        try:
            return ip_address(self.host)
        except ValueError:
            return None


def read_address(text: str, ports: Collection[int] = (80, 443)) -> WebAddress:
    """Read a web address.

    :param ports: the ports that may be asked.
    :raises WrongAddress: for another scheme or port, a name and password, a host that is none or is written as a
        number, white space or control characters.
    """
    if len(text) > LONGEST or _CONTROL.search(text):
        raise WrongAddress(AddressFault.SHAPE)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise WrongAddress(AddressFault.SHAPE) from error
    if parts.scheme not in DEFAULT_PORTS:
        raise WrongAddress(AddressFault.SCHEME)
    if "@" in parts.netloc:
        raise WrongAddress(AddressFault.USERINFO)
    port = DEFAULT_PORTS[parts.scheme] if port is None else port
    host = _host(parts)
    if port not in ports:
        raise WrongAddress(AddressFault.PORT)
    target = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
    return WebAddress(parts.scheme, host, port, target)


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if ":" in host:
        if "%" in host:
            # The interface of a link-local address.
            raise WrongAddress(AddressFault.HOST)
        try:
            return str(IPv6Address(host))
        except ValueError as error:
            raise WrongAddress(AddressFault.HOST) from error
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise WrongAddress(AddressFault.HOST) from error
    if not _HOST.fullmatch(name):
        raise WrongAddress(AddressFault.HOST)
    name = name.removesuffix(".")
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        # 2130706433, 0x7f.1 and 0177.0.0.1 are all 127.0.0.1 for the resolver: only the usual form is accepted.
        try:
            return str(IPv4Address(name))
        except ValueError as error:
            raise WrongAddress(AddressFault.HOST) from error
    return name
