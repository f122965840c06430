"""What the outgoing HTTP client may do, and what can go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

from ckanext.hokkaido_core.domain.peer_address import is_forbidden, networks_of
from ckanext.hokkaido_core.domain.web_address import WebAddress

__all__ = [
    "BadAnswer",
    "FetchError",
    "NotAllowed",
    "NotReached",
    "NotResolved",
    "NotTrusted",
    "Policy",
    "TooBig",
    "TooManyRedirects",
    "TooSlow",
]


class FetchError(Exception):
    """Nothing was fetched.

    No kind of it is an `OSError`, so that nothing that tries again after faults of the network tries these again.
    """

    code = "fault"


class NotAllowed(FetchError):
    """The address is none that the portal may ask: by its shape, or because it leads into a closed network."""

    code = "not-allowed"


class NotResolved(FetchError):
    """The name of the host is not known."""

    code = "not-resolved"


class NotReached(FetchError):
    """The host does not answer, or breaks off."""

    code = "not-reached"


class NotTrusted(FetchError):
    """The certificate of the host does not hold."""

    code = "not-trusted"


class TooSlow(FetchError):
    """The time for the whole request is over."""

    code = "too-slow"


class TooBig(FetchError):
    """The answer is longer than it may be, as it came or unpacked."""

    code = "too-big"


class BadAnswer(FetchError):
    """What was answered is not HTTP."""

    code = "bad-answer"


class TooManyRedirects(FetchError):
    """The address leads on and on, or from an encrypted page to one that is not."""

    code = "redirects"


@dataclass(frozen=True, slots=True)
class Policy:
    """The limits of a request, in seconds and bytes, and what of the closed network may be asked."""

    #: For the whole request with all its redirects.
    seconds: float = 20
    #: For the handshake with one address.
    connect_seconds: float = 5
    header_bytes: int = 64 * 1024
    body_bytes: int = 50 * 1024 * 1024
    redirects: int = 5
    ports: tuple[int, ...] = (80, 443)
    #: Names of hosts, addresses and networks (`10.1.0.0/16`) that are allowed although they are not public.
    internal: tuple[str, ...] = ()
    #: Names of hosts that are not asked, whatever leads to them.
    never: tuple[str, ...] = ()
    #: `host:port` of the one proxy through which everything goes.
    proxy: str = ""
    ca_file: str = ""
    user_agent: str = "ckanext-hokkaido"

    def may_connect(self, host: str, peer: str | IPv4Address | IPv6Address) -> bool:
        """Tell whether a host may be spoken to at the address that its name led to."""
        return host in self.internal or not is_forbidden(peer, networks_of(self.internal))

    def check(self, address: WebAddress) -> None:
        """Refuse what is refused whatever a name may lead to, by the same rule as at the connection.

        :raises NotAllowed: for an address that is written as a number and leads into a closed network, and for a host
            that is never asked.
        """
        if address.host in self.never:
            raise NotAllowed("the host is not to be asked")
        literal = address.literal
        if literal is not None and not self.may_connect(address.host, literal):
            raise NotAllowed("the address leads into a closed network")
