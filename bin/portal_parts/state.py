"""What an instance remembers between two calls: ports, secrets and what was already done."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from portal_parts.paths import VAR, Instance
from portal_parts.say import note

__all__ = ["done", "fingerprint", "locked", "make_secrets", "mark_done", "read_json", "write_private"]

#: Every secret of an instance. Letters, digits, `-` and `_` only: a `%` would break CKAN's ini files.
SECRETS = ("secret_key", "jwt", "pg_super", "pg_ckan", "pg_datastore", "redis", "sample")


def read_json(path: Path) -> dict[str, Any]:
    """Return the object in a file, an empty one when there is no such file or it was cut off."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return found if isinstance(found, dict) else {}


def write_private(path: Path, text: str) -> bool:
    """Write a file that only its owner can read, whole or not at all; return whether it changed."""
    if path.exists() and path.read_text(encoding="utf-8") == text and path.stat().st_mode & 0o777 == 0o600:  # noqa: PLR2004
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())
    Path(name).chmod(0o600)
    Path(name).replace(path)
    return True


def write_json(path: Path, value: dict[str, Any]) -> bool:
    """Write an object, private and whole; return whether it changed."""
    return write_private(path, json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n")


def make_secrets(instance: Instance) -> dict[str, str]:
    """Return the instance's secrets, generated at the first call."""
    path = instance.folder / "secrets.json"
    known = read_json(path)
    complete = {name: known.get(name) or secrets.token_urlsafe(24) for name in SECRETS}
    write_json(path, complete)
    return complete


def done(instance: Instance, what: str) -> Any:
    """Return what was noted when this step was last done, or None."""
    return read_json(instance.folder / "state.json").get(what)


def mark_done(instance: Instance, what: str, value: Any = True) -> None:
    """Note that a step is done."""
    path = instance.folder / "state.json"
    write_json(path, {**read_json(path), what: value})


def fingerprint(paths: Iterable[Path], *more: str) -> str:
    """Return a hash of the files' names and contents and of further texts."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(os.fsencode(path) + b"\0")
        if path.is_file():
            digest.update(path.read_bytes())
    for text in more:
        digest.update(b"\0" + text.encode())
    return digest.hexdigest()[:16]


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Let one call at a time into what `name` stands for; the lock goes with the process, however it ends."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / f".{name}.lock").open("w", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            note("別の bin/portal が終わるのを待っています / waiting for another bin/portal to finish")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
