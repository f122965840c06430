"""Column types shared by every table of the suite."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import sqlalchemy as sa
from sqlalchemy.orm import mapped_column

__all__ = ["datetime_tz", "now", "text"]

text = Annotated[str, mapped_column(sa.Text)]
datetime_tz = Annotated[datetime, mapped_column(sa.DateTime(timezone=True))]


def now() -> datetime:
    """Return the current instant, aware, in UTC."""
    return datetime.now(UTC)
