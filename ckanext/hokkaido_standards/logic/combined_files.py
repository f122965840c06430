"""Files of a table for those who ask: the one on the disk, or rows that are written while they are sent."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.domain.combined import Wanted
from ckanext.hokkaido_standards.logic.combined_table import Opened, opened
from ckanext.hokkaido_standards.logic.combined_wanted import wanted_of
from ckanext.hokkaido_standards.reasons import reason_words

__all__ = ["combined_file", "left_file"]

_PIECE = 1 << 18


def combined_file(context: Context, code: str, extension: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table as a file: `etag`, `media_type`, and the `path` of a stored one or `pieces` to be sent.

    :param extension: one of `combined.writers.MEDIA_TYPES`.
    :param asked: filters as `wanted_of` reads them.
    :raises ObjectNotFound: no set has these digits.
    :raises ValidationError: when a filter cannot be read.
    """
    from ckanext.hokkaido_standards.combined.files import file_of, pieces
    from ckanext.hokkaido_standards.combined.writers import MEDIA_TYPES

    tk.check_access("hokkaido_combined_search", context, {"id": code})
    wanted, found = wanted_of(asked), opened(context, code)
    folder = _there(found)
    told = {"etag": _etag(found, extension, wanted), "media_type": MEDIA_TYPES[extension]}
    stored = file_of(folder, extension)
    if wanted.everything and stored.exists():
        return told | {"path": stored}
    if extension == "parquet":
        return told | {"pieces": _parquet(folder, wanted)}
    return told | {"pieces": pieces(folder, found.table.standard, extension, wanted, config.site_url())}


def left_file(context: Context, code: str) -> dict[str, Any]:
    """Return the rows that are left out as a file, as `combined_file` does."""
    from ckanext.hokkaido_standards.combined.merging import LEFT
    from ckanext.hokkaido_standards.combined.selecting import batches
    from ckanext.hokkaido_standards.combined.writers import left_csv

    tk.check_access("hokkaido_combined_left_list", context, {"id": code})
    found = opened(context, code)
    folder = _there(found)
    language = tk.h.lang() or ""
    return {
        "etag": f"{found.table.mark}-left-{language}",
        "pieces": left_csv(batches(folder / LEFT, Wanted()), reason_words()),
    }


def _there(found: Opened) -> Path:
    if found.folder is None:
        raise tk.ObjectNotFound(tk._("This portal keeps no files, so it has no tables."))
    return found.folder


def _etag(found: Opened, extension: str, wanted: Wanted) -> str:
    asked = "" if wanted.everything else f"-{hashlib.sha256(repr(wanted).encode()).hexdigest()[:16]}"
    return f"{found.table.mark}-{extension}{asked}"


def _parquet(folder: Path, wanted: Wanted) -> Iterator[bytes]:
    """Yield a Parquet file of the rows that are wanted, which is written to the disk first: its index is at its end."""
    from ckanext.hokkaido_standards.combined.merging import ROWS
    from ckanext.hokkaido_standards.combined.selecting import write_parquet

    with tempfile.TemporaryFile() as file:
        write_parquet(folder / ROWS, wanted, file)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece
