"""How often something is updated, in people's own words.

Only words that say one thing are read; what may mean several (年1回公表、随時修正) is left to the editor. The list of
words stands in the vocabulary (`also`), as seen in Japanese catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ckanext.hokkaido_core.domain.text import comparison_key

__all__ = ["frequency_code", "words_of"]

#: What stands around the words and says no more: 「毎年1回」「年1回程度」「月次更新」.
_AROUND = re.compile(r"(に?(更新|公開|公表|作成|改定)(する|予定)?|程度|ごろ|頃|です)$")
_REMARK = re.compile(r"[（(][^（）()]*[）)]")
_NUMBER = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "十": "10"}
_KANJI = re.compile(r"[一二三四五六十](?=[年月週日かカ回ヶヵ箇])")


def words_of(items: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """Return the comparable form of every word -> the code it stands for.

    :param items: with `code`, `ja`, `en` and `also` (texts).
    """
    found: dict[str, str] = {}
    for item in items:
        code, also = str(item["code"]), item.get("also") or ()
        for word in (code, str(item["ja"]), str(item["en"]), *(str(one) for one in also)):  # type: ignore[attr-defined]
            found.setdefault(_key(word), code)
    return found


def frequency_code(text: str, words: Mapping[str, str]) -> str | None:
    """Return the code of a frequency in somebody's words, or nothing when it is not clear.

    :param words: as `words_of` gives them.
    """
    plain = text.strip()
    for form in (plain, _REMARK.sub("", plain)):
        key = _key(form)
        for candidate in (key, _AROUND.sub("", key), key.removeprefix("毎年") if key != "毎年" else key):
            if code := words.get(candidate):
                return code
    return None


def _key(text: str) -> str:
    plain = _KANJI.sub(lambda found: _NUMBER[found.group()], comparison_key(text))
    return re.sub(r"[かカヶヵケ箇](?=月)", "か", plain).replace("につき", "に").replace("1度", "1回")
