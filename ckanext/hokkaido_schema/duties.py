"""What the metadata schema does by time."""

from __future__ import annotations

__all__ = ["register"]


def register() -> None:
    """Register the duties with the clock."""
