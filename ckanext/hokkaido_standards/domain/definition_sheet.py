"""A sheet of a definition workbook in the official layout: one row a column of the standard data set.

Source: データ項目定義書 of the municipal standard open data sets, whose sheets have the columns No, 項目名, 区分, 説明,
形式, 記入例, 英語名, 共通語彙基盤, GIF and 物理名 below rows of titles; columns are found by their headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_standards.domain.definition import Obligation

__all__ = ["Defined", "Problem", "SheetRead", "heading_row", "read_sheet"]

#: Headings of what is read; the first column that has one of them counts, for 区分 stands twice in official sheets.
_HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "number": ("No", "No.", "番号", "項番"),
        "heading": ("項目名", "項目名称", "項目"),
        "obligation": ("区分", "必須区分", "必須・推奨"),
        "description": ("説明", "項目説明"),
        "format": ("形式", "データ形式", "データ型"),
        "example": ("記入例", "入力例"),
        "english": ("英語名", "英語名称"),
        "imi": ("共通語彙基盤", "共通語彙基盤(パス)", "共通語彙基盤_パス"),
        "physical": ("物理名", "物理名称"),
        "values": ("選択肢", "コード一覧", "コードリスト", "コード"),
    }
)
_NAMES = {comparison_key(name): part for part, names in _HEADINGS.items() for name in names}
#: A row is one of headings when it has 項目名 and so many others.
_OTHERS = 2
_SEARCHED_ROWS = 40
_OBLIGATIONS = {
    **dict.fromkeys(map(comparison_key, ("◎", "必須")), Obligation.MANDATORY),
    **dict.fromkeys(map(comparison_key, ("○", "〇", "◯", "推奨")), Obligation.RECOMMENDED),
    **dict.fromkeys(map(comparison_key, ("", "-", "任意", "－")), Obligation.OPTIONAL),
}
_NOTE = re.compile(r"^[※＊*注]")
_BETWEEN = re.compile(r"[\n;；、,，／/]+")
_LONGEST_HEADING, _LONGEST_TEXT = 120, 4000
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Defined:
    """What a sheet says of one column; texts are as typed, `row` is its row in the sheet, from 1."""

    heading: str
    row: int
    obligation: Obligation = Obligation.UNKNOWN
    description: str = ""
    format: str = ""
    example: str = ""
    english: str = ""
    imi: str = ""
    physical: str = ""
    values: tuple[str, ...] = ()

    def stored(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {**asdict(self), "values": list(self.values)}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Defined:
        """Return what was stored."""
        return cls(**{**told, "obligation": Obligation(told["obligation"]), "values": tuple(told["values"])})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a sheet: a code that has a sentence, the cell (such as B12), and values for the sentence."""

    code: str
    cell: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetRead:
    """What a sheet says.

    :ivar parts: the columns that it has of those that can be read.
    :ivar left_out: cells with lines that were taken for notes.
    """

    columns: tuple[Defined, ...]
    problems: tuple[Problem, ...]
    parts: frozenset[str] = frozenset()
    left_out: tuple[str, ...] = ()


def heading_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the row of headings, nothing where the sheet is no definition."""
    for index, row in enumerate(rows[:_SEARCHED_ROWS]):
        found = _places(row)
        if "heading" in found and len(found) > _OTHERS:
            return index
    return None


def read_sheet(rows: Sequence[Sequence[str]]) -> SheetRead:
    """Return what a sheet says of its columns, and everything that is wrong with it.

    :param rows: texts of the whole sheet from its first row and column.
    """
    start = heading_row(rows)
    if start is None:
        return SheetRead((), (Problem("no_headings"),))
    places = _places(rows[start])
    columns: list[Defined] = []
    problems: list[Problem] = []
    notes: list[str] = []
    seen: dict[str, int] = {}
    for index in range(start + 1, len(rows)):
        told = {part: _cell(rows[index], place) for part, place in places.items()}
        if not told["heading"]:
            problems += _without_heading(told, places, index)
            continue
        if _is_note(told):
            notes.append(_name(places["heading"], index + 1))
            continue
        found = _defined(told, index + 1, has_obligation="obligation" in places)
        problems += _wrong(found, told, places, seen)
        columns.append(found)
    if not columns:
        problems.append(Problem("no_columns", _name(places["heading"], start + 1)))
    return SheetRead(tuple(columns), tuple(problems), frozenset(places), tuple(notes))


def _places(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, text in enumerate(row):
        key = comparison_key(text)
        part = _NAMES.get(key) or ("imi" if key.startswith(comparison_key("共通語彙基盤")) else None)
        if part:
            found.setdefault(part, place)
    return found


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _is_note(told: Mapping[str, str]) -> bool:
    """Tell lines below a table from its rows: they stand alone in their row."""
    alone = not any(text for part, text in told.items() if part != "heading")
    return alone and ("number" in told or bool(_NOTE.match(told["heading"])))


def _without_heading(told: Mapping[str, str], places: Mapping[str, int], index: int) -> Iterator[Problem]:
    # A second row of headings and empty rows have no number either.
    if told.get("number", "").rstrip(".").isdigit():
        yield Problem("no_heading", _name(places["heading"], index + 1), {"number": told["number"]})


def _defined(told: Mapping[str, str], row: int, *, has_obligation: bool) -> Defined:
    unknown = Obligation.UNKNOWN
    return Defined(
        heading=re.sub(r"\s*\n\s*", "", told["heading"]),
        row=row,
        obligation=_OBLIGATIONS.get(comparison_key(told["obligation"]), unknown) if has_obligation else unknown,
        values=tuple(dict.fromkeys(filter(None, (one.strip() for one in _BETWEEN.split(told.get("values", "")))))),
        **{part: told.get(part, "") for part in ("description", "format", "example", "english", "imi", "physical")},
    )


def _wrong(
    found: Defined, told: Mapping[str, str], places: Mapping[str, int], seen: dict[str, int]
) -> Iterator[Problem]:
    if "obligation" in told and comparison_key(told["obligation"]) not in _OBLIGATIONS:
        yield Problem("unknown_mark", _name(places["obligation"], found.row), {"mark": told["obligation"][:20]})
    first = seen.setdefault(comparison_key(found.heading), found.row)
    if first != found.row:
        params = {"heading": found.heading[:_LONGEST_HEADING], "first": _name(places["heading"], first)}
        yield Problem("twice", _name(places["heading"], found.row), params)
    for part, place in places.items():
        longest = _LONGEST_HEADING if part == "heading" else _LONGEST_TEXT
        if len(told[part]) > longest:
            yield Problem("too_long", _name(place, found.row), {"length": len(told[part]), "limit": longest})


def _name(place: int, row: int) -> str:
    """Return how a spreadsheet names a cell, given its column from 0 and its row from 1."""
    letters = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
