"""How often unknown visitors may have something done."""

from __future__ import annotations

import uuid

import pytest
from ckan.lib.redis import connect_to_redis
from flask import Flask

from ckanext.hokkaido_core import throttle

pytestmark = pytest.mark.usefixtures("with_plugins")


@pytest.fixture
def what() -> str:
    return f"test-{uuid.uuid4()}"


def count(app: Flask, what: str, told: str, most: int = 2, peer: str = "127.0.0.1") -> bool:
    """Count one visit; tell whether it was taken."""
    with app.test_request_context(headers={"X-Forwarded-For": told}, environ_base={"REMOTE_ADDR": peer}):
        try:
            throttle.count(what, most)
        except throttle.TooOften:
            return False
    return True


def test_each_address_has_its_number(portal_app: object, what: str) -> None:
    app = portal_app.flask_app
    assert [count(app, what, "192.0.2.1") for _ in range(4)] == [True, True, False, False]
    assert count(app, what, "192.0.2.2")


def test_a_visitor_cannot_write_another_address(portal_app: object, what: str) -> None:
    app = portal_app.flask_app
    # What the front server has added stands last; before it stands what the visitor wrote.
    taken = [count(app, what, f"198.51.100.{number}, 192.0.2.1") for number in range(4)]
    assert taken == [True, True, False, False]
    # Who is connected from elsewhere is no front server.
    direct = [count(app, f"{what}-direct", f"198.51.100.{number}", peer="203.0.113.9") for number in range(4)]
    assert direct == [True, True, False, False]


def test_one_network_of_the_new_protocol_is_one_visitor(portal_app: object, what: str) -> None:
    app = portal_app.flask_app
    assert [count(app, what, f"2001:db8:1:2::{number}") for number in (1, 2, 3)] == [True, True, False]
    assert count(app, what, "2001:db8:1:3::1")


def test_all_together_have_a_number_too(portal_app: object, what: str) -> None:
    app = portal_app.flask_app
    taken = [count(app, what, f"192.0.2.{number}", most=1) for number in range(25)]
    assert taken == [True] * 20 + [False] * 5


def test_no_address_is_kept_and_nothing_for_longer_than_the_hour(portal_app: object, what: str) -> None:
    assert count(portal_app.flask_app, what, "192.0.2.77")
    redis = connect_to_redis()
    keys = list(redis.scan_iter(f"*{what}*"))
    assert len(keys) == 2
    assert not any(b"192.0.2" in key for key in keys)
    assert all(0 < redis.ttl(key) <= throttle.HOUR for key in keys)
