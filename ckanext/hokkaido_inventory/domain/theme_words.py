"""The theme that people's own words for a field of work come nearest to."""

from __future__ import annotations

import re

from ckanext.hokkaido_core.domain.text import comparison_key

__all__ = ["theme_of"]

#: Codes of the vocabulary of themes with words of the classifications in use; the first that fits is taken.
_WORDS = (
    ("safety", "防災|安全|消防|防犯|避難|災害|救急"),
    ("health", "健康|医療|介護|保健|衛生|病院"),
    ("welfare", "子育て|福祉|保育|障がい|障害|高齢"),
    ("education", "教育|文化|スポーツ|学校|生涯学習"),
    ("tourism", "観光"),
    ("transport", "交通|運輸|運輸・観光|道路|鉄道|バス"),
    ("agriculture", "農|林|水産|漁|食"),
    ("environment", "環境|自然|ごみ|ゴミ|気象|河川"),
    ("energy", "エネルギー|電気|ガス"),
    ("economy", "産業|商工|雇用|労働|経済|企業|家計|鉱工業"),
    ("population", "人口|統計|世帯"),
    ("region", "まちづくり|都市|住宅|土地|建設|国土|地域"),
    ("technology", "情報通信|科学|ict|デジタル"),
    ("international", "国際"),
    ("government", "行政|行財政|財政|選挙|議会|司法|施設"),
)
_RULES = tuple((code, re.compile(words)) for code, words in _WORDS)


def theme_of(text: str | None) -> str | None:
    """Return the code of the theme that the words name first, nothing when none fits."""
    key = comparison_key(text or "")
    found = [(match.start(), code) for code, words in _RULES if key and (match := words.search(key))]
    return min(found, key=lambda pair: pair[0])[1] if found else None
