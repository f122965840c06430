"""Processes found by what they are, never by a number in a file.

Each part is started with a mark in its environment, which its children inherit. Whoever carries the mark belongs to
the part: a reused process number, a stale file or an orphaned child cannot mislead us. PostgreSQL overwrites its
environment and may run as another user; it is known by its command line, where its data folder and cluster name stand.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from portal_parts.paths import Instance
from portal_parts.say import StepFailed

__all__ = ["Part", "clean_environment", "leader", "members", "start", "stop", "wait_until"]

MARK = "HOKKAIDO_PORTAL_PART"
STAMP = "HOKKAIDO_PORTAL_STAMP"

#: Seconds in which the children of an ended process may end by themselves.
ORPHANS_GRACE = 2.0


@dataclass(frozen=True)
class Part:
    """A process (with its children) of an instance, and how it is started and stopped."""

    instance: Instance
    name: str
    command: tuple[str, ...] = ()
    folder: Path = Path("/")
    environment: dict[str, str] = field(default_factory=dict)
    user: tuple[int, int] | None = None
    #: Changes when the process must be started anew to see a new setting or new code.
    stamp: str = ""
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 30.0
    #: Recognises the part's processes by their command line; None: the mark decides.
    recognise: Callable[[list[str]], bool] | None = None
    #: Recognises the first process among them by its command line; None: it leads its session.
    leads: Callable[[list[str]], bool] | None = None

    @property
    def mark(self) -> str:
        """The value that the part's processes carry in their environment."""
        return f"{self.instance.key}/{self.name}"

    @property
    def log(self) -> Path:
        """Where its output goes."""
        return self.instance.log(self.name)


def clean_environment(**more: str) -> dict[str, str]:
    """Return the caller's environment without what would change CKAN's settings or Python's paths."""
    unwanted = (
        "CKAN_",
        "PYTHON",
        "PG",
        "FLASK_",
        "WERKZEUG_",
        "GUNICORN_",
        MARK,
        STAMP,
        "VIRTUAL_ENV",
        "LC_",
        "LANGUAGE",
        "SOLR_",
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return {**kept, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **more}


def _read(pid: int, what: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{what}").read_bytes()
    except OSError:
        return b""


def _arguments(pid: int) -> list[str]:
    return _read(pid, "cmdline").decode(errors="surrogateescape").split("\0")


def _environment(pid: int) -> dict[bytes, bytes]:
    return dict(item.split(b"=", 1) for item in _read(pid, "environ").split(b"\0") if b"=" in item)


def _is_zombie(pid: int) -> bool:
    return _read(pid, "stat").rpartition(b")")[2].split()[:1] in ([b"Z"], [b"X"], [])


def _belongs(pid: int, part: Part) -> bool:
    if part.recognise:
        return part.recognise(_arguments(pid))
    return f"\0{MARK}={part.mark}\0".encode() in b"\0" + _read(pid, "environ")


def members(part: Part) -> list[int]:
    """Return the living processes of a part, lowest number first."""
    own = os.getpid()
    numbers = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return sorted(pid for pid in numbers if pid != own and _belongs(pid, part) and not _is_zombie(pid))


def leader(part: Part) -> int | None:
    """Return the process that was started as the part, None when only orphans of it, or nothing, are left."""
    for pid in members(part):
        if part.leads(_arguments(pid)) if part.leads else _is_session_leader(pid):
            return pid
    return None


def _is_session_leader(pid: int) -> bool:
    fields = _read(pid, "stat").rpartition(b")")[2].split()
    return len(fields) > 3 and int(fields[3]) == pid  # noqa: PLR2004 - the fourth field after the name is the session.


def stamp_of(pid: int) -> str:
    """Return the stamp with which a process was started."""
    return _environment(pid).get(STAMP.encode(), b"").decode()


def start(part: Part) -> subprocess.Popen[bytes]:
    """Start a part after ending what is left of an earlier life of it."""
    stop(part)
    part.log.parent.mkdir(parents=True, exist_ok=True)
    _keep_small(part.log)
    environment = {**clean_environment(), **part.environment, MARK: part.mark, STAMP: part.stamp}
    identity = {} if part.user is None else {"user": part.user[0], "group": part.user[1], "extra_groups": []}
    with part.log.open("ab") as log:
        try:
            return subprocess.Popen(
                part.command,
                cwd=part.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **identity,
            )
        except OSError as error:
            raise StepFailed(f"{part.name}: {error}", part.log) from error


def _keep_small(log: Path, limit: int = 20_000_000) -> None:
    if log.exists() and log.stat().st_size > limit:
        log.replace(log.with_suffix(".log.1"))


def stop(part: Part) -> bool:
    """End a part with all its children: politely, then by force; return whether anything ran."""
    if not (found := members(part)):
        return False
    head = leader(part)
    _signal([head] if head else found, part.stop_signal)
    deadline = time.monotonic() + part.patience
    while members(part) and time.monotonic() < deadline:
        if leader(part) is None:
            # Children that the first process left behind get a moment to end by themselves.
            deadline = min(deadline, time.monotonic() + ORPHANS_GRACE)
        time.sleep(0.05)
    while left := members(part):
        _signal(left, signal.SIGKILL)
        time.sleep(0.05)
    return True


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def wait_until(
    ready: Callable[[], bool], part: Part, process: subprocess.Popen[bytes] | None = None, *, seconds: float = 180
) -> None:
    """Wait until a part is ready; raise `StepFailed` when it ends or takes too long."""
    deadline = time.monotonic() + seconds
    while not ready():
        if process is not None and process.poll() is not None:
            raise StepFailed(f"{part.name} が終了しました（コード {process.returncode}）/ it ended", part.log)
        if time.monotonic() > deadline:
            raise StepFailed(f"{part.name} が {seconds:g} 秒以内に準備できません / it was not ready in time", part.log)
        time.sleep(0.1)
