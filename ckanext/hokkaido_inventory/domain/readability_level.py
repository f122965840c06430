"""The machine-readability that the form of the data alone can reach."""

from __future__ import annotations

import re

from ckanext.hokkaido_core.domain.text import comparison_key

__all__ = ["suggested_level"]

#: Words of a format, from the best level down; codes are those of the question `machine_readability`.
_WORDS = (
    ("4", r"turtle|ttl|json-?ld|n-?triples|rdf"),
    (
        "3",
        r"csv|tsv|json|xml|kml|kmz|gml|gpkg|geopackage|parquet|gtfs|ics|icalendar|ods|opendocument|カンマ区切|タブ区切",
    ),
    ("2", r"xls|excel|エクセル|表計算|スプレッドシート|access|アクセス|シェープ|shape|shp"),
    ("1", r"pdf|word|ワード|doc|ppt|powerpoint|パワーポイント|html|htm|テキスト|txt|一太郎|jtd|zip"),
    ("0", r"紙|paper|帳票|図面|マイクロ|写真|画像|jpe?g|png|tiff?"),
)
_RULES = tuple((level, re.compile(words)) for level, words in _WORDS)


def suggested_level(format_: object) -> str | None:
    """Return the code of the level for a format as people write it; the best one of several, nothing when unknown."""
    key = comparison_key(str(format_ or ""))
    return next((level for level, words in _RULES if key and words.search(key)), None)
