"""オープンデータ一覧 (06 of 自治体標準オープンデータセット), in which Japanese portals exchange their catalogues.

One row for each file, with the columns of its dataset repeated; a dataset without a file has one row. Several values
in one cell are separated by semicolons. Source of the columns: 自治体標準オープンデータセット, 06 オープンデータ一覧.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from ckanext.hokkaido_schema.domain.from_list import FREQUENCY_NOTE

__all__ = ["HEADINGS", "Label", "rows"]

#: (vocabulary, code) -> what people call it; empty where the vocabulary has no such code.
Label = Callable[[str, str], str]

_Value = Callable[[dict[str, Any], Label], object]


def _field(*names: str) -> _Value:
    """Return the first of these fields that says something."""
    return lambda source, _label: next((source[name] for name in names if source.get(name)), "")


def _day(*names: str) -> _Value:
    """Return the day of the first of these fields that says something, as YYYY-MM-DD."""
    return lambda source, label: str(_field(*names)(source, label))[:10]


def _labels(vocabulary: str, *names: str) -> _Value:
    """Return the names of the codes in a field; a code that the vocabulary lacks stays as it is."""
    return lambda source, label: [label(vocabulary, str(code)) or code for code in _list(_field(*names)(source, label))]


def _contact(name: str) -> _Value:
    def value(source: dict[str, Any], _label: Label) -> object:
        own = next(iter(_list(source.get("contact"))), None)
        if isinstance(own, dict) and any(own.values()):
            return own.get(name)
        return (source.get("organization") or {}).get(f"contact_{name}")

    return value


def _organization(name: str) -> _Value:
    return lambda source, _label: (source.get("organization") or {}).get(name)


def _periods(source: dict[str, Any], _label: Label) -> object:
    found = [one for one in _list(source.get("temporal_coverage")) if isinstance(one, dict)]
    return [f"{one.get('start') or ''}/{one.get('end') or ''}" for one in found if one.get("start") or one.get("end")]


def _listed(name: str) -> _Value:
    return lambda source, _label: _list(source.get(name))


def _api(source: dict[str, Any], _label: Label) -> object:
    active = source.get("datastore_active") in (True, "True", "true")
    return "有" if active or source.get("api_kind") or source.get("has_api") else "無"


def _remarks(source: dict[str, Any], _label: Label) -> object:
    """Return the remarks, and below them the note on the frequency, which has no column of its own."""
    remarks, note = source.get("remarks") or "", source.get("frequency_note") or ""
    return f"{remarks}\n{FREQUENCY_NOTE}：{note}".strip() if note else remarks


def _download(source: dict[str, Any], _label: Label) -> object:
    return source.get("download_url") or ""


#: Columns 1 to 28, of the dataset.
_DATASET: tuple[tuple[str, _Value], ...] = (
    ("データセット_ID", _field("identifier", "id")),
    ("全国地方公共団体コード", _organization("code")),
    ("地方公共団体名", _organization("title")),
    ("データセット_タイトル", _field("title")),
    ("データセット_サブタイトル", _field("subtitle")),
    ("データセット_概要", _field("notes")),
    ("データセット_キーワード", _listed("tags")),
    ("データセット_分類", _labels("themes", "theme")),
    ("データセット_ユニバーサルメニュー", _field("universal_menu")),
    ("データセット_公開日", _day("issued", "metadata_created")),
    ("データセット_最終更新日", _day("modified", "metadata_modified")),
    ("データセット_バージョン", _field("version")),
    ("データセット_言語", _listed("language")),
    ("データセット_URL", _field("page")),
    ("データセット_更新頻度", _labels("frequencies", "frequency")),
    ("データセット_準拠する標準", _listed("conforms_to")),
    ("データセット_関連ドキュメント", _listed("documentation")),
    ("データセット_来歴情報", _field("provenance")),
    ("データセット_対象地域", _labels("areas", "spatial_code")),
    ("データセット_対象期間", _periods),
    ("データセット_作成者", _field("creator")),
    ("データセット_連絡先名称", _contact("name")),
    ("データセット_連絡先メールアドレス", _contact("email")),
    ("データセット_連絡先電話番号", _contact("phone")),
    ("データセット_連絡先内線番号", _contact("extension")),
    ("データセット_連絡先FormURL", _contact("url")),
    ("データセット_連絡先備考（その他、SNSなど）", _contact("note")),
    ("データセット_備考", _remarks),
)

#: Columns 29 to 45, of the file.
_FILE: tuple[tuple[str, _Value], ...] = (
    ("ファイル_ID", _field("identifier", "id")),
    ("ファイル_タイトル", _field("name")),
    ("ファイル_アクセスURL", _field("url")),
    ("ファイル_ダウンロードURL", _download),
    ("ファイル_説明", _field("description")),
    ("ファイル_形式", _field("format")),
    ("ファイル_ライセンス", _labels("licences", "license")),
    ("ファイル_ステータス", _labels("statuses", "status")),
    ("ファイル_サイズ", _field("size")),
    ("ファイル_公開日", _day("issued", "created")),
    ("ファイル_最終更新日", _day("modified", "last_modified")),
    ("ファイル_利用規約", _field("rights")),
    ("ファイル_関連ドキュメント", _listed("documentation")),
    ("ファイル_言語", _listed("language")),
    ("ファイル_準拠する標準", _listed("conforms_to")),
    ("ファイル_API対応有無", _api),
    ("ファイル_著作権表記", _field("copyright")),
)

_LICENCE = "ファイル_ライセンス"

#: All 45 headings, in their order.
HEADINGS: tuple[str, ...] = tuple(name for name, _ in (*_DATASET, *_FILE))


def rows(dataset: dict[str, Any], label: Label) -> Iterator[list[str]]:
    """Return the rows of a dataset, 45 texts each.

    :param dataset: fields of the schema, `organization` (its fields), `tags` and `resources` (lists), and `page`, the
        address of its page; lists may be JSON text.
    """
    own = [_text(value(dataset, label)) for _, value in _DATASET]
    files = dataset.get("resources") or []
    for file in files:
        source = {**file, "license": file.get("license") or dataset.get("license_id")}
        yield own + [_text(value(source, label)) for _, value in _FILE]
    if not files:
        # The licence has no column but that of the file, and a dataset has it before its first file, too.
        licence = {"license": dataset.get("license_id")}
        yield own + [_text(value(licence, label)) if name == _LICENCE else "" for name, value in _FILE]


def _text(value: object) -> str:
    if isinstance(value, list):
        return ";".join(str(one) for one in value if one not in (None, ""))
    return "" if value is None else str(value)


def _list(value: object) -> list[Any]:
    """Return the values of a field that may hold one, several, or several as JSON text (as CKAN stores them)."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return [value]
    if isinstance(value, list):
        return [one for one in value if one not in (None, "")]
    return [value] if value not in (None, "") else []
