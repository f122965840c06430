"""The fields of the schema as a page for people: what each asks, with an example, and where it goes in each export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ckanext.hokkaido_dcat.mapping import goj_items, mapping
from ckanext.hokkaido_schema.shared import opendata_list_columns, schema_fields

__all__ = ["document"]

_HEAD = """# 項目の一覧 / Fields

<!-- Made by `ckan hokkaido feed fields`; a test compares it with schemas/ and the tables of the exports. -->

データセット、ファイル、組織に書く項目と、それぞれがどの出力のどこに入るかの一覧です。
必須は公開するときに要るもの、推奨は書くと評価が上がり、見つけてもらいやすくなるものです。

What datasets, files and organisations are described by, and where each field goes. 必須 is needed for publication, 推奨
raises the score and makes data easier to find, 任意 is for those who want to say more. The properties of DCAT-AP are
explained in [mapping.md](mapping.md).
"""
_OBLIGATIONS = {"mandatory": "必須", "recommended": "推奨", "optional": "任意"}
_KINDS = {
    "dataset": ("データセット / Dataset", "dataset", "データセット"),
    "resource": ("ファイル / File (resource)", "distribution", "ディストリビューション"),
    "organization": ("組織 / Organisation", "agent", ""),
}
#: Fields that the tables of the feed name otherwise.
_IN_THE_FEED = {"tag_string": "tags", "owner_org": "organization", "license_id": "license"}


def document() -> str:
    """Return the page in Markdown."""
    return _HEAD + "".join(_section(kind) for kind in _KINDS)


def _section(kind: str) -> str:
    title, table, goj = _KINDS[kind]
    head = "| 項目 / field | 区分 | 説明 / what it says | 例 / example | DCAT-AP 3 | DCAT-GoJ | オープンデータ一覧 |\n"
    lines = "".join(_line(kind, table, goj, field, name) for field, name in _all(kind))
    return f"\n## {title}\n\n{head}| --- | --- | --- | --- | --- | --- | --- |\n{lines}"


def _all(kind: str) -> Iterator[tuple[dict[str, Any], str]]:
    for field in schema_fields(kind):
        yield field, field["field_name"]
        for part in field.get("repeating_subfields", ()):
            yield part, f"{field['field_name']}.{part['field_name']}"


def _line(kind: str, table: str, goj: str, field: dict[str, Any], name: str) -> str:
    properties = _properties(table, name)
    items = [
        item for item, row in goj_items().get(goj, {}).items() if row.get("property") in {p for p in properties if p}
    ]
    cells = (
        f"{field['label']['ja']}<br>{field['label']['en']}<br>`{name}`",
        _OBLIGATIONS[field["obligation"]],
        _both(field.get("help_text")),
        _both(field.get("form_placeholder")),
        "<br>".join(f"`{one}`" for one in properties) or "—",
        "<br>".join(items) or "—",
        "<br>".join(opendata_list_columns(name, of=kind)) or "—",
    )
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"


def _properties(table: str, name: str) -> list[str]:
    wanted = _IN_THE_FEED.get(name, name)
    if name == "license_id":
        table = "distribution"
    return [rule.property for rule in getattr(mapping(), table).rules if wanted in (rule.field, rule.otherwise)]


def _both(text: Any) -> str:
    if isinstance(text, dict):
        return "<br>".join(dict.fromkeys((text["ja"], text["en"])))
    return str(text or "—")
