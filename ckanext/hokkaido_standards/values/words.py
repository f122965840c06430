"""Words that a set prescribes: 有 and 無, days of the week, marks; and readings."""

from __future__ import annotations

import re
import unicodedata

from ckanext.hokkaido_standards.values.fault import Fault, form, half_width
from ckanext.hokkaido_standards.values.numbers import judge_integer

__all__ = [
    "COUNT_OR_PRESENCE",
    "KANA",
    "MARK",
    "PRESENCE",
    "WEEKDAYS",
    "judge_count_or_presence",
    "judge_kana",
    "judge_mark",
    "judge_presence",
    "judge_weekdays",
]

COUNT_OR_PRESENCE = r"^(?:[0-9]+|有|無)$"
PRESENCE = r"^(?:有|無|可|不可)$"
MARK = r"^(?:1|0|○)$"
WEEKDAYS = r"^月?火?水?木?金?土?日?祝?$"
KANA = r"^[ァ-ヿ0-9A-Za-z０-９Ａ-Ｚａ-ｚ　 ・＆&（）()「」『』〈〉.．,，、'’\-－‐~～〜/／!！?？※№#＃:：*＊+＋_＿]+$"

_DAYS = "月火水木金土日"
_HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_KANA, _WEEKDAYS = re.compile(KANA), re.compile(WEEKDAYS)
_YES = frozenset(("あり", "有り", "○", "◯", "〇", "◎", "1", "true", "yes", "はい"))
_NO = frozenset(("なし", "無し", "×", "✕", "✖", "0", "false", "no", "いいえ"))
#: What says outright that something holds, where a mark is asked.
_HOLDS = frozenset(("有", "有り", "あり"))
_CIRCLES = frozenset("〇◯")
_RUN = re.compile(f"([{_DAYS}])[~から-]+([{_DAYS}])(?:まで)?")


def judge_presence(text: str) -> Fault | None:
    """Tell what is wrong with 有 or 無 (可 or 不可 where something is allowed)."""
    plain = half_width(text).casefold()
    if plain in _YES | {"有"}:
        return form(text, "有")
    if plain in _NO | {"無"}:
        return form(text, "無")
    return Fault("value-presence")


def judge_count_or_presence(text: str) -> Fault | None:
    """Tell what is wrong with how many there are, or 有 or 無 where nobody has counted."""
    plain = half_width(text)
    # A figure is a count here, never the yes or no of a form.
    is_word = not plain.isdigit() and plain.casefold() in _YES | _NO | {"有", "無"}
    return judge_presence(text) if is_word else judge_integer(text)


def judge_mark(text: str) -> Fault | None:
    """Tell what is wrong with a mark (1 or ○, and blank where it does not hold)."""
    plain = half_width(text)
    if plain in {"0", "1", "○"}:
        return form(text, plain)
    if plain in _HOLDS:
        return Fault("value-form", "1")
    return Fault("value-form", "○") if plain in _CIRCLES else Fault("value-mark")


def judge_weekdays(text: str) -> Fault | None:
    """Tell what is wrong with days of the week (月火水木金土日 without anything between, 祝 for public holidays)."""
    plain = half_width(text).replace("〜", "~")
    plain = plain.replace("毎日", _DAYS).replace("平日", "月火水木金").replace("祝日", "祝")
    plain = _RUN.sub(_expanded, re.sub(r"曜日?", "", plain))
    plain = re.sub(r"[\s、,;・.]", "", plain)
    marks = set(plain)
    if not plain or not marks <= {*_DAYS, "祝"}:
        return Fault("value-weekdays")
    return form(text, "".join(day for day in f"{_DAYS}祝" if day in marks))


def _expanded(found: re.Match[str]) -> str:
    first, last = map(_DAYS.index, found.groups())
    return _DAYS[first : last + 1] if first <= last else _DAYS[first:] + _DAYS[: last + 1]


def judge_kana(text: str) -> Fault | None:
    """Tell what is wrong with a reading in full-width katakana."""
    better = re.sub("[\uff61-\uff9f]+", lambda found: unicodedata.normalize("NFKC", found.group()), text)
    better = better.translate(_HIRAGANA)
    if _KANA.fullmatch(better):
        return form(text, better)
    one_line = "".join(better.splitlines())
    return Fault("L1-06", one_line, sure=False) if _KANA.fullmatch(one_line) else Fault("value-kana")
