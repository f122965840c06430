"""States of a task in the background."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["TaskState"]


class TaskState(StrEnum):
    """Where a task stands; `waiting` also between two attempts."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
