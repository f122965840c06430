"""What happens after a transaction of the metadata schema is committed, and by time."""

from __future__ import annotations

__all__: list[str] = []
