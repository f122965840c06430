"""The mapping tables as a page for people."""

from __future__ import annotations

from ckanext.hokkaido_dcat.domain.mapping import Rule, Table
from ckanext.hokkaido_dcat.mapping import mapping

__all__ = ["NOT_IN_THE_FEED", "document"]

#: Fields of the schema without a row, and why.
NOT_IN_THE_FEED = {
    "dataset": {
        "name": "addresses use the id, which never changes",
        "owner_org": "is what `organization` is read from",
        "tag_string": "is what `tags` is read from",
        "license_id": "stands on each distribution without a licence of its own, as DCAT-AP 3 wants it",
    },
    "resource": {
        "hash_algorithm": "follows from the length of the hash",
        "hash_sha1": "is the checksum of DCAT-AP 2.1.1, which knows no other; DCAT-AP 3 gets SHA-256",
    },
}

_HEAD = """# フィードの対応表 / Mapping of the feed

<!-- Made by `ckan hokkaido feed mapping`; a test compares it with the tables in ckanext/hokkaido_dcat/mapping. -->

スキーマの項目がDCAT-AP 3.0.1のどの項目になるかの一覧です。
Which field of the schema becomes which property of DCAT-AP 3.0.1.
"""

_TITLES = {
    "catalog": "カタログ / Catalogue",
    "record": "カタログレコード / Catalogue record",
    "dataset": "データセット / Dataset",
    "distribution": "配信（リソース） / Distribution (resource)",
    "agent": "組織 / Agent (organisation)",
}


def document() -> str:
    """Return the page in Markdown."""
    tables = mapping()
    parts = [_HEAD]
    parts += [_section(title, getattr(tables, name)) for name, title in _TITLES.items()]
    parts.append("\n## フィードに出ない項目 / Fields that are not in the feed\n\n| field | why |\n| --- | --- |\n")
    parts += [
        f"| {kind}: `{name}` | {why} |\n" for kind, names in NOT_IN_THE_FEED.items() for name, why in names.items()
    ]
    return "".join(parts)


def _section(title: str, table: Table) -> str:
    types = ", ".join(f"`{name}`" for name in table.types)
    rows = "".join(map(_row, table.rules))
    return f"\n## {title}\n\n{types}\n\n| field | property | as |\n| --- | --- | --- |\n{rows}"


def _row(rule: Rule) -> str:
    source = f"`{rule.field}`" + (f", else `{rule.otherwise}`" if rule.otherwise else "")
    notes = [
        rule.kind,
        f"@{rule.language}" if rule.language else "",
        rule.vocabulary and f"vocabulary {rule.vocabulary}",
    ]
    notes.append(rule.default and f"default {rule.default}")
    return f"| {source} | `{rule.property}` | {', '.join(filter(None, notes))} |\n"
