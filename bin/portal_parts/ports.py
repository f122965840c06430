"""Free ports, chosen once and recorded."""

from __future__ import annotations

import random
import socket
import time

from portal_parts.paths import Instance
from portal_parts.state import read_json, write_json

__all__ = ["NAMES", "comes_free", "is_free", "listening", "load", "renew"]

NAMES = ("postgres", "redis", "solr", "web")

#: Below the range from which the system takes the ports of outgoing connections.
LOWEST, HIGHEST = 20_000, 31_999

#: Where the portal's pages are looked for first, so that a single checkout has a memorable address.
PREFERRED_WEB = range(5000, 5010)


def is_free(port: int) -> bool:
    """Return whether nothing holds this port on loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the servers do: a connection of the past in TIME_WAIT is no obstacle, a listener is.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def comes_free(port: int, seconds: float = 3) -> bool:
    """Return whether a port is free now or soon: a killed process is gone from sight before its sockets are closed."""
    deadline = time.monotonic() + seconds
    while not is_free(port):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def listening(port: int) -> bool:
    """Return whether something accepts connections on this port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def choose(name: str, taken: set[int], *, test: bool) -> int:
    """Return a free port that is not in `taken`."""
    if name == "web" and not test:
        for port in PREFERRED_WEB:
            if port not in taken and is_free(port):
                return port
    while True:
        port = random.randint(LOWEST, HIGHEST)  # noqa: S311 - not a secret.
        if port not in taken and is_free(port):
            return port


def load(instance: Instance) -> dict[str, int]:
    """Return the recorded ports, choosing those that are missing."""
    path = instance.folder / "ports.json"
    ports: dict[str, int] = {name: port for name, port in read_json(path).items() if name in NAMES}
    for name in NAMES:
        if name not in ports:
            ports[name] = choose(name, set(ports.values()), test=instance.is_test)
    write_json(path, ports)
    return ports


def renew(instance: Instance, name: str) -> int:
    """Record another port for a part, because a stranger holds the old one."""
    ports = load(instance)
    ports[name] = choose(name, set(ports.values()), test=instance.is_test)
    write_json(instance.folder / "ports.json", ports)
    return ports[name]
