"""A search that names an organisation by what it was called finds what it has become."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.hokkaido_schema.service.reorganization import successor

__all__ = ["in_search"]

#: The filter by organisation, with one value or some in brackets: organization:doro, owner_org:("…" OR "…").
_FILTER = re.compile(r"(?<![\w.])(organization|owner_org):(\([^()]*\)|\"[^\"]*\"|[^\s()\"]+)")
_WORD = re.compile(r"[\w-]{2,100}")
_OPERATORS = frozenset({"OR", "AND", "NOT", "TO"})
#: A question has no more names than a person would write; what comes after them is searched for as it stands.
_MOST = 50


def in_search(search: dict[str, Any]) -> dict[str, Any]:
    """Put the present name (or id) of organisations in the place of former ones in the filters of a search."""
    asked = search.get("fq") or ""
    texts = [asked, *(search.get("fq_list") or ())]
    names = {word for text in texts for found in _FILTER.findall(str(text)) for word in _WORD.findall(found[1])}
    if not (names := names - _OPERATORS):
        return search
    now = _successors(sorted(names)[:_MOST])
    if now:
        search["fq"] = _written(str(asked), now)
        if search.get("fq_list"):
            search["fq_list"] = [_written(str(text), now) for text in search["fq_list"]]
    return search


def _successors(names: list[str]) -> dict[str, model.Group]:
    """Return what became of those organisations of which none is there now."""
    table, session = model.Group.__table__, model.Session()
    wanted = sa.select(table.c.id, table.c.name).where(
        sa.or_(table.c.name.in_(names), table.c.id.in_(names)), table.c.state == "active"
    )
    there = {value for row in session.execute(wanted) for value in row}
    return {name: found for name in names if name not in there and (found := successor(session, name)) is not None}


def _written(text: str, now: dict[str, model.Group]) -> str:
    def value(field: str) -> Callable[[re.Match[str]], str]:
        attribute = "name" if field == "organization" else "id"
        return lambda word: getattr(now[word[0]], attribute) if word[0] in now else word[0]

    return _FILTER.sub(lambda found: f"{found[1]}:{_WORD.sub(value(found[1]), found[2])}", text)
