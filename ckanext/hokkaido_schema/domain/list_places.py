"""Where in オープンデータ一覧 each field of the schema goes, found by filling in one field at a time."""

from __future__ import annotations

from functools import cache

from ckanext.hokkaido_schema.domain.opendata_list import HEADINGS, rows

__all__ = ["columns_of"]

#: Ten characters, as long as a day, which is cut to that length.
_MARK = "0000-00-00"


@cache
def columns_of(field: str, *, of: str = "dataset") -> tuple[str, ...]:
    """Return the headings under which the value of a field is written.

    :param field: name of the field; of a part of the contact as `contact.phone`.
    :param of: `dataset`, `resource` or `organization`.
    """
    name, _, part = {"tag_string": "tags"}.get(field, field).partition(".")
    value: object = [{part: _MARK}] if part else _MARK
    if name == "temporal_coverage":
        value = [{"start": _MARK}]
    source = {
        "dataset": {name: value, "resources": [{}]},
        "resource": {"resources": [{name: value}]},
        "organization": {"organization": {name: value}, "resources": [{}]},
    }[of]
    found = next(rows(source, lambda _vocabulary, _code: ""))
    return tuple(heading for heading, text in zip(HEADINGS, found, strict=True) if _MARK in text)
