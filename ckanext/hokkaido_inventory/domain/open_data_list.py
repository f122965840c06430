"""Reading an オープンデータ一覧 (municipal standard data set 06) in every generation of its headings.

One row a file, the columns of the data set repeated; forms of 45, 42 and 41 columns, the recommended data set of 15,
and the English names of LinkData with its `#property` row. Columns are known by name, in any order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ckanext.hokkaido_core.domain.codes import InvalidCode, read_code
from ckanext.hokkaido_core.domain.text import comparison_key

__all__ = ["Listed", "NotAList", "belonging_to", "read_list"]

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("データセット_ID",),
    "code": ("全国地方公共団体コード", "都道府県コード又は市区町村コード", "code"),
    "body": ("地方公共団体名", "市区町村名", "cityName"),
    "title": ("データセット_タイトル", "データ名称", "データセット名", "dataName"),
    "description": ("データセット_概要", "データ概要", "データセットの説明", "dataSummary", "description"),
    "theme": ("データセット_分類", "分類", "category"),
    "frequency": ("データセット_更新頻度", "更新頻度", "updateFrequency"),
    "url": ("データセット_URL", "URL"),
    "format": ("ファイル_形式", "ファイル形式", "データ形式", "format"),
    "creator": ("データセット_作成者", "データセット_連絡先名称", "担当課", "所管課", "作成者", "連絡先名称", "組織名"),
}
_KEYS = {comparison_key(name): key for key, names in reversed(_HEADINGS.items()) for name in names}
_ROWS_LOOKED_AT = 20


class NotAList(ValueError):
    """No row of headings of such a list was found."""


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
    start, columns = _headings(rows)
    found: dict[str, Listed] = {}
    for row in rows[start:]:
        cells = {key: row[index].strip() for key, index in columns.items() if index < len(row)}
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


def _headings(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    best: tuple[int, dict[str, int]] = (0, {})
    for number, row in enumerate(rows[:_ROWS_LOOKED_AT]):
        columns: dict[str, int] = {}
        for index, cell in enumerate(row):
            if key := _KEYS.get(comparison_key(cell.lstrip("#"))):
                columns.setdefault(key, index)
        if "title" in columns and len(columns) > len(best[1]):
            best = (number + 1, columns)
    if not best[1]:
        raise NotAList
    return best


def _add(one: Listed, cells: Mapping[str, str]) -> None:
    for key in ("description", "theme", "frequency", "url", "code", "body"):
        if cells.get(key) and not getattr(one, key):
            setattr(one, key, cells[key])
    if cells.get("creator"):
        one.creators.add(cells["creator"])
    for piece in cells.get("format", "").replace("、", ",").replace("，", ",").replace(";", ",").split(","):
        if (name := piece.strip()) and name not in one.formats:
            one.formats.append(name)


def _short(code: str) -> str:
    """Return a code with its lost zero and check digit restored; nothing where it is no code."""
    try:
        return read_code(code).code if code else ""
    except InvalidCode:
        return ""
