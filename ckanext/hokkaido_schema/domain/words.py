"""Words that people write where the schema has codes: frequencies, licences, themes, languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import TypeAlias

from ckanext.hokkaido_core.domain.text import comparison_key

__all__ = ["Codes", "Licence", "format_like", "frequency", "licence"]

#: (vocabulary, text) -> codes that the text means, by code or by any of its names; nothing when it is none of them.
Codes: TypeAlias = Callable[[str, str], tuple[str, ...]]

_MONTHS = r"[かケヵヶ箇ヵカ]?月"
_EVERY = re.compile(rf"(?P<n>\d+)(?P<unit>分|時間|日|週間?|{_MONTHS}|年)(?:に(?:1回|1度|一回)|毎|ごと|おき)?")
_TIMES = re.compile(r"(?:年に?(?P<year>\d+)回|月に?(?P<month>\d+)回|週に?(?P<week>\d+)回)(?:程度|以上)?")
_BY_MONTHS = {
    1: "MONTHLY", 2: "BIMONTHLY", 3: "QUARTERLY", 4: "ANNUAL_3", 6: "ANNUAL_2", 12: "ANNUAL", 24: "BIENNIAL",
    36: "TRIENNIAL", 48: "QUADRENNIAL", 60: "QUINQUENNIAL", 120: "DECENNIAL",
}  # fmt: skip
_BY_DAYS = {1: "DAILY", 7: "WEEKLY", 14: "BIWEEKLY", 30: "MONTHLY", 365: "ANNUAL"}
_A_YEAR = {1: "ANNUAL", 2: "ANNUAL_2", 3: "ANNUAL_3", 4: "QUARTERLY", 6: "BIMONTHLY", 12: "MONTHLY"}
#: 「年1回（6月）」: when in the year is no part of how often.
_REMARK = re.compile(r"\([^()]*\)")
_ISO = re.compile(r"(?:R/)?P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?")
_LOOSE = (
    ("随時", "IRREG"), ("不定期", "IRREG"), ("都度", "IRREG"), ("毎年", "ANNUAL"), ("年次", "ANNUAL"),
    ("毎月", "MONTHLY"), ("毎週", "WEEKLY"), ("毎日", "DAILY"), ("四半期", "QUARTERLY"), ("半年", "ANNUAL_2"),
    ("更新予定なし", "NEVER"), ("更新しない", "NEVER"), ("更新なし", "NEVER"),
)  # fmt: skip


def frequency(text: str, codes: Codes) -> str | None:
    """Return the code of a frequency in words (1年に1回, 年2回, 毎年6月ごろ, P1Y), or nothing when it means none."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    forms = dict.fromkeys((text, plain, plain.rpartition("/")[2], _REMARK.sub("", plain)))
    if found := next(filter(None, (codes("frequencies", form) for form in forms)), ()):
        return found[0]
    if code := next(filter(None, map(_counted, forms)), None):
        return code
    return next((code for word, code in _LOOSE if word in plain), None)


def _counted(plain: str) -> str | None:
    """Return the code of a frequency that is told by numbers."""
    if match := _EVERY.fullmatch(plain):
        return _every(int(match["n"]), match["unit"])
    if match := _TIMES.fullmatch(plain):
        return _times(match)
    if (match := _ISO.fullmatch(plain)) and any(match.groups()):
        years, months, weeks, days = (int(one or 0) for one in match.groups())
        return _BY_MONTHS.get(years * 12 + months) if years or months else _BY_DAYS.get(weeks * 7 + days)
    return None


def _every(number: int, unit: str) -> str | None:
    if unit in {"分", "時間"}:
        return "HOURLY" if unit == "時間" and number == 1 else "CONT"
    if unit == "日" or unit.startswith("週"):
        return _BY_DAYS.get(number * (7 if unit.startswith("週") else 1))
    return _BY_MONTHS.get(number * (12 if unit == "年" else 1))


def _times(match: re.Match[str]) -> str | None:
    if match["year"]:
        return _A_YEAR.get(int(match["year"]))
    if match["month"]:
        return {1: "MONTHLY", 2: "BIWEEKLY"}.get(int(match["month"]))
    return "WEEKLY" if match["week"] == "1" else None


class Licence:
    """What a text says of a licence: the code, and whether its words must be kept beside it."""

    __slots__ = ("code", "repair")

    def __init__(self, code: str, repair: str | None) -> None:
        self.code = code
        self.repair = repair


_CC = re.compile(
    r"(?:CREATIVECOMMONS(?:ATTRIBUTION|表示)|クリエイティブ[・･]?コモンズ[・･]?(?:ライセンス)?表示|CC[-_:]?BY)(?P<rest>.*)"
)
_CC_ZERO = re.compile(
    r"CC[-_]?(?:0|ZERO)(?:[-_]?1\.0)?|.*PUBLICDOMAIN/ZERO.*|CREATIVECOMMONSCC?ZERO.*|CREATIVECOMMONS(?:CC)?0.*"
)
_CC_URL = re.compile(r".*CREATIVECOMMONS\.ORG/LICENSES/BY/(?P<version>\d\.\d).*")
#: Conditions that the plain attribution licence does not have.
_MORE = re.compile(r"NC|SA|ND|NONCOMMERCIAL|SHAREALIKE|NODERIV|非営利|継承|改変禁止")
_VERSION = re.compile(r"(\d\.\d)")


def licence(text: str, codes: Codes) -> Licence | None:
    """Return what licence a text means; nothing for a blank one."""
    if not text.strip():
        return None
    if found := codes("licences", text):
        return Licence(found[0], None if text == found[0] else "licence")
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()
    return _creative_commons(plain) or _of_the_state(plain) or Licence("other", "licence_words")


def _creative_commons(plain: str) -> Licence | None:
    if _CC_ZERO.fullmatch(plain):
        return Licence("CC0-1.0", "licence")
    if match := _CC_URL.fullmatch(plain):
        return Licence("CC-BY-4.0", "licence") if match["version"] == "4.0" else Licence("other", "licence_words")
    match = _CC.match(plain)
    return _attribution(match["rest"]) if match else None


def _of_the_state(plain: str) -> Licence | None:
    if "政府標準利用規約" in plain and "2" in plain:
        return Licence("GOJ-2.0", "licence")
    if "公共データ利用規約" in plain or plain.startswith("PDL"):
        return Licence("PDL-1.0", "licence")
    return None


def _attribution(rest: str) -> Licence:
    if _MORE.search(rest):
        return Licence("other", "licence_words")
    version = _VERSION.search(rest)
    if version is None:
        return Licence("CC-BY-4.0", "licence_version")
    return Licence("CC-BY-4.0", "licence") if version[1] == "4.0" else Licence("other", "licence_words")


_FORMATS = {
    "csv", "tsv", "txt", "xls", "xlsx", "pdf", "html", "htm", "xml", "json", "geojson", "rdf", "zip", "shp", "kml",
    "kmz", "doc", "docx", "ppt", "pptx", "jpeg", "jpg", "png", "gif", "ods", "gtfs", "ttl", "jsonld", "api", "text",
    "dbf", "prj", "shx", "dxf", "las", "gml", "mp4", "mp3", "tif", "tiff",
}  # fmt: skip


def format_like(text: str) -> bool:
    """Tell whether a text is the name of a file format."""
    return comparison_key(text).lstrip(".") in _FORMATS
