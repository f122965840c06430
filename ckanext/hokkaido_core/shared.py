"""What the other plugins may use of the core."""

from __future__ import annotations

from ckanext.hokkaido_core import caching, clock, home, judged_files, mailer, outbox, safe_http, tasks, throttle
from ckanext.hokkaido_core.announced import dataset_of, remember
from ckanext.hokkaido_core.caller import calling_as
from ckanext.hokkaido_core.cli import hokkaido as hokkaido_cli
from ckanext.hokkaido_core.columns import datetime_tz, now, text
from ckanext.hokkaido_core.config import http_policy
from ckanext.hokkaido_core.domain.registry import Registry
from ckanext.hokkaido_core.language import spoken
from ckanext.hokkaido_core.listed_data import LISTED, Listed
from ckanext.hokkaido_core.migrating import migrate
from ckanext.hokkaido_core.paging import pager
from ckanext.hokkaido_core.refusal import asked_to_log_in, handle_refusals, refused_page, sentences
from ckanext.hokkaido_core.unit_of_work import session_of, unit_of_work

__all__ = [
    "LISTED",
    "Listed",
    "Registry",
    "asked_to_log_in",
    "caching",
    "calling_as",
    "clock",
    "dataset_of",
    "datetime_tz",
    "handle_refusals",
    "hokkaido_cli",
    "home",
    "http_policy",
    "judged_files",
    "mailer",
    "migrate",
    "now",
    "outbox",
    "pager",
    "refused_page",
    "remember",
    "safe_http",
    "sentences",
    "session_of",
    "spoken",
    "tasks",
    "text",
    "throttle",
    "unit_of_work",
]
