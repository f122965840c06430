"""Half of a whole test run in a process of its own, so that a machine with two cores is done in about half the time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from portal_parts.paths import CHECKOUT
from portal_parts.processes import clean_environment

__all__ = ["SIDE_LANES", "SideRun", "counts", "is_worth_it", "side_run"]

#: What runs beside the rest; both halves take about the same time.
SIDE_LANES = ("functional", "browser", "load")

_CLOSING = re.compile(r"(\d+) passed, (\d+) failed, (\d+) skipped")


class SideRun:
    """The other half while it runs; what it prints is kept until it is asked for."""

    def __init__(self, process: subprocess.Popen[bytes], output: Path) -> None:
        self._process = process
        self._output = output

    def finish(self) -> tuple[str, int]:
        """Wait for its end; return what it printed, and its exit code."""
        code = self._process.wait()
        return self._output.read_text(encoding="utf-8", errors="replace"), code


@contextmanager
def side_run(lanes: Sequence[str], options: Sequence[str]) -> Iterator[SideRun]:
    """Run lanes in a process of its own, which does not outlive this block."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        command = [sys.executable, str(CHECKOUT / "bin" / "portal"), "test", *lanes, *options]
        with output.open("wb") as file:
            process = subprocess.Popen(
                command,
                cwd=CHECKOUT,
                env=clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        try:
            yield SideRun(process, output)
        finally:
            # Its own handler of this signal removes what it started.
            process.terminate()
            process.wait()


def counts(printed: str) -> tuple[int, int, int] | None:
    """Return passed, failed and skipped of the closing line, None when the run did not come that far."""
    lines = printed.strip().splitlines()
    found = _CLOSING.fullmatch(lines[-1]) if lines else None
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def is_worth_it() -> bool:
    """Tell whether the machine has a second core."""
    return len(os.sched_getaffinity(0)) > 1
