"""The published list of a fiscal year (保有データ一覧) as the CSV file and the metadata of a dataset."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session, aliased

from ckanext.hokkaido_core.domain.eras import fiscal_year_label, fiscal_year_span
from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_inventory.domain.csv_cell import neutralise
from ckanext.hokkaido_inventory.domain.deadline import today
from ckanext.hokkaido_inventory.domain.disclosure import Decision
from ckanext.hokkaido_inventory.model import Published, Survey
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = ["COLUMNS", "csv_file", "dataset_id", "dataset_name", "metadata", "years"]

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
)

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


def csv_file(session: Session, year: int, site_url: str) -> bytes:
    """Return the list of a fiscal year as CSV: UTF-8 with a byte order mark, one row a holding, CRLF.

    Texts that a spreadsheet would calculate are written as `csv_cell.neutralise` says.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for row, unit_title in _rows(session, year):
        writer.writerow(neutralise(cell) for cell in _cells(row, unit_title, year, site_url))
    return buffer.getvalue().encode("utf-8-sig")


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


def _rows(session: Session, year: int) -> Iterable[tuple[Published, str]]:
    """Select what the rounds of a fiscal year published, without what a later round of that year replaced."""
    group: sa.Table = model.Group.__table__
    later = aliased(Survey)
    found = session.execute(
        sa.select(Published, sa.func.coalesce(sa.func.nullif(group.c.title, ""), group.c.name))
        .join(Survey, Survey.id == Published.survey_id)
        .outerjoin(later, later.id == Published.superseded_by)
        .join(group, group.c.id == Published.unit_id)
        .where(Survey.fiscal_year == year, sa.or_(later.id.is_(None), later.fiscal_year != year))
        .order_by(group.c.name, Published.number)
    )
    return ((row[0], row[1]) for row in found)


def _cells(row: Published, unit_title: str, year: int, site_url: str) -> tuple[str, ...]:
    return (
        unit_title,
        str(row.number),
        row.title,
        row.description,
        Decision(row.decision).wording.ja,
        vocabulary("reasons").label(row.reason),
        vocabulary("formats").label(row.format),
        vocabulary("frequencies").label(row.update_frequency),
        fiscal_year_label(year),
        today(row.published_at).isoformat(),
        f"{site_url.rstrip('/')}/inventory/{row.holding_id}",
    )
