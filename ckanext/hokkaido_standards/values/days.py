"""Dates and times of day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ckanext.hokkaido_core.domain.eras import NotADate, Span, fiscal_year, read_span
from ckanext.hokkaido_standards.values.fault import Fault, form, half_width

__all__ = ["DATE", "TIME", "iso", "judge_date", "judge_time"]

#: Days that every year has, months, years, fiscal years, moments; the 29th of February is judged.
DATE = (
    r"^[0-9]{4}(?:-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8])|0[1-9]|1[0-2])|年度)?$"
)
TIME = r"^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)(?::00)?$"

_ERA = re.compile(
    r"^(?:明治|大正|昭和|平成|令和|[明大昭平令]|[MTSHR])\.?\s*(?:\d|元|[一二三四五六七八九十])", re.IGNORECASE
)
_BOTH = re.compile(r"([^()]+)\(([^()]+)\)")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*", re.ASCII)
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.0+)?", re.ASCII)
#: The days that a workbook counts from; serial numbers of 1950 to 2100.
_FIRST, _SERIALS = date(1899, 12, 30), range(18264, 73051)
_CLOCK = re.compile(
    r"(?P<half>午前|午後|am|pm|AM|PM)?\s*(?P<hour>\d{1,2})\s*(?:[:時;.]\s*(?P<minute>\d{1,2}|半)?分?)(?::\d{2}|\d{1,2}秒)?",
    re.ASCII,
)
_NOON, _DAY, _HOUR = 12, 24, 60


def iso(span: Span, *, fiscal: bool = False) -> str:
    """Write a run of days as ISO 8601 does, as short as it is precise; a fiscal year as 2026年度."""
    if span.start == span.end:
        return span.start.isoformat()
    if fiscal:
        return f"{fiscal_year(span.start)}年度"
    same = (span.start.year, span.start.month) == (span.end.year, span.end.month)
    return span.start.isoformat()[:7] if same else str(span.end.year)


def judge_date(text: str) -> Fault | None:
    """Tell what is wrong with a date, a month, a year or a fiscal year."""
    plain = half_width(text)
    if (found := _MOMENT.fullmatch(plain)) and plain == text:
        return judge_date(found[1])
    if _SERIAL.fullmatch(plain) and int(float(plain)) in _SERIALS:
        return Fault("value-serial", (_FIRST + timedelta(days=int(float(plain)))).isoformat())
    try:
        better = _written_both_ways(plain) or _iso(plain)
    except NotADate as error:
        return Fault("value-date" if error.reason == "form" else "value-date-none")
    era = _ERA.match(plain) and not _BOTH.fullmatch(plain)
    return form(text, better, "L3-05" if era else "value-form")


def _iso(plain: str) -> str:
    return iso(read_span(plain), fiscal=plain.endswith("度"))


def _written_both_ways(plain: str) -> str:
    """Return the date of a text that says it in both calendars, or nothing."""
    found = _BOTH.fullmatch(plain)
    if found is None:
        return ""
    try:
        one, other = map(_iso, found.groups())
    except NotADate:
        return ""
    return one if one == other else ""


def judge_time(text: str) -> Fault | None:
    """Tell what is wrong with a time of day; 24:00 is the end of one."""
    plain = half_width(text)
    found = _CLOCK.fullmatch(plain)
    if found is None:
        return Fault("value-time")
    hour, minute = int(found["hour"]), _HOUR // 2 if found["minute"] == "半" else int(found["minute"] or 0)
    if found["half"] and found["half"].lower() in {"午後", "pm"} and hour < _NOON:
        hour += _NOON
    if minute >= _HOUR or hour > _DAY or (hour == _DAY and minute):
        return Fault("value-time")
    return form(text, f"{hour:02}:{minute:02}")
