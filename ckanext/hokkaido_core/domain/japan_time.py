"""Days and hours by the clocks of Japan, where the portal's people are."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

__all__ = ["JAPAN", "in_japan"]

JAPAN = ZoneInfo("Asia/Tokyo")


def in_japan(value: str) -> datetime:
    """Return a moment of the database (ISO 8601, UTC without an offset) as the clocks of Japan show it.

    A plain day stays the day it is.
    """
    moment = datetime.fromisoformat(value)
    if "T" not in value and " " not in value:
        return moment.replace(tzinfo=JAPAN)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(JAPAN)
