"""Japanese eras and fiscal years: reading every usual way of writing a date, and writing it both ways.

Source: the era orders (明治 1868-01-25 by the calendar of today, 大正 1912-07-30, 昭和 1926-12-25, 平成 1989-01-08,
令和 2019-05-01). A day on which an era changed belongs to both.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

__all__ = [
    "ERAS",
    "Era",
    "NotADate",
    "Span",
    "date_label",
    "era_of",
    "fiscal_year",
    "fiscal_year_label",
    "fiscal_year_span",
    "japanese_date",
    "read_date",
    "read_fiscal_year",
    "read_span",
]


@dataclass(frozen=True, slots=True)
class Era:
    """One era: letter, names, first day, last day (the last one has none)."""

    letter: str
    ja: str
    en: str
    start: date
    end: date | None

    def holds(self, day: date) -> bool:
        """Tell whether a day can be written in this era."""
        return self.start <= day and (self.end is None or day <= self.end)


#: Oldest first. The end of an era is the day on which the next began, since that day may be written both ways,
#: but for 平成, which was ended by law the day before.
ERAS = (
    Era("M", "明治", "Meiji", date(1868, 1, 25), date(1912, 7, 30)),
    Era("T", "大正", "Taisho", date(1912, 7, 30), date(1926, 12, 25)),
    Era("S", "昭和", "Showa", date(1926, 12, 25), date(1989, 1, 7)),
    Era("H", "平成", "Heisei", date(1989, 1, 8), date(2019, 4, 30)),
    Era("R", "令和", "Reiwa", date(2019, 5, 1), None),
)

#: Years outside of this range are slips of the pen in a catalogue.
FIRST_YEAR, LAST_YEAR = 1868, 2200
#: The fiscal year begins in April.
_FIRST_MONTH = 4


class NotADate(ValueError):
    """The text is not a date; `reason` is one of `empty`, `form`, `calendar`, `era`, `year`, `range`."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{text!r}: {reason}")
        self.text = text
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Span:
    """A run of days, both ends included."""

    start: date
    end: date


_BY_NAME = {name: era for era in ERAS for name in (era.letter, era.ja, era.ja[0])}
_KANJI_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
_KANJI_NUMBER = re.compile(r"[〇一二三四五六七八九十百]+(?=[年月日])")
_ERA = r"(?P<era>明治|大正|昭和|平成|令和|[明大昭平令]|[MTSHR])"
_YEAR = rf"(?:(?:{_ERA}\.?(?P<era_year>\d{{1,2}}|元))|(?P<year>\d{{4}}))"
_SEPARATED = re.compile(rf"{_YEAR}(?:[./-](?P<month>\d{{1,2}})(?:[./-](?P<day>\d{{1,2}}))?)?")
_WRITTEN = re.compile(rf"{_YEAR}年(?:(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})日)?)?")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_FISCAL = re.compile(rf"{_YEAR}年?度")
#: A weekday in brackets, or a time of day, after the date.
_TAIL = re.compile(r"\([月火水木金土日](?:曜日?)?\)$|(?<=\d)[T ]\d{1,2}:\d{2}.*$")


def read_date(text: str) -> date:
    """Read one day, written in an era or in the Western calendar (令和8年4月1日, R8.4.1, 2026/4/1, 20260401).

    :raises NotADate: when the text names no day, or a day that does not exist or lies outside of its era.
    """
    span = read_span(text)
    if span.start != span.end:
        raise NotADate(text, "form")
    return span.start


def read_span(text: str) -> Span:
    """Read a day, a month, a year or a fiscal year as the run of days it covers.

    :raises NotADate: as `read_date` does.
    """
    plain = _plain(text)
    if not plain:
        raise NotADate(text, "empty")
    if found := _FISCAL.fullmatch(plain):
        return fiscal_year_span(_fiscal(text, found))
    for pattern in (_WRITTEN, _SEPARATED, _COMPACT):
        if found := pattern.fullmatch(plain):
            return _span(text, found)
    raise NotADate(text, "form")


