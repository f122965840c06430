"""Paths of the IMI core vocabulary: what a column is, as a class.

Source: 共通語彙基盤 コア語彙 2.4 (classes), and the notation of the official sheets, `施設>住所>表記`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["NAMESPACE", "class_of"]

NAMESPACE = "http://imi.go.jp/ns/core/rdf#"

#: A step of a path -> the class of what it leads to. Steps that lead to plain texts and numbers have none.
_CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "ID": "ID型",
        "名称": "名称型",
        "住所": "住所型",
        "地理座標": "座標型",
        "連絡先": "連絡先型",
        "利用可能時間": "定期スケジュール型",
        "期間": "期間型",
        "関与": "関与型",
        "参照": "参照型",
    }
)


def class_of(path: str) -> str:
    """Return the IRI of the class that a column is part of, by the last step of its path that has one; else nothing."""
    for step in reversed(path.split(">")):
        name = step.partition("{")[0].strip()
        if found := _CLASSES.get(name):
            return f"{NAMESPACE}{found}"
    return ""
