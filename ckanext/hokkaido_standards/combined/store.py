"""Fragments and tables on disk, under the hash of what they hold: whatever is found under a name is right."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from uuid import uuid4

__all__ = ["Store"]

_FRAGMENTS, _TABLES, _PARQUET = "fragments", "tables", ".parquet"


class Store:
    """The folder of the one tables.

    :param root: a folder that web processes and workers share; it is made when something is written.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def fragment(self, digest: str) -> Path:
        """Return where the fragment with this SHA-256 lies, or would lie."""
        return self._root / _FRAGMENTS / f"{digest}{_PARQUET}"

    def has_fragment(self, digest: str) -> bool:
        """Tell whether a fragment is there; one that a power failure left empty is not."""
        try:
            return self.fragment(digest).stat().st_size > 0
        except FileNotFoundError:
            return False

    def keep_fragment(self, content: bytes) -> str:
        """Store a fragment and return its SHA-256 in hexadecimal."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.fragment(digest)
        if not self.has_fragment(digest):
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f".{uuid4().hex}")
            fresh.write_bytes(content)
            fresh.replace(path)
        return digest

    def table(self, standard: str, mark: str) -> Path:
        """Return the folder of a table with this mark of what it is made of, which may not be there yet."""
        return self._root / _TABLES / standard / mark

    def make(self, standard: str, mark: str, write: Callable[[Path], None]) -> Path:
        """Return the folder of a table; one that is not there is written whole before anybody sees it."""
        folder = self.table(standard, mark)
        if folder.exists():
            return folder
        fresh = folder.with_name(f".{uuid4().hex}")
        fresh.mkdir(parents=True)
        try:
            write(fresh)
            fresh.rename(folder)
        except OSError:
            # Another process was faster; what it wrote is the same.
            if not folder.exists():
                raise
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        return folder

    def add(self, folder: Path, name: str, write: Callable[[Path], None]) -> Path:
        """Return a file of a table; one that is not there is written whole before anybody sees it."""
        path = folder / name
        if not path.exists():
            fresh = folder / f".{uuid4().hex}"
            try:
                write(fresh)
                fresh.replace(path)
            finally:
                fresh.unlink(missing_ok=True)
        return path

    def others(self, folder: Path) -> list[Path]:
        """Return the other tables of the standard whose table lies, or would lie, in a folder; the newest first."""
        there = [one for one in folder.parent.glob("[!.]*") if one != folder]
        return sorted(there, key=_made, reverse=True)

    def drop_tables(self, standard: str, but: str = "") -> None:
        """Delete the tables of a standard but the one with this mark."""
        folder = self._root / _TABLES / standard
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.name != but:
                shutil.rmtree(path, ignore_errors=True)

    def drop_fragment(self, digest: str) -> None:
        """Delete a fragment."""
        self.fragment(digest).unlink(missing_ok=True)

    def standards(self) -> set[str]:
        """Return the digits of the standards that have a table here."""
        folder = self._root / _TABLES
        return {path.name for path in folder.iterdir()} if folder.is_dir() else set()

    def fragments(self) -> Collection[str]:
        """Return the hashes of all fragments."""
        return {path.stem for path in (self._root / _FRAGMENTS).glob(f"*{_PARQUET}")}


def _made(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return 0.0
