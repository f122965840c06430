"""What the core itself does by time."""

from __future__ import annotations

from ckanext.hokkaido_core import clock, config, outbox, tasks

__all__ = ["register"]

#: How often the clock looks for tasks that nobody carries on.
TASK_SECONDS = 60


def register() -> None:
    """Register the sweep of the outbox with the interval that the settings give."""
    clock.every(seconds=config.outbox_sweep_seconds(), name="outbox sweep")(outbox.drain)
    clock.every(seconds=TASK_SECONDS, name="tasks left alone")(tasks.ask_again)
