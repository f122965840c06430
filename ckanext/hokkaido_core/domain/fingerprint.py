"""A mark that tells whether files are as they were."""

from __future__ import annotations

import hashlib
from importlib.resources.abc import Traversable

__all__ = ["of_folder"]


def of_folder(folder: Traversable, ending: str) -> str:
    """Return a SHA-256 in hexadecimal over names and bytes of the files of a folder with this ending."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir(), key=lambda one: one.name):
        if path.name.endswith(ending):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
