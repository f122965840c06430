"""What a table of texts is: where its headings stand, what kind of value each column holds, which period it names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ckanext.hokkaido_core.domain.eras import NotADate, Span, read_span

__all__ = ["Column", "column_types", "heading_row", "period_named"]

#: Headings stand in one of the first rows, under titles and notes.
_LOOKED_AT = 20
_FEWEST = 2
_INTEGER = re.compile(r"[-+△▲]?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,17})")
_NUMBER = re.compile(r"[-+△▲]?(?:\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.\d+)?%?")
_VALUE = re.compile(r"[-+△▲¥￥]?[\d,.]+[%円人件]?|https?://.+|.+@.+\..+")
#: Years and months as titles and names of files write them.
_PERIOD = re.compile(
    r"(?:(?:令和|平成|昭和|[RHS](?=\d))(?:\d{1,2}|元)|(?<!\d)(?:19|20)\d{2})年?(?:度|(?:\d{1,2}月(?:\d{1,2}日)?)?)"
)
_DAY = re.compile(r"(?<!\d)(?P<year>20\d{2}|19\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading and what kind of value stands in it (`integer`, `number`, `date` or `string`)."""

    name: str
    type: str


def heading_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the number of the row with the headings: the first one that is as wide as the table and holds no value."""
    width = max((_filled(row) for row in rows[: _LOOKED_AT * 2]), default=0)
    if width < _FEWEST:
        return None
    for number, row in enumerate(rows[:_LOOKED_AT]):
        cells = [cell.strip() for cell in row if cell.strip()]
        if len(cells) * 10 >= width * 8 and not any(
            _VALUE.fullmatch(unicodedata.normalize("NFKC", cell)) for cell in cells
        ):
            return number
    return None


def column_types(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[Column, ...]:
    """Return the columns of a table with the narrowest kind that fits every value of the rows given; blanks fit all."""
    values: list[list[str]] = [[] for _ in headings]
    for row in rows:
        for place, cell in enumerate(row[: len(headings)]):
            if text := cell.strip():
                values[place].append(unicodedata.normalize("NFKC", text))
    return tuple(
        Column(heading.strip(), _type(found))
        for heading, found in zip(headings, values, strict=True)
        if heading.strip()
    )


def period_named(*texts: str) -> Span | None:
    """Return the period that the first of some texts names: 令和7年度, 2025年4月, 20260401."""
    for text in texts:
        plain = unicodedata.normalize("NFKC", text)
        for match in _PERIOD.finditer(plain):
            if (span := _span(match.group())) is not None:
                return span
        if (day := _DAY.search(plain)) and (span := _span("-".join(day.groups()))) is not None:
            return span
    return None


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _type(values: Sequence[str]) -> str:
    if not values:
        return "string"
    if all(_INTEGER.fullmatch(value) for value in values):
        return "integer"
    # A number that begins with a zero is a code, of which the zero is a part.
    if all(_NUMBER.fullmatch(value) and not re.match(r"0\d", value) for value in values):
        return "number"
    return "date" if all(_span(value) for value in values) else "string"


def _span(text: str) -> Span | None:
    if text.isdecimal() and len(text) != 8:  # noqa: PLR2004 - a day without separators has eight digits.
        return None
    tried = text if text.endswith(("年", "度", "月", "日")) or any(sign in text for sign in "-/.") else f"{text}年"
    for form in (text, tried):
        try:
            return read_span(form)
        except NotADate:
            continue
    return None
