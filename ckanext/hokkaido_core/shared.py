"""What the other plugins may use of the core."""

from __future__ import annotations

from ckanext.hokkaido_core import caching, clock, home, mailer, outbox, safe_http, tasks
from ckanext.hokkaido_core.caller import calling_as
from ckanext.hokkaido_core.cli import hokkaido as hokkaido_cli
from ckanext.hokkaido_core.columns import datetime_tz, now, text
from ckanext.hokkaido_core.config import http_policy
from ckanext.hokkaido_core.domain.registry import Registry
from ckanext.hokkaido_core.language import spoken
from ckanext.hokkaido_core.listed_data import LISTED, Listed
from ckanext.hokkaido_core.migrating import migrate
from ckanext.hokkaido_core.unit_of_work import session_of, unit_of_work

__all__ = [
    "LISTED",
    "Listed",
    "Registry",
    "caching",
    "calling_as",
    "clock",
    "datetime_tz",
    "hokkaido_cli",
    "home",
    "http_policy",
    "mailer",
    "migrate",
    "now",
    "outbox",
    "safe_http",
    "session_of",
    "spoken",
    "tasks",
    "text",
    "unit_of_work",
]
