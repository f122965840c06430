"""Which addresses the portal speaks to (SS-01, SS-02)."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_core.domain.peer_address import is_forbidden, networks_of

CLOSED = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",  # noqa: S104 - an address, nothing is bound to it.
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "100.127.255.255",
    "169.254.169.254",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::1",
    "3fff::1",
    "fc00::1",
    "fd00::1",
    "fe80::1",
    "fe80::1%1",
    "fec0::1",
    "ff02::1",
    "5f00::1",
]
OPEN = [
    "8.8.8.8",
    "202.32.10.1",
    "172.15.0.1",
    "172.32.0.1",
    "100.63.0.1",
    "100.128.0.1",
    "11.0.0.1",
    "2606:2800:220:1::1",
    "2400:4000::1",
]


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_of_a_closed_network_is_forbidden(address: str) -> None:
    assert is_forbidden(address)


@pytest.mark.parametrize("address", OPEN)
def test_an_address_of_the_public_internet_is_not(address: str) -> None:
    assert not is_forbidden(address)


def test_the_operator_can_allow_a_network_of_his_own() -> None:
    allowed = networks_of(["10.1.0.0/16", "fd00:1::/32", "catalog.internal"])
    found = [is_forbidden(one, allowed) for one in ("10.1.2.3", "10.2.0.1", "fd00:1::9", "fd00:2::9")]
    assert found == [False, True, False, True]
