"""Headings of オープンデータ一覧 in every generation, and where they stand in a file.

Forms of 45, 42 and 41 columns (自治体標準オープンデータセット), the recommended data set of 15 columns, and the English
names of LinkData with their `#property` row. Columns are known by name, in any order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ckanext.hokkaido_core.domain.text import comparison_key

__all__ = ["HEADINGS", "Columns", "NotAList", "find_columns"]

#: What a column says -> its headings. Keys that begin with `file_` are of the file, the others of the dataset.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("データセット_ID", "NO", "No.", "ID"),
    "code": (
        "全国地方公共団体コード",
        "都道府県コード又は市区町村コード",
        "都道府県コードまたは市区町村コード",
        "code",
    ),
    "prefecture": ("都道府県名", "prefName"),
    "body": ("地方公共団体名", "市区町村名", "cityName"),
    "title": ("データセット_タイトル", "データ名称", "データセット名", "dataName"),
    "subtitle": ("データセット_サブタイトル",),
    "description": ("データセット_概要", "データ概要", "データセットの説明", "dataSummary", "description"),
    "keywords": ("データセット_キーワード", "キーワード", "keyword"),
    "theme": ("データセット_分類", "分類", "category"),
    "universal_menu": ("データセット_ユニバーサルメニュー",),
    "issued": ("データセット_公開日", "登録日", "registrationDate"),
    "modified": ("データセット_最終更新日", "最終更新日", "lastUpdate"),
    "version": ("データセット_バージョン",),
    "language": ("データセット_言語",),
    "url": ("データセット_URL", "URL", "url"),
    "frequency": ("データセット_更新頻度", "更新頻度", "updateFrequency"),
    "conforms_to": ("データセット_準拠する標準",),
    "documentation": ("データセット_関連ドキュメント",),
    "provenance": ("データセット_来歴情報",),
    "area": ("データセット_対象地域",),
    "period": ("データセット_対象期間",),
    "creator": ("データセット_作成者", "担当課", "所管課", "作成者", "組織名"),
    "contact_name": ("データセット_連絡先名称", "連絡先名称"),
    "contact_email": ("データセット_連絡先メールアドレス",),
    "contact_phone": ("データセット_連絡先電話番号",),
    "contact_extension": ("データセット_連絡先内線番号",),
    "contact_url": ("データセット_連絡先FormURL",),
    "contact_note": ("データセット_連絡先備考（その他、SNSなど）", "データセット_連絡先備考"),
    "remarks": ("データセット_備考", "備考", "note"),
    "file_id": ("ファイル_ID",),
    "file_title": ("ファイル_タイトル",),
    "file_url": ("ファイル_アクセスURL",),
    "file_download": ("ファイル_ダウンロードURL",),
    "file_description": ("ファイル_説明",),
    "file_format": ("ファイル_形式", "ファイル形式", "データ形式", "format"),
    "file_licence": ("ファイル_ライセンス", "ライセンス", "license"),
    "file_status": ("ファイル_ステータス",),
    "file_size": ("ファイル_サイズ",),
    "file_issued": ("ファイル_公開日",),
    "file_modified": ("ファイル_最終更新日",),
    "file_rights": ("ファイル_利用規約",),
    "file_documentation": ("ファイル_関連ドキュメント",),
    "file_language": ("ファイル_言語",),
    "file_conforms_to": ("ファイル_準拠する標準",),
    "file_api": ("ファイル_API対応有無", "API対応有無", "apiSupport"),
    "file_copyright": ("ファイル_著作権表記",),
}
_KEYS = {comparison_key(name): key for key, names in reversed(HEADINGS.items()) for name in names}
_ROWS_LOOKED_AT = 20


class NotAList(ValueError):
    """No row of headings of such a list was found."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns stand.

    :ivar first: index of the first row behind the headings.
    :ivar places: key of `HEADINGS` -> index of its column.
    :ivar others: heading that belongs to no form -> index of its column.
    """

    first: int
    places: Mapping[str, int]
    others: Mapping[str, int]

    def cells(self, row: Sequence[object]) -> dict[str, str]:
        """Return the texts of a row by key, the blank ones, too."""
        return {key: str(row[place] or "").strip() for key, place in self.places.items() if place < len(row)}

    def rest(self, row: Sequence[object]) -> dict[str, str]:
        """Return what stands in columns that belong to no form, as far as something stands there."""
        found = ((name, str(row[place] or "").strip()) for name, place in self.others.items() if place < len(row))
        return {name: text for name, text in found if text}


def find_columns(rows: Sequence[Sequence[object]]) -> Columns:
    """Find the headings among the first rows.

    :raises NotAList: when no row names at least the title of the data.
    """
    best = Columns(0, {}, {})
    for number, row in enumerate(rows[:_ROWS_LOOKED_AT]):
        found = _columns(number, row)
        if "title" in found.places and len(found.places) > len(best.places):
            best = found
    if not best.places:
        raise NotAList
    return best


def _columns(number: int, row: Sequence[object]) -> Columns:
    places: dict[str, int] = {}
    others: dict[str, int] = {}
    for index, cell in enumerate(row):
        text = str(cell or "").strip()
        name = text.lstrip("#")
        key = _KEYS.get(comparison_key(name))
        if key:
            places.setdefault(key, index)
        elif name and not text.startswith("#"):
            others.setdefault(name, index)
    return Columns(number + 1, places, others)
