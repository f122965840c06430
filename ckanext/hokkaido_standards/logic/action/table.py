"""Checking tables."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import session_of, spoken
from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.service import definition as definitions

__all__ = ["hokkaido_table_check"]

_NAME = "table"


@tk.side_effect_free
def hokkaido_table_check(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Check a table against its standard data set and the rules of machine-readability; nothing is stored.

    :param upload: the file, as a form sends it.
    :param content: the bytes of the file, for callers in the same process, instead of `upload`.
    :param name: name of the file, which may tell its standard; that of the upload unless given.
    :param title: title of the dataset or file, which may tell its standard, too.
    :returns: `path`, `standard` (two digits or nothing), `dialect` (`current`, `legacy`, `english`, `other`),
        `encoding`, `rows`, `columns`, `score` (stars, 0 to 5), `rules` (the 30 official ones, kept or not), `counts` by
        rule, `tables`, `findings` and `questions` that only people can answer; in the language of the request.
    :raises ValidationError: when there is no file, or one that is too large to be waited for.
    """
    tk.check_access("hokkaido_table_check", context, data_dict)
    content, name = _file(data_dict)
    # The engine of tables is loaded by those who check one, and not by every process that starts.
    from ckanext.hokkaido_standards.checking import check

    title = str(data_dict.get("title") or "")
    knowing = definitions.recognizer(session_of(context))
    return check(name, content, title=title, region=config.region(), recognizer=knowing).as_dict(spoken())


def _file(data_dict: DataDict) -> tuple[bytes, str]:
    """Return the bytes and the name of the file."""
    upload, content = data_dict.get("upload"), data_dict.get("content")
    limit = config.check_bytes()
    if isinstance(content, bytes):
        name = _NAME
    elif hasattr(upload, "stream"):
        content, name = upload.stream.read(limit + 1), upload.filename or _NAME
    else:
        raise tk.ValidationError({"upload": [tk._("Choose the file that is to be checked.")]})
    if len(content) > limit:
        message = tk._("The file is larger than {limit} MB. Divide it, or have it checked by the office of the portal.")
        raise tk.ValidationError({"upload": [message.format(limit=limit >> 20)]})
    return content, str(data_dict.get("name") or name)
