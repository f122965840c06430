"""What the person at the terminal reads: one line a step, Japanese with English."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["StepFailed", "line", "note", "step"]


class StepFailed(Exception):
    """A step could not be done: which, why, and where to read more."""

    def __init__(self, why: str, log: Path | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.log = log
        self.told = False


def line(text: str = "") -> None:
    """Print a line now, even into a pipe."""
    print(text, flush=True)


def note(text: str) -> None:
    """Print a remark on the current step."""
    line(f"    {text}")


def explain(title: str, failure: StepFailed) -> None:
    """Say on the error stream what failed, why, and the last lines of its log."""
    sys.stdout.flush()
    print(f"\n失敗しました / Failed: {title}\n  {failure.why}", file=sys.stderr)
    if failure.log is not None:
        print(f"  記録 / log: {failure.log}", file=sys.stderr)
        for text in tail(failure.log, 15):
            print(f"  | {text}", file=sys.stderr)


def tail(path: Path, count: int) -> list[str]:
    """Return the last lines of a file, none when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
    except OSError:
        return []


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show a step and how long it took; a failure in it is told with the step's name."""
    line(f"• {title}")
    began = time.monotonic()
    try:
        yield
    except StepFailed as failure:
        if not failure.told:
            explain(title, failure)
            failure.told = True
        raise
    took = time.monotonic() - began
    if took >= 1:
        note(f"{took:.1f} 秒 / s")