def read_fiscal_year(text: str) -> int:
    """Read a fiscal year as the Western year in which it begins (令和8年度, R8年度, 2026年度, 2026).

    :raises NotADate: when it is something else, or the era did not reach into that fiscal year.
    """
    plain = _plain(text)
    if re.fullmatch(r"\d{4}", plain):
        plain += "年度"
    found = _FISCAL.fullmatch(plain)
    if not found:
        raise NotADate(text, "form" if plain else "empty")
    return _fiscal(text, found)


def fiscal_year(day: date) -> int:
    """Return the fiscal year of a day; it begins on the first of April."""
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


def fiscal_year_span(year: int) -> Span:
    """Return the first of April of `year` to the thirty-first of March that follows."""
    return Span(date(year, _FIRST_MONTH, 1), date(year + 1, 3, 31))


def era_of(day: date) -> Era | None:
    """Return the era of a day, the newer one on a day of change; nothing before 明治."""
    return next((era for era in reversed(ERAS) if era.holds(day)), None)


def japanese_date(day: date) -> str:
    """Write a day in its era: 令和8年11月23日."""
    era = era_of(day)
    if era is None:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{era.ja}{_era_year(era, day.year)}年{day.month}月{day.day}日"


def date_label(day: date) -> str:
    """Write a day both ways, as machine-readability rule L3-05 asks: 令和8年11月23日（2026年11月23日）."""
    return f"{japanese_date(day)}（{day.year}年{day.month}月{day.day}日）"


def fiscal_year_label(year: int) -> str:
    """Write a fiscal year both ways: 令和8年度（2026年度）.

    The era is the one in which the middle of the year falls, which is how 昭和63年度 and 令和元年度 are called.
    """
    era = era_of(date(year, 10, 1))
    if era is None:
        return f"{year}年度"
    return f"{era.ja}{_era_year(era, year)}年度（{year}年度）"


def _plain(text: str) -> str:
    """Bring a date to half-width, without blanks, with Arabic numbers; for reading only."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = _TAIL.sub("", plain)
    plain = re.sub(r"[‐‑–—−ー]", "-", re.sub(r"\s+", "", plain))
    plain = re.sub(r"^西暦", "", plain).upper()
    return _KANJI_NUMBER.sub(lambda found: str(_kanji_number(found.group())), plain)


def _kanji_number(text: str) -> int:
    """Read 二十三, 三十, 百二 and 二〇二六."""
    if not re.search("[十百]", text):
        return int("".join(str(_KANJI_DIGITS[digit]) for digit in text))
    total = 0
    for unit, value in (("百", 100), ("十", 10)):
        before, found, after = text.partition(unit)
        if found:
            total += (_KANJI_DIGITS.get(before, 1) if before else 1) * value
            text = after
    return total + (_KANJI_DIGITS.get(text, 0) if text else 0)


def _era_year(era: Era, year: int) -> str:
    number = year - era.start.year + 1
    return "元" if number == 1 else str(number)


def _western_year(text: str, found: re.Match[str]) -> tuple[int, Era | None]:
    groups = found.groupdict()
    if groups.get("year"):
        year, era = int(groups["year"]), None
    else:
        era = _BY_NAME[groups["era"]]
        number = 1 if groups["era_year"] == "元" else int(groups["era_year"])
        if number == 0:
            raise NotADate(text, "era")
        year = era.start.year + number - 1
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotADate(text, "year")
    return year, era


def _fiscal(text: str, found: re.Match[str]) -> int:
    year, era = _western_year(text, found)
    if era is not None:
        _within(text, era, fiscal_year_span(year))
    return year


def _span(text: str, found: re.Match[str]) -> Span:
    year, era = _western_year(text, found)
    month = int(found["month"]) if found["month"] else None
    day = int(found["day"]) if found["day"] else None
    try:
        if month is None:
            span = Span(date(year, 1, 1), date(year, 12, 31))
        elif day is None:
            span = Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        else:
            span = Span(date(year, month, day), date(year, month, day))
    except ValueError as error:
        raise NotADate(text, "calendar") from error
    return _within(text, era, span) if era is not None else span


def _within(text: str, era: Era, span: Span) -> Span:
    """Cut a span to its era, or refuse it when it lies outside (平成99年, 平成31年5月1日)."""
    if span.end < era.start or (era.end is not None and span.start > era.end):
        raise NotADate(text, "era")
    return Span(max(span.start, era.start), min(span.end, era.end or span.end))
