"""The published list of a fiscal year (保有データ一覧): its rows as files of three kinds, its dataset's metadata."""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session, aliased

from ckanext.hokkaido_core.domain.csv_cell import neutralise
from ckanext.hokkaido_core.domain.eras import fiscal_year_label, fiscal_year_span
from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_inventory.domain.deadline import today
from ckanext.hokkaido_inventory.domain.listing import Listing
from ckanext.hokkaido_inventory.model import Published, Survey
from ckanext.hokkaido_inventory.service.terms import term

__all__ = ["COLUMNS", "MESSAGE", "csv_file", "dataset_id", "dataset_name", "json_ld", "metadata", "table", "years"]

#: Kind of the message that asks for the list of a fiscal year; its payload is `{"year": 2026}`.
MESSAGE = "inventory.list"

COLUMNS = (
    "組織",
    "番号",
    "データ名",
    "説明",
    "公開可否",
    "公開できない理由",
    "データ形式",
    "更新頻度",
    "年度",
    "公開日",
    "ページ",
    "分野",
    "根拠の法令・条項",
    "見直す日",
    "公開までに必要なこと",
    "機械可読性",
    "レコード数",
    "公開の優先度（該当する基準の数）",
    "件数",
)
#: Stands for the names that are withheld; such rows are counted by unit, decision and reason.
WITHHELD_NAME = "（データ名を伏せています）"

Cell = str | int

_NAMESPACE = uuid.UUID("6c0b8a52-58d4-5f0e-9d0d-3f6a1f0f7c41")
_FIRST_YEAR_OF_REIWA = 2019


def dataset_id(year: int) -> str:
    """Return the id of the list's dataset: the same for a fiscal year each time, so that a retry finds it."""
    return str(uuid.uuid5(_NAMESPACE, f"inventory-list-{year}"))


def dataset_name(year: int) -> str:
    """Return the name of the list's dataset, such as `hoyu-data-ichiran-r8`."""
    return f"hoyu-data-ichiran-r{year - _FIRST_YEAR_OF_REIWA + 1}"


def years(session: Session) -> list[int]:
    """Return the fiscal years that have a published list."""
    return list(
        session.execute(
            sa.select(Survey.fiscal_year)
            .where(Survey.id.in_(sa.select(Published.survey_id)))
            .distinct()
            .order_by(Survey.fiscal_year)
        ).scalars()
    )


def table(session: Session, year: int, site_url: str) -> list[list[Cell]]:
    """Return the rows of a fiscal year's list: what is listed for all, then what is withheld, counted by unit."""
    shown = [_cells(row, title, year, site_url) for row, title in _rows(session, year, Listing.PUBLIC)]
    return [*shown, *_withheld(session, year)]


