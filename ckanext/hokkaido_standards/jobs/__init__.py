"""What happens after a transaction is committed, and by time."""

from __future__ import annotations

__all__: list[str] = []
