"""How long a site asks to be left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

__all__ = ["LONGEST", "retry_after_seconds"]

#: In seconds; nobody is left alone for longer because of one answer.
LONGEST = 24 * 60 * 60


def retry_after_seconds(text: str, at: datetime) -> int:
    """Read `Retry-After`: seconds, or a moment (RFC 9110, 10.2.3); what is neither is no wish.

    :param at: now, with its zone.
    """
    if text.isascii() and text.isdecimal():
        return min(int(text[:9]), LONGEST)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return 0
    left = (moment.replace(tzinfo=moment.tzinfo or UTC) - at).total_seconds()
    return int(min(max(left, 0), LONGEST))
