"""The next edition of a dataset: its name, its period and the name of the series, one year on.

Only a year that is written as one is moved: with 年, 年度, 年版 or 版 behind it, or as an ISO date or month.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date

from ckanext.hokkaido_core.domain.eras import ERAS, Era, era_of

__all__ = ["YEAR_KINDS", "next_day", "next_edition", "series_title", "year_named"]

_ERA = r"(?P<era>明治|大正|昭和|平成|令和|(?<![A-Za-z])[MTSHR](?=[\d０-９]))"
_ERA_YEAR = re.compile(_ERA + r"\s?(?P<number>[0-9０-９]{1,2}|元)(?P<after>\s?年度版?|\s?年版?|(?=[.\-/]))")
_WESTERN = re.compile(
    r"(?<![0-9０-９])(?P<number>(?:19|20|１９|２０)[0-9０-９]{2})(?P<after>\s?年度版?|\s?年版?|\s?版|(?=-\d{2}))"
)
YEAR_KINDS = (_ERA_YEAR, _WESTERN)
_AROUND = re.compile(r"[\s　]*[（(【\[]\s*[）)】\]]")
_EDGES = re.compile(r"^[\s　、,・:：\-–―_の]+|[\s　、,・:：\-–―_の]+$")
_BY_NAME = {name: era for era in ERAS for name in (era.letter, era.ja)}
#: In this month of a year an era is asked for: a fiscal year is called by the era of its middle.
_MIDDLE = (10, 1)
_FEBRUARY = 2


def next_edition(text: str) -> str:
    """Return a text with every year in it one year on: 令和7年度（2025年度） becomes 令和8年度（2026年度）."""
    return _WESTERN.sub(_next_western, _ERA_YEAR.sub(_next_in_era, text))


def next_day(text: str) -> str:
    """Return an ISO date a year later; the last day of February stays the last."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return text
    ends_february = day.month == _FEBRUARY and day.day == monthrange(day.year, day.month)[1]
    last = monthrange(day.year + 1, day.month)[1]
    return date(day.year + 1, day.month, last if ends_february else day.day).isoformat()


def series_title(title: str) -> str:
    """Return what is common to the editions: the title without its years, the whole title where nothing is left."""
    bare = title
    for pattern in YEAR_KINDS:
        # A year that is part of a date stays: nothing would be left of the date but its end.
        bare = pattern.sub(lambda match: "" if match["after"] else match.group(), bare)
    bare = _EDGES.sub("", _AROUND.sub("", bare))
    return re.sub(r"[\s　]{2,}", " ", bare) or title


def year_named(text: str) -> str:
    """Return the first year in a text as it is written (令和7年度), an empty text when it names none."""
    found = [match for pattern in YEAR_KINDS if (match := pattern.search(text))]
    first = min(found, key=lambda match: match.start(), default=None)
    return first.group().strip() if first else ""


def _next_western(match: re.Match[str]) -> str:
    return _like(str(_number(match["number"]) + 1), match["number"]) + match["after"]


def _next_in_era(match: re.Match[str]) -> str:
    era = _BY_NAME[match["era"]]
    number = 1 if match["number"] == "元" else _number(match["number"])
    year = era.start.year + number
    new = _era_in(year, era)
    written = year - new.start.year + 1
    name = new.letter if len(match["era"]) == 1 and match["era"].isascii() else new.ja
    sign = "元" if written == 1 and name == new.ja else str(written)
    return name + _like(sign, match["number"]) + match["after"]


def _era_in(year: int, stated: Era) -> Era:
    return era_of(date(year, *_MIDDLE)) or stated


def _number(text: str) -> int:
    return int(unicodedata.normalize("NFKC", text))


def _like(number: str, model: str) -> str:
    """Write digits as wide as those of the model."""
    if not any("０" <= digit <= "９" for digit in model):
        return number
    return "".join(chr(ord(digit) + 0xFEE0) if digit.isascii() else digit for digit in number)