def csv_file(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the list as CSV: UTF-8 with a byte order mark, CRLF.

    Texts that a spreadsheet would calculate are written as `csv_cell.neutralise` says.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    writer.writerows([neutralise(str(cell)) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def json_ld(session: Session, year: int, site_url: str) -> bytes:
    """Return the list as JSON-LD: a DCAT catalogue whose resources have the addresses of their pages as IRIs."""
    site = site_url.rstrip("/")
    document = {
        "@context": _CONTEXT,
        "@id": f"{site}/dataset/{dataset_id(year)}#inventory",
        "@type": "dcat:Catalog",
        "title": f"保有データ一覧 {fiscal_year_label(year)}",
        "resource": [_node(row, title, site) for row, title in _rows(session, year, Listing.PUBLIC)],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "title": {"@id": "dct:title", "@language": "ja"},
    "description": {"@id": "dct:description", "@language": "ja"},
    "identifier": "dct:identifier",
    "publisher": "dct:publisher",
    "name": {"@id": "foaf:name", "@language": "ja"},
    "theme": "schema:about",
    "accrualPeriodicity": "schema:repeatFrequency",
    "format": "schema:encodingFormat",
    "accessRights": {"@id": "dct:accessRights", "@language": "ja"},
    "reason": {"@id": "schema:disambiguatingDescription", "@language": "ja"},
    "law": {"@id": "schema:legislationApplies", "@language": "ja"},
    "reviewOn": {"@id": "schema:expires", "@type": "xsd:date"},
    "issued": {"@id": "dct:issued", "@type": "xsd:date"},
    "resource": {"@id": "dcat:resource", "@container": "@set"},
}


def _node(row: Published, unit_title: str, site: str) -> dict[str, Any]:
    node = {
        "@id": f"{site}/inventory/{row.holding_id}",
        "@type": "dcat:Resource",
        "identifier": str(row.number),
        "title": row.title,
        "description": row.description,
        "publisher": {"@id": f"{site}/organization/{row.unit_id}", "@type": "foaf:Agent", "name": unit_title},
        "accessRights": term("decision", row.decision),
        "reason": term("reason", row.reason),
        "law": row.law,
        "reviewOn": row.review_on.isoformat() if row.review_on else None,
        "theme": row.theme,
        "format": row.format,
        "accrualPeriodicity": row.update_frequency,
        "issued": today(row.published_at).isoformat(),
    }
    return {key: value for key, value in node.items() if value not in (None, "")}


def metadata(year: int, *, owner_org: str, licence: str, contact: dict[str, str]) -> dict[str, Any]:
    """Return the fields of the list's dataset."""
    span = fiscal_year_span(year)
    label = fiscal_year_label(year)
    return {
        "title": f"保有データ一覧 {label}",
        "title_en": f"List of data held, fiscal year {year}",
        "notes": (
            f"{label}の棚卸し調査で各組織が回答し、承認された保有データの一覧です。"
            "データごとに、公開できるかどうかと、公開できない場合の理由を載せています。"
        ),
        "notes_en": (
            f"Data held by each organisation, as answered and approved in the inventory survey of fiscal year {year}, "
            "with the disclosure decision and its reason."
        ),
        "owner_org": owner_org,
        "license_id": licence,
        "theme": ["government"],
        "frequency": "ANNUAL",
        "language": ["ja"],
        "temporal_coverage": [{"start": span.start.isoformat(), "end": span.end.isoformat()}],
        "contact": [contact] if contact else [],
        "modified": today(now()).isoformat(),
        "tag_string": "保有データ一覧,棚卸し調査",
    }


def _of_year(year: int, *columns: Any) -> sa.Select[Any]:
    """Select from what the rounds of a fiscal year published, without what a later round of that year replaced."""
    group: sa.Table = model.Group.__table__
    later = aliased(Survey)
    return (
        sa.select(*columns)
        .select_from(Published)
        .join(Survey, Survey.id == Published.survey_id)
        .outerjoin(later, later.id == Published.superseded_by)
        .join(group, group.c.id == Published.unit_id)
        .where(Survey.fiscal_year == year, sa.or_(later.id.is_(None), later.fiscal_year != year))
    )


def _unit_title() -> sa.ColumnElement[str]:
    group: sa.Table = model.Group.__table__
    return sa.func.coalesce(sa.func.nullif(group.c.title, ""), group.c.name)


def _rows(session: Session, year: int, listing: Listing) -> Iterable[tuple[Published, str]]:
    group: sa.Table = model.Group.__table__
    found = _of_year(year, Published, _unit_title()).where(Published.listing == listing)
    return ((row[0], row[1]) for row in session.execute(found.order_by(group.c.name, Published.number)))


def _withheld(session: Session, year: int) -> list[list[Cell]]:
    found = (
        _of_year(year, _unit_title(), Published.decision, Published.reason, sa.func.count())
        .where(Published.listing == Listing.WITHHELD)
        .group_by(_unit_title(), Published.decision, Published.reason)
        .order_by(_unit_title(), Published.decision, Published.reason)
    )
    rows = []
    for title, decision, reason, count in session.execute(found):
        known: dict[str, Cell] = {
            "組織": title,
            "データ名": WITHHELD_NAME,
            "公開可否": term("decision", decision),
            "公開できない理由": term("reason", reason),
            "年度": fiscal_year_label(year),
            "件数": count,
        }
        rows.append([known.get(name, "") for name in COLUMNS])
    return rows


def _cells(row: Published, unit_title: str, year: int, site_url: str) -> list[Cell]:
    return [
        unit_title,
        row.number,
        row.title,
        row.description,
        term("decision", row.decision),
        term("reason", row.reason),
        term("format", row.format),
        term("update_frequency", row.update_frequency),
        fiscal_year_label(year),
        today(row.published_at).isoformat(),
        f"{site_url.rstrip('/')}/inventory/{row.holding_id}",
        term("theme", row.theme),
        row.law or "",
        row.review_on.isoformat() if row.review_on else "",
        term("blocking_step", row.blocking_step),
        term("machine_readability", row.machine_readability),
        "" if row.record_count is None else row.record_count,
        "" if row.priority is None else row.priority,
        1,
    ]
