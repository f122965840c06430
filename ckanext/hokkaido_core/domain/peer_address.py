"""Which addresses of the internet protocol the portal may speak to: those of the public internet, and no others.

The networks are those of the IANA registries of special-purpose addresses (RFC 6890 and its successors). Addresses that
carry another address inside (mapped, 6to4, NAT64, Teredo) are refused as a whole, since what is inside may be anything.
"""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

__all__ = ["Address", "Network", "is_forbidden", "networks_of"]

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_FORBIDDEN_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # This network; Linux connects 0.0.0.0 to itself.
        "10.0.0.0/8",
        "100.64.0.0/10",  # Shared by carriers.
        "127.0.0.0/8",
        "169.254.0.0/16",  # Link-local, and the metadata services of clouds.
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # Multicast.
        "240.0.0.0/4",  # Reserved, and broadcast.
    )
)
#: Everything outside of it is local, multicast, mapped, NAT64 (64:ff9b::/96) or not given out.
_GLOBAL_6 = IPv6Network("2000::/3")
_FORBIDDEN_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # Teredo, benchmarking, ORCHID and other protocols.
        "2001:db8::/32",
        "2002::/16",  # 6to4.
        "3fff::/20",
    )
)


def is_forbidden(address: Address | str, allowed: Collection[Network] = ()) -> bool:
    """Tell whether an address must not be connected to.

    :param allowed: networks of the operator's own that may be (a closed administrative network).
    """
    found = ip_address(address) if isinstance(address, str) else address
    if any(found.version == network.version and found in network for network in allowed):
        return False
    if isinstance(found, IPv4Address):
        return any(found in network for network in _FORBIDDEN_4)
    return found not in _GLOBAL_6 or found.scope_id is not None or any(found in network for network in _FORBIDDEN_6)


def networks_of(words: Collection[str]) -> tuple[Network, ...]:
    """Return those of some words that are addresses or networks; the others are names of hosts."""
    found = []
    for word in words:
        try:
            found.append(ip_network(word.strip("[]"), strict=False))
        except ValueError:
            continue
    return tuple(found)
