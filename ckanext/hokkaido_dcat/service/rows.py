"""Rows of CKAN's tables as plain fields."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

__all__ = ["flat"]


def flat(row: Any) -> dict[str, Any]:
    """Return a row with its extras beside the columns (which win) and times as ISO 8601 text."""
    extras = json.loads(row["extras"]) if isinstance(row["extras"], str) else row["extras"]
    fields = {**(extras or {}), **{key: value for key, value in row.items() if key != "extras"}}
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in fields.items()}
