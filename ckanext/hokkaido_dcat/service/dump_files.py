"""Writes files of a dump: to the disk for certain, hashed on the way, compressed beside."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["File", "replace", "settle", "write", "write_pair"]

_LEVEL = 6


@dataclass(frozen=True, slots=True)
class File:
    """A written file: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


class _Hashed:
    """A file that knows the hash and the number of the bytes that went into it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, data: bytes) -> int:
        self._digest.update(data)
        self._size += len(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()

    def as_file(self) -> File:
        return File(self._size, self._digest.hexdigest())


@contextmanager
def _durable(path: Path) -> Iterator[_Hashed]:
    """Open a new file whose bytes are on the disk when the block ends."""
    with path.open("wb", buffering=1 << 18) as file:
        yield _Hashed(file)
        file.flush()
        os.fsync(file.fileno())


def write(path: Path, text: str) -> File:
    """Write a small file."""
    with _durable(path) as file:
        file.write(text.encode("utf-8"))
    return file.as_file()


def write_pair(path: Path, pieces: Iterable[str]) -> dict[str, File]:
    """Write pieces to a file and, compressed, to another one beside it; return both by name.

    The compressed file is one gzip member without name and time, so the same pieces are always the same bytes.
    """
    packed = path.with_name(path.name + ".gz")
    with (
        _durable(path) as plain,
        _durable(packed) as below,
        gzip.GzipFile("", "wb", _LEVEL, below, mtime=0) as zipped,  # pyright: ignore[reportArgumentType]
    ):
        for piece in pieces:
            data = piece.encode("utf-8")
            plain.write(data)
            zipped.write(data)
    return {path.name: plain.as_file(), packed.name: below.as_file()}


def settle(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace(path: Path, text: str) -> None:
    """Write a file so that a reader finds the old or the new one, never half of it."""
    fresh = path.with_name(f".{path.name}.new")
    write(fresh, text)
    fresh.replace(path)
    settle(path.parent)
