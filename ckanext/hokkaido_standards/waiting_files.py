"""Large files that somebody waits for: handed over to the worker through a folder that all processes see.

A file lies here until it is checked, its report for an hour after it. Nothing of it goes into the database, for the
file may be of a dataset that nobody else is to know of.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from ckan.model.types import make_uuid

from ckanext.hokkaido_standards import config

__all__ = ["MOST", "Full", "drop_older", "finish", "hand_over", "read", "report"]

#: What lies longer is thrown away, in seconds.
KEPT = 3600
#: So many files wait at most: they are as large as files of the portal may be, and lie on its disk.
MOST = 20
_FILE, _TOLD, _REPORT = ".file", ".told.json", ".report.json"


class Full(Exception):
    """No further file can wait now."""


def hand_over(stream: IO[bytes], told: Mapping[str, Any]) -> str:
    """Put a file down and return the name that it is known by here.

    :param told: what its check is to know, as JSON: `name, title, language`.
    :raises Full: as many files wait as may, or there is no room for one more.
    """
    name, folder = make_uuid(), config.waiting_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if sum(1 for _ in folder.glob(f"*{_FILE}")) >= MOST:
        raise Full
    place = folder / f"{name}{_FILE}"
    try:
        with place.open("wb") as file:
            shutil.copyfileobj(stream, file, 1 << 20)
        _write(folder / f"{name}{_TOLD}", told)
    except OSError as error:
        # A disk without room is no reason to keep a part of a file there.
        place.unlink(missing_ok=True)
        raise Full from error
    return name


def read(name: str) -> tuple[bytes, dict[str, Any]] | None:
    """Return a file and what its check is to know; nothing for one that was thrown away."""
    folder = config.waiting_folder()
    try:
        return (folder / f"{name}{_FILE}").read_bytes(), json.loads((folder / f"{name}{_TOLD}").read_bytes())
    except FileNotFoundError:
        return None


def finish(name: str, found: Mapping[str, Any]) -> None:
    """Leave the report of a file in its place."""
    folder = config.waiting_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(folder / f"{name}{_REPORT}", found)
    for ending in (_FILE, _TOLD):
        (folder / f"{name}{ending}").unlink(missing_ok=True)


def report(name: str) -> dict[str, Any] | None:
    """Return the report of a file; nothing where it is not made yet, or was thrown away."""
    try:
        return json.loads((config.waiting_folder() / f"{name}{_REPORT}").read_bytes())
    except FileNotFoundError:
        return None


def drop_older(seconds: int = KEPT) -> int:
    """Throw away what lies longer, and return how many files that were."""
    folder = config.waiting_folder()
    old = [path for path in folder.glob("*.*") if path.stat().st_mtime < time.time() - seconds]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _write(path: Path, content: Mapping[str, Any]) -> None:
    """Write a file that is there as a whole or not at all."""
    unfinished = path.with_suffix(".part")
    unfinished.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(path)
