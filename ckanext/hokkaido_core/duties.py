"""What the core itself does by time."""

from __future__ import annotations

from ckanext.hokkaido_core import clock, config, outbox

__all__ = ["register"]


def register() -> None:
    """Register the sweep of the outbox with the interval that the settings give."""
    clock.every(seconds=config.outbox_sweep_seconds(), name="outbox sweep")(outbox.drain)
