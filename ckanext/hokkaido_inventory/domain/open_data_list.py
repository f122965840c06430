"""Reading an オープンデータ一覧 (municipal standard data set 06) in every generation of its headings.

One row a file, the columns of the data set repeated; forms of 45, 42 and 41 columns, the recommended data set of 15,
and the English names of LinkData with its `#property` row. Columns are known by name, in any order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ckanext.hokkaido_core.domain.codes import InvalidCode, read_code
from ckanext.hokkaido_core.domain.list_columns import NotAList, find_columns
from ckanext.hokkaido_core.domain.text import comparison_key

__all__ = ["Listed", "NotAList", "belonging_to", "read_list"]


@dataclass(slots=True)
class Listed:
    """One data set of a list, with the formats of all of its files."""

    title: str
    description: str = ""
    theme: str = ""
    frequency: str = ""
    url: str = ""
    code: str = ""
    body: str = ""
    creators: set[str] = field(default_factory=set)
    formats: list[str] = field(default_factory=list)


def read_list(rows: Sequence[Sequence[str]]) -> list[Listed]:
    """Return the data sets of a list in its order, each once however many files it has.

    :raises NotAList: when no row names at least the title of the data.
    """
    columns = find_columns(rows)
    found: dict[str, Listed] = {}
    for row in rows[columns.first :]:
        cells = columns.cells(row)
        title = cells.get("title", "")
        if not title or row[0].startswith("#"):
            continue
        one = found.setdefault(comparison_key(cells.get("id") or f"{cells.get('code', '')} {title}"), Listed(title))
        _add(one, cells)
    return list(found.values())


def belonging_to(listed: Sequence[Listed], *, title: str, code: str) -> list[Listed]:
    """Return the data sets that are those of one organisation, by its name among creators, else by its code.

    A list of one body only belongs to whoever hands it in. A list of a whole prefecture in which the organisation does
    not appear has nothing for it.
    """
    name = comparison_key(title)
    named = [one for one in listed if any(name and name in comparison_key(creator) for creator in one.creators)]
    if named:
        return named
    coded = [one for one in listed if code and _short(one.code) == _short(code)]
    if coded:
        return coded
    bodies = {_short(one.code) or comparison_key(one.body) for one in listed} - {""}
    creators = {creator for one in listed for creator in one.creators}
    return list(listed) if len(bodies) <= 1 and len(creators) <= 1 and not (code and bodies) else []


def _add(one: Listed, cells: Mapping[str, str]) -> None:
    cells = {**cells, "format": cells.get("file_format", ""), "creator": _maker(cells)}
    for key in ("description", "theme", "frequency", "url", "code", "body"):
        if cells.get(key) and not getattr(one, key):
            setattr(one, key, cells[key])
    if cells.get("creator"):
        one.creators.add(cells["creator"])
    for piece in cells.get("format", "").replace("、", ",").replace("，", ",").replace(";", ",").split(","):
        if (name := piece.strip()) and name not in one.formats:
            one.formats.append(name)


def _maker(cells: Mapping[str, str]) -> str:
    return cells.get("creator") or cells.get("contact_name") or ""


def _short(code: str) -> str:
    """Return a code with its lost zero and check digit restored; nothing where it is no code."""
    try:
        return read_code(code).code if code else ""
    except InvalidCode:
        return ""
