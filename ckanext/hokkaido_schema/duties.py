"""What the metadata schema does by time."""

from __future__ import annotations

from ckanext.hokkaido_schema.jobs import exchange  # noqa: F401 - importing it registers its duty and its task.

__all__ = ["register"]


def register() -> None:
    """Register the duties with the clock."""
