"""What a stored file is called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

__all__ = ["file_name"]

_SAYS_NOTHING = re.compile(r"[^0-9A-Za-z]*")


def file_name(resource: Mapping[str, Any]) -> str:
    """Return the name of the stored file of a resource, with its ending.

    CKAN leaves ASCII signs only: nothing but the ending is left of most Japanese names, and the title takes its place.

    :param resource: with `url` and `name`, the title.
    """
    name = str(resource.get("url") or "").rpartition("/")[2]
    path = PurePosixPath(name)
    # A name that begins with a full stop is all stem to this class.
    stem, ending = ("", name) if name.startswith(".") and not path.suffix else (path.stem, path.suffix)
    title = PurePosixPath(str(resource.get("name") or "")).name.strip()
    if not title or not _SAYS_NOTHING.fullmatch(stem):
        return name
    return title if ending and title.casefold().endswith(ending.casefold()) else f"{title}{ending}"
