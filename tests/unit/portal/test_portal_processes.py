"""Processes are known by what they are, so that a SIGKILL, an orphan or an old number misleads nobody."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest
from portal_parts import processes
from portal_parts.processes import Part

WITH_CHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
time.sleep(60)
"""

DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(60)
"""


def _until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def test_a_started_part_is_found_by_its_mark(sleeper: Callable[..., Part]) -> None:
    part = sleeper()
    process = processes.start(part)
    _until(lambda: processes.leader(part) == process.pid)


def test_another_part_of_the_same_program_is_not_taken_for_it(sleeper: Callable[..., Part]) -> None:
    one = sleeper("one")
    processes.start(one)
    _until(lambda: processes.members(one))
    assert processes.members(sleeper("two")) == []


def test_a_killed_part_has_no_leader_although_its_child_lives(sleeper: Callable[..., Part]) -> None:
    part = sleeper(code=WITH_CHILD)
    process = processes.start(part)
    _until(lambda: len(processes.members(part)) == 2)
    os.kill(process.pid, signal.SIGKILL)
    _until(lambda: processes.leader(part) is None)
    assert len(processes.members(part)) == 1


def test_a_start_ends_the_orphans_of_the_life_before(sleeper: Callable[..., Part]) -> None:
    part = sleeper(code=WITH_CHILD)
    process = processes.start(part)
    _until(lambda: len(processes.members(part)) == 2)
    (orphan,) = set(processes.members(part)) - {process.pid}
    os.kill(process.pid, signal.SIGKILL)
    again = processes.start(part)
    assert orphan not in processes.members(part)
    _until(lambda: processes.leader(part) == again.pid)


def test_a_part_that_does_not_listen_is_ended_by_force(sleeper: Callable[..., Part]) -> None:
    part = sleeper(code=DEAF, patience=0.2)
    processes.start(part)
    _until(lambda: part.log.read_text(encoding="utf-8") == "ready\n")
    assert processes.stop(part)
    assert processes.members(part) == []


def test_a_stop_of_nothing_says_so(sleeper: Callable[..., Part]) -> None:
    assert processes.stop(sleeper()) is False


def test_the_stamp_of_a_running_part_can_be_read(sleeper: Callable[..., Part]) -> None:
    process = processes.start(sleeper(stamp="v1"))
    _until(lambda: processes.stamp_of(process.pid) == "v1")


def test_a_part_that_ends_at_once_is_reported_with_its_log(sleeper: Callable[..., Part]) -> None:
    part = sleeper(code="raise SystemExit(3)")
    process = processes.start(part)
    with pytest.raises(processes.StepFailed, match="3") as failure:
        processes.wait_until(lambda: False, part, process, seconds=10)
    assert failure.value.log == part.log


def test_a_part_does_not_see_the_callers_ckan_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CKAN_SQLALCHEMY_URL", "postgresql://elsewhere")
    assert "CKAN_SQLALCHEMY_URL" not in processes.clean_environment()
