"""Promotion: a published holding that can be opened becomes a dataset, from an explicit list of fields."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.domain.eras import fiscal_year_label
from ckanext.hokkaido_inventory.domain.disclosure import Decision
from ckanext.hokkaido_inventory.domain.listing import Listing
from ckanext.hokkaido_inventory.domain.refusal import NotListedForAll, NotOpenData
from ckanext.hokkaido_inventory.model import Holding, Promotion, Published
from ckanext.hokkaido_inventory.service.unit import Unit
from ckanext.hokkaido_schema.shared import Item, vocabulary

__all__ = ["dataset_fields", "free_name", "holding_of_package", "link", "lock", "require_open"]


def lock(session: Session, holding_id: str) -> Holding | None:
    """Return a holding, locked until the transaction ends: of two promotions at once, the second sees the first."""
    return session.execute(sa.select(Holding).where(Holding.id == holding_id).with_for_update()).scalar_one_or_none()


def require_open(published: Published) -> None:
    """Raise a refusal unless the published decision is 公開可能 and the holding is listed for all."""
    if published.decision != Decision.OPEN:
        raise NotOpenData(published.decision)
    if published.listing != Listing.PUBLIC:
        raise NotListedForAll


def link(session: Session, holding: Holding, package_id: str, actor_id: str | None) -> None:
    """Link a holding with its dataset; a link to a dataset that is deleted is replaced."""
    present = session.execute(sa.select(Promotion).where(Promotion.holding_id == holding.id)).scalar_one_or_none()
    if present is None:
        session.add(Promotion(holding_id=holding.id, package_id=package_id, created_by=actor_id))
    else:
        present.package_id, present.created_by = package_id, actor_id
    session.flush()


def holding_of_package(session: Session, package_id: str) -> Published | None:
    """Return the public copy of the holding that a dataset grew out of."""
    return session.execute(
        sa.select(Published)
        .join(Promotion, Promotion.holding_id == Published.holding_id)
        .where(Promotion.package_id == package_id, Published.superseded_by.is_(None))
    ).scalar_one_or_none()


def free_name(session: Session, unit: Unit, number: int) -> str:
    """Return a name for the dataset, such as `kasen-ka-012`, that no dataset has yet."""
    package: sa.Table = model.Package.__table__
    stem = f"{unit.name[:80]}-{number:03d}"
    taken = set(session.execute(sa.select(package.c.name).where(package.c.name.startswith(stem))).scalars())
    return next(name for name in (stem, *(f"{stem}-{step}" for step in range(2, len(taken) + 3))) if name not in taken)


def dataset_fields(
    published: Published, unit: Unit, *, fiscal_year: int, licence: str, contact: dict[str, str], page: str
) -> dict[str, Any]:
    """Return the fields of the dataset: this list is the whole of what a holding gives to it.

    Source of every value is the public copy, never an answer.

    :param fiscal_year: year of the round whose publication this stands on.
    :param page: address of the holding's public page.
    """
    frequency = _known("frequencies", published.update_frequency)
    theme = vocabulary("themes").get(published.theme)
    return {
        "title": published.title,
        # The official form asks for no description, and a dataset needs one.
        "notes": published.description or published.title,
        "owner_org": unit.id,
        "license_id": licence,
        "theme": [theme.code] if theme else [],
        "frequency": frequency.code if frequency else "",
        "frequency_note": "" if frequency else (published.update_frequency or ""),
        "language": ["ja"],
        "contact": [contact] if contact else [],
        "url": page,
        "provenance": _provenance(published, fiscal_year),
    }


def _provenance(published: Published, fiscal_year: int) -> str:
    """Say where the dataset comes from, with what the survey knows of form and size at that time."""
    known = [
        f"形式：{vocabulary('formats').label(published.format)}" if published.format else "",
        f"件数：{published.record_count:,}件" if published.record_count is not None else "",
    ]
    facts = "、".join(fact for fact in known if fact)
    origin = f"{fiscal_year_label(fiscal_year)}の棚卸し調査で公開可能とされた保有データ（No.{published.number}）です。"
    return f"{origin}調査時点の{facts}。" if facts else origin


def _known(name: str, text: str | None) -> Item | None:
    """Return the item that a code, a label or another spelling means."""
    if not text:
        return None
    words = text.strip()
    return next(
        (item for item in vocabulary(name) if words in (item.code, item.ja, item.en, *item.get("also", ()))), None
    )
