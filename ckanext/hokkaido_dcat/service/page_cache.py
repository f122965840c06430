"""Finished pages on disk, under names made of their content: whatever is found under a name is right."""

from __future__ import annotations

import gzip
import logging
import os
import tempfile
import time
from pathlib import Path

__all__ = ["CODINGS", "PageCache"]

log = logging.getLogger(__name__)

#: Content codings that are kept, the plain bytes first; each is what the name of a file ends in.
CODINGS = ("identity", "gzip")

#: A file is marked as used at most this often, in seconds.
_MARKED = 3600


class PageCache:
    """A folder of finished pages.

    A fault of the disk never fails a request: the page is made from the database instead.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def find(self, etag: str, coding: str) -> Path | None:
        """Return the file of a version of a page, None when it is not kept."""
        if self.folder is None:
            return None
        path = self.folder / f"{etag}.{coding}"
        try:
            used = path.stat().st_mtime
            if time.time() - used > _MARKED:
                os.utime(path)
        except OSError:
            return None
        return path

    def keep(self, etag: str, content: bytes) -> dict[str, bytes]:
        """Keep a page in every coding; return its bytes by coding, whether they could be kept or not."""
        # The level and the absence of a time make the same page the same bytes in every process.
        made = {"identity": content, "gzip": gzip.compress(content, 6, mtime=0)}
        if self.folder is not None:
            try:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                for coding, data in made.items():
                    self._write(self.folder / f"{etag}.{coding}", data)
            except OSError as error:
                log.warning("Feed: pages cannot be kept in %s: %s", self.folder, error)
        return made

    def _write(self, path: Path, data: bytes) -> None:
        """Write a file so that nobody ever sees half of it."""
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

    def trim(self, limit: int) -> int:
        """Remove what was not used longest until the rest takes at most `limit` bytes; return how many are gone."""
        if self.folder is None or not self.folder.is_dir():
            return 0
        files = [(path.stat().st_mtime, path.stat().st_size, path) for path in self.folder.iterdir()]
        total, removed = sum(size for _, size, _ in files), 0
        for _, size, path in sorted(files):
            if total <= limit:
                break
            path.unlink(missing_ok=True)
            total, removed = total - size, removed + 1
        return removed
