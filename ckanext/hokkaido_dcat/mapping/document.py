"""The mapping tables as a page for people."""

from __future__ import annotations

from ckanext.hokkaido_dcat.domain.mapping import Rule, Table
from ckanext.hokkaido_dcat.mapping import goj_items, mapping

__all__ = ["NOT_IN_THE_FEED", "document"]

#: Fields of the schema without a row, and why.
NOT_IN_THE_FEED = {
    "dataset": {
        "name": "addresses use the id, which never changes",
        "owner_org": "is what `organization` is read from",
        "tag_string": "is what `tags` is read from",
        "audience": "is of datasets that are not public, which are not in the feed",
        "universal_menu": "headings of web sites without IRIs; オープンデータ一覧 has a column for them",
        "license_id": "stands on each distribution without a licence of its own, as DCAT-AP 3 wants it",
    },
    "series": {
        "name": "addresses use the id, which never changes",
        "owner_org": "is what `organization` is read from",
    },
    "resource": {
        "columns": "DCAT-AP says nothing of the columns of a table",
        "rows": "DCAT-AP says nothing of the rows of a table",
        "hash_algorithm": "follows from the length of the hash",
        "has_api": "is what a catalogue said without naming the API; オープンデータ一覧 has a column for it",
        "hash_sha1": "is the checksum of DCAT-AP 2.1.1, which knows no other; DCAT-AP 3 gets SHA-256",
    },
    "organization": {
        "name": "addresses use the id, which never changes",
        "title_kana": "DCAT-AP has nothing for readings; the Japanese profile says it as a name in kana",
        "parent": "DCAT-AP says nothing of the order of organisations",
        "bureau": "DCAT-AP says nothing of the order of organisations",
        "description": "DCAT-AP gives an agent a name and a kind only",
        "image_url": "is for the portal's own pages",
        "approval": "says how the portal's own editors work",
        "contact_name": "is the contact of each dataset that names none itself",
        "contact_email": "is the contact of each dataset that names none itself",
        "contact_phone": "is the contact of each dataset that names none itself",
        "contact_url": "is the contact of each dataset that names none itself",
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
    "service": "データサービス（APIのリソースとDataStore） / Data service (a resource that is an API, the DataStore)",
    "series": "シリーズ / Dataset series",
    "agent": "組織 / Agent (organisation)",
}


_OBLIGATIONS = {"mandatory": "必須", "recommended": "推奨", "optional": "任意"}

_PROFILES = """
## DCAT-AP 2.1.1（`dcat-ap-2`）

- `dcat:byteSize`は`xsd:decimal`です。 / is `xsd:decimal`.
- チェックサムはSHA-1だけです。 / Checksums are SHA-1 only; uploaded files have one.
- `dcat:version`は`owl:versionInfo`です。 / is `owl:versionInfo`.
- `dcat:previousVersion`は`dct:replaces`、`dcat:inSeries`は`dct:isPartOf`で、シリーズは`dcat:Resource`です。
  / are `dct:replaces` and `dct:isPartOf`; a series is a `dcat:Resource`.

## DCAT-GoJとIMI（`dcat-goj`）

DCAT-AP 3の内容に、DCAT-GoJ（DS-469、2022年。現在は保守されていません）の項目と、
IMI共通語彙（`ic:`）による組織・連絡先・場所・期間を加えています。
IMIは公開データで使われている語だけを使い、値の型の定義は確かめていません。
GIFには使える名前空間がないため、IRIを作っていません。チェックサムは項目がないため省きます。

What DCAT-AP 3 says, with the items of DCAT-GoJ (DS-469, 2022, no longer maintained) and organisations, contacts,
places and periods in the IMI core vocabulary (`ic:`) beside it. Of IMI only terms seen in public data are used; the
kinds of their values could not be checked. GIF has no usable namespace, so no IRI is made for it. Checksums are left
out, since there is no item for them.

「—」は対応する項目がないもので、理由を添えています。 / "—" has no counterpart, with the reason.
"""


def document() -> str:
    """Return the page in Markdown."""
    tables = mapping()
    parts = [_HEAD]
    parts += [_section(title, getattr(tables, name)) for name, title in _TITLES.items()]
    parts.append("\n## フィードに出ない項目 / Fields that are not in the feed\n\n| field | why |\n| --- | --- |\n")
    parts += [
        f"| {kind}: `{name}` | {why} |\n" for kind, names in NOT_IN_THE_FEED.items() for name, why in names.items()
    ]
    parts.append(_PROFILES)
    parts += [_goj(title, items) for title, items in goj_items().items()]
    return "".join(parts)


def _goj(title: str, items: dict[str, dict[str, str]]) -> str:
    rows = "".join(f"| {item} | {_OBLIGATIONS[row['obligation']]} | {_carried(row)} |\n" for item, row in items.items())
    return f"\n### {title}\n\n| 項目 / item | 区分 / obligation | property |\n| --- | --- | --- |\n{rows}"


def _carried(row: dict[str, str]) -> str:
    if "property" in row:
        return f"`{row['property']}`" + (f" ({row['note']})" if "note" in row else "")
    return f"— {row['reason']}"


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
