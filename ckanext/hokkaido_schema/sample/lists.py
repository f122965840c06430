"""Tables about time, standards and the vocabularies themselves."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ckanext.hokkaido_core.domain.eras import ERAS, fiscal_year_label, fiscal_year_span, japanese_date
from ckanext.hokkaido_schema.sample.table import Maker, Table
from ckanext.hokkaido_schema.vocabularies import vocabulary

__all__ = ["TABLES", "sample_file"]

_WEEKDAYS = "月火水木金土日"
_SATURDAY = 5
#: First fiscal year of the calendar of fiscal years, and the last.
_YEARS = range(1989, 2036)


@cache
def sample_file(name: str) -> dict[str, Any]:
    """Read a YAML file of the sample portal."""
    path = files(__package__) / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def eras() -> Table:
    """The eras since Meiji."""
    rows = [(era.ja, era.en, era.letter, era.start.isoformat(), era.end.isoformat() if era.end else "") for era in ERAS]
    return Table(("元号", "英語表記", "略号", "開始日", "終了日"), rows)


def holidays() -> Table:
    """National holidays of 2026 and of the rest of fiscal year 2026."""
    rows = []
    for text, name in sample_file("holidays")["holidays"].items():
        day = date.fromisoformat(text)
        rows.append((text, japanese_date(day), _WEEKDAYS[day.weekday()], name))
    return Table(("日付", "日付_和暦", "曜日", "名称"), rows)


def fiscal_years() -> Table:
    """Fiscal years in both calendars with their first and last day."""
    rows = []
    for year in _YEARS:
        span = fiscal_year_span(year)
        label = fiscal_year_label(year).partition("（")[0]
        rows.append((year, label, span.start.isoformat(), span.end.isoformat(), (span.end - span.start).days + 1))
    return Table(("年度_西暦", "年度_和暦", "開始日", "終了日", "日数"), rows)


def calendar_2026() -> Table:
    """Every day of fiscal year 2026 with weekday, quarter and whether offices are open."""
    names = sample_file("holidays")["holidays"]
    span = fiscal_year_span(2026)
    rows = []
    for number in range((span.end - span.start).days + 1):
        day = span.start + timedelta(days=number)
        holiday = names.get(day.isoformat(), "")
        # 北海道の休日に関する条例: offices also close from 29 December to 3 January.
        year_end = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
        closed = bool(holiday) or year_end or day.weekday() >= _SATURDAY
        quarter = (day.month - 4) % 12 // 3 + 1
        rows.append(
            (day.isoformat(), japanese_date(day), _WEEKDAYS[day.weekday()], quarter, holiday, 0 if closed else 1)
        )
    return Table(("日付", "日付_和暦", "曜日", "四半期", "祝日名", "開庁日"), rows)


def standard_datasets() -> Table:
    """The municipal standard open data sets."""
    return Table(
        ("番号", "名称", "英語名"), [(item.code, item.ja, item.en) for item in vocabulary("standard_datasets")]
    )


def readability_rules() -> Table:
    """The machine-readability rules with short titles."""
    rows = [(item.code, item["level"], item.ja, item.en) for item in vocabulary("readability_rules")]
    return Table(("ルール番号", "レベル", "要約", "要約_英語"), rows)


def themes() -> Table:
    """The themes of this portal and the European theme of each."""
    return _with_iri("themes", "EU分野IRI")


def frequencies() -> Table:
    """The update frequencies and the European code of each."""
    return _with_iri("frequencies", "EU更新頻度IRI")


def access() -> Table:
    """Access rights, availability and statuses."""
    rows = [
        (label, item.code, item.ja, item.en, item.iri)
        for label, name in (("公開範囲", "access_rights"), ("提供の見通し", "availability"), ("配信の状態", "statuses"))
        for item in vocabulary(name)
    ]
    return Table(("一覧", "コード", "名称", "英語名", "IRI"), rows)


def licences() -> Table:
    """The licences of this portal."""
    rows = [
        (item.code, item.ja, item.en, item.iri or "", item.get("eu", ""), "はい" if item["open"] else "いいえ")
        for item in vocabulary("licences")
    ]
    return Table(("コード", "名称", "英語名", "IRI", "EUライセンスIRI", "オープンライセンス"), rows)


def formats() -> Table:
    """File formats with extensions, media types and stars."""
    rows = [
        (item.code, item.ja, ";".join(item["extensions"]), item.get("media_type", ""), item.iri, item["stars"])
        for item in vocabulary("formats")
    ]
    return Table(("コード", "名称", "拡張子", "メディアタイプ", "EUファイル形式IRI", "5つ星の段階"), rows)


def reasons() -> Table:
    """Reasons why data is not public."""
    groups = vocabulary("reason_groups")
    rows = [(item.code, groups.label(item["group"]), item.ja, item.en) for item in vocabulary("reasons")]
    return Table(("コード", "区分", "理由", "理由_英語"), rows)


def units() -> Table:
    """The departments of this sample portal."""
    rows: list[tuple[object, ...]] = []

    def walk(entries: list[dict[str, Any]], above: str, depth: int) -> None:
        for entry in entries:
            rows.append((entry["name"], entry["title"], entry["title_en"], above, depth))
            walk(entry.get("units", []), entry["title"], depth + 1)

    walk(sample_file("organizations")["units"], "北海道", 1)
    return Table(("識別名", "名称", "英語名", "上位の組織", "階層"), rows)


def _with_iri(name: str, heading: str) -> Table:
    rows = [(item.code, item.ja, item.en, item.iri) for item in vocabulary(name)]
    return Table(("コード", "名称", "英語名", heading), rows)


TABLES: dict[str, Maker] = {
    function.__name__: function
    for function in (
        eras, holidays, fiscal_years, calendar_2026, standard_datasets, readability_rules, themes, frequencies,
        access, licences, formats, reasons, units,
    )
}  # fmt: skip
