"""Who reads the feed, told without telling on anybody: the name of a program, what it read, how often and when."""

from __future__ import annotations

import re
from enum import StrEnum

__all__ = ["Reading", "program"]

#: A product token of HTTP (RFC 9110, section 10.1.5) with its version; what follows may name people, and is not kept.
_PRODUCT = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,40}(?:/[A-Za-z0-9!#$%&'*+.^_`|~-]{1,20})?")
_UNKNOWN = "-"


class Reading(StrEnum):
    """What was read."""

    PAGES = "pages"
    DATASET = "dataset"
    DUMP = "dump"
    CHANGES = "changes"
    LIST = "list"


def program(user_agent: str | None) -> str:
    """Return the name and version with which a program begins to introduce itself, or `-`."""
    found = _PRODUCT.match((user_agent or "").strip())
    return found[0] if found else _UNKNOWN
