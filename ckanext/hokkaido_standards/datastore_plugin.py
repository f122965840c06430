"""Wiring of the plugin by which the DataStore shows of the one tables what everybody may have now.

It stands behind `datastore` in `ckan.plugins`, which has to be the first of its kind.
"""

from __future__ import annotations

from typing import Any

import ckan.plugins as p
import sqlalchemy as sa
from ckan import model
from ckan.types import Context
from ckanext.datastore.interfaces import IDatastore

from ckanext.hokkaido_standards.combined.names import TEXT
from ckanext.hokkaido_standards.service import combined_rows

__all__ = ["HokkaidoStandardsDatastorePlugin"]

#: What the DataStore asks of a row where somebody searches for words.
_WORDS = '_full_text @@ "query"'


class HokkaidoStandardsDatastorePlugin(p.SingletonPlugin):
    """Put the gate of the one tables before each search of their rows."""

    p.implements(IDatastore, inherit=True)

    def datastore_search(
        self,
        context: Context,
        data_dict: dict[str, Any],
        fields_types: dict[str, str],  # noqa: ARG002 - CKAN passes it.
        query_dict: dict[str, Any],
    ) -> dict[str, Any]:
        connection: sa.Connection = context["connection"]
        if not combined_rows.is_ours(connection, data_dict["resource_id"]):
            return query_dict
        code = combined_rows.code_of(model.Session(), data_dict["resource_id"])
        marks = combined_rows.marks_now(model.Session(), code) if code else []
        found = [_words(data_dict, clause) for clause in query_dict["where"]]
        return query_dict | {"where": [*found, combined_rows.gate_clause(marks)]}


def _words(data_dict: dict[str, Any], clause: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the condition of a search for words, which finds a part of a Japanese text, too: it has no blanks."""
    words = data_dict.get("q")
    if clause[0] != _WORDS or not isinstance(words, str) or not data_dict.get("plain", True):
        return clause
    told = {f"hokkaido_word_{place}": f"%{_escaped(word.lower())}%" for place, word in enumerate(words.split())}
    parts = " AND ".join(f'"{TEXT}" LIKE :{name}' for name in told) or "false"
    return f"{_WORDS} OR ({parts})", told


def _escaped(word: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\%_" else sign for sign in word)
