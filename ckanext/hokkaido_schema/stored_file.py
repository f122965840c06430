"""The stored file of a resource, wherever CKAN or the operator keeps it, read piece by piece.

Who may have it is asked before, in `logic.fetching`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["NoFile", "StoredFile", "open_stored"]

_CHUNK = 1 << 18


class NoFile(Exception):
    """The resource is a link, or its file is not where it should be."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of `size` bytes; each call of `chunks` reads it from its beginning."""

    size: int
    chunks: Callable[[], Iterable[bytes]]

    def head(self, most: int) -> bytes:
        """Return the first bytes, at most so many."""
        parts, length = [], 0
        for chunk in self.chunks():
            parts.append(chunk)
            length += len(chunk)
            if length >= most:
                break
        return b"".join(parts)[:most]


def open_stored(resource: dict[str, Any]) -> StoredFile:
    """Return the stored file of a resource.

    :param resource: as CKAN shows it; with `id` and `url_type`.
    :raises NoFile: when it has none.
    """
    # What others use of this plugin is there without CKAN, too, until a file is asked for.
    import ckan.plugins.toolkit as tk
    import file_keeper as fk
    from ckan.lib import files, uploader

    if resource.get("url_type") != "upload":
        raise NoFile
    # CKAN's uploaders take the upload out of what they are given.
    keeper = uploader.get_resource_uploader(dict(resource))
    try:
        place = keeper.get_path(resource["id"])
        storage = getattr(keeper, "storage", None)
        if isinstance(storage, fk.Storage):
            data = files.FileData(files.Location(place), size=storage.size(files.Location(place)))
            return StoredFile(data.size, lambda: _pieces(storage.stream(data)))
        path = Path(place)
        return StoredFile(path.stat().st_size, lambda: _read(path))
    except (fk.exc.FilesError, OSError, TypeError, tk.ValidationError) as error:
        raise NoFile from error


def _pieces(stream: Any) -> Iterator[bytes]:
    """Yield what a storage streams in pieces of a bounded size; an open file would come line by line."""
    if not hasattr(stream, "read"):
        yield from stream
        return
    with stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
