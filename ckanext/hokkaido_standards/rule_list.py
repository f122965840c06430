"""The list of all rules, for docs/standards.md."""

from __future__ import annotations

from collections.abc import Iterator

from ckanext.hokkaido_schema.shared import Item, vocabulary
from ckanext.hokkaido_standards.wording import officials

__all__ = ["rule_lines"]

_WEIGHTS = {
    "wrong": "直す / wrong",
    "warn": "確かめる / look",
    "told": "お知らせ / told",
    "asked": "人に尋ねる / asked",
}


def rule_lines() -> Iterator[str]:
    """Yield the rows of a Markdown table, one a rule, in the order of a report."""
    yield "| 規則 / rule | 内容 / what it says | 扱い / weight | 公式の規則 / official | どう直すか / what to do |"
    yield "| --- | --- | --- | --- | --- |"
    yield from map(_line, vocabulary("table_rules"))


def _line(item: Item) -> str:
    remedy = f"{item['remedy']['ja']}<br>{item['remedy']['en']}"
    weight = _WEIGHTS[item.get("weight", "wrong")]
    return (
        f"| `{item.code}` | {item.ja}<br>{item.en} | {weight} | {'、'.join(officials(item.code)) or '—'} | {remedy} |"
    )
