"""How often visitors whom nobody knows may have work done: so many times an hour, counted by address in Redis.

No address is kept: what stands in Redis is a mark made with the portal's secret, and it is gone after the hour.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from ipaddress import ip_address

import ckan.plugins.toolkit as tk
from ckan.lib.redis import connect_to_redis
from flask import has_request_context
from redis.exceptions import RedisError

__all__ = ["HOUR", "TooOften", "count", "visitor_address"]

log = logging.getLogger(__name__)

#: Length of a window, in seconds.
HOUR = 3600
#: All unknown visitors together have so many times what one of them has.
_ALL = 20


class TooOften(Exception):
    """Whoever asks has asked often enough for now."""


def count(what: str, most: int) -> None:
    """Count that an unknown visitor has something done; nothing is counted outside of a request.

    While Redis is away nobody is refused.

    :param what: name of the thing, such as `table-try`.
    :param most: how many times an hour from one address.
    :raises TooOften: when it was more often than that, or when all together ask for too much.
    """
    if not has_request_context():
        return
    address = _network(visitor_address())
    try:
        found = [_counted(f"{what}:{_mark(who)}") for who in (address, "all")]
    except RedisError:
        log.warning("Redis is away, so nobody counts how often %s is asked for", what)
        return
    if found[0] > most or found[1] > most * _ALL:
        raise TooOften


def visitor_address() -> str:
    """Return the address of the visitor: what the front server of the same machine says, else who is connected.

    Whoever is connected from elsewhere may write into the header what they like, so it counts for nothing.
    """
    peer = tk.request.remote_addr or ""
    told = tk.request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return told if told and _is_front(peer) else peer


def _is_front(peer: str) -> bool:
    try:
        return ip_address(peer).is_loopback
    except ValueError:
        return False


def _network(address: str) -> str:
    """Return what one visitor is known by: of IPv6 the first half, for its second half changes at will."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return str(found) if found.version == 4 else found.exploded[:19]  # noqa: PLR2004 - the version of the protocol.


def _mark(who: str) -> str:
    secret = str(tk.config["SECRET_KEY"]).encode()
    return hmac.new(secret, who.encode(), hashlib.sha256).hexdigest()[:24]


def _counted(name: str) -> int:
    key = f"hokkaido_core:{tk.config['ckan.site_id']}:throttle:{name}"
    with connect_to_redis().pipeline() as pipeline:
        # The window begins with the first time, and is not prolonged by those after it.
        pipeline.set(key, 0, ex=HOUR, nx=True)
        pipeline.incr(key)
        return int(pipeline.execute()[1])
