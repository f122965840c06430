"""Where things stand in the suite's own template, as data."""

from __future__ import annotations

from dataclasses import dataclass

from ckanext.hokkaido_inventory.domain.questions import DISCLOSURE_KEYS

__all__ = [
    "CODE_SHEET",
    "GUIDE_SHEET",
    "HEADER_ROW",
    "TEMPLATE_COLUMNS",
    "TEMPLATE_DECISION",
    "TEMPLATE_EXAMPLE",
    "TEMPLATE_NUMBER",
    "TEMPLATE_SHEET",
    "TEMPLATE_TITLE",
    "TemplateColumn",
]


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column of the suite's own template: the key (None for number and decision), the heading, its width."""

    key: str | None
    heading: str
    width: int
    required: bool = False


GUIDE_SHEET, TEMPLATE_SHEET, CODE_SHEET = "使い方", "回答", "_code"
TEMPLATE_NUMBER = "番号"
TEMPLATE_TITLE = "データ名"
TEMPLATE_EXAMPLE = "例"
#: Where the writer puts the headings; the reader finds them wherever they are.
HEADER_ROW = 5
TEMPLATE_DECISION = "公開可否"

_WIDTHS = {"title": 32, "description": 44, "reason": 24, "remarks": 30, "system_name": 22}


def _own(key: str, heading: str, *, required: bool = False) -> TemplateColumn:
    return TemplateColumn(key, heading, _WIDTHS.get(key, 12), required)


#: In the order of the columns A, B, C …
TEMPLATE_COLUMNS: tuple[TemplateColumn, ...] = (
    TemplateColumn(None, TEMPLATE_NUMBER, 7),
    _own("title", TEMPLATE_TITLE, required=True),
    _own("description", "説明", required=True),
    *(
        _own(key, heading, required=True)
        for key, heading in zip(
            DISCLOSURE_KEYS,
            (
                "個人情報",
                "特定個人情報",
                "要配慮個人情報",
                "匿名加工での公開要望",
                "安全・権利を害するおそれ",
                "法令の制限",
            ),
            strict=True,
        )
    ),
    TemplateColumn(None, TEMPLATE_DECISION, 16),
    _own("format", "データ形式"),
    _own("update_frequency", "更新頻度"),
    _own("record_count", "件数"),
    _own("system_name", "所管システム"),
    _own("reason", "公開できない理由"),
    _own("remarks", "備考"),
)
