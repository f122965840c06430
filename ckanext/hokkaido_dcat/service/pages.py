"""Cuts the store into pages; nothing is rendered here but the catalogue's own description."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_dcat import config
from ckanext.hokkaido_dcat.domain import profile
from ckanext.hokkaido_dcat.domain.graph import Graph
from ckanext.hokkaido_dcat.domain.page import Cut, describe_page
from ckanext.hokkaido_dcat.domain.writers import FAMILIES
from ckanext.hokkaido_dcat.mapping import mapping
from ckanext.hokkaido_dcat.model import Entry, Fragment, State
from ckanext.hokkaido_dcat.service import reading
from ckanext.hokkaido_dcat.service.rendering import base
from ckanext.hokkaido_dcat.service.vocabularies import lookup

__all__ = ["Document", "catalog_description", "catalog_page", "dataset_page"]


@dataclass(frozen=True, slots=True)
class Document:
    """A page, or what is needed to say that it has not changed.

    :ivar etag: changes with every byte of the page.
    :ivar modified: when the page last changed, aware; None for an empty catalogue.
    :ivar body: None when the caller already has this version.
    """

    etag: str
    modified: datetime | None
    body: str | None


@dataclass(frozen=True, slots=True)
class _Totals:
    total: int
    highest: int
    first_published: datetime | None
    changed: datetime | None
    members_changed: datetime | None


def catalog_page(
    session: Session,
    family: str,
    number: int,
    address: Callable[[int], str],
    known: Iterable[str] = (),
) -> Document | None:
    """Return a page of the catalogue, or None where there is no such page.

    :param number: from 1.
    :param address: number of a page -> its absolute address.
    :param known: entity tags of versions that the caller already has.
    """
    totals = _totals(session)
    cut = Cut.of(number=number, size=config.page_size(), highest=totals.highest, total=totals.total)
    if number > cut.last:
        return None
    rows = _rows(session, family, _on(cut))
    head = _head(session, family, cut, totals, address, [row.dataset_id for row in rows])
    etag = _etag(head, (row.sha256 for row in rows))
    first = totals.changed if cut.number == 1 else None
    modified = max(filter(None, (first, totals.members_changed, *(row.changed_at for row in rows))), default=None)
    if etag in known:
        return Document(etag, modified, None)
    bodies = _bodies(session, family, [row.dataset_id for row in rows])
    if [sha256 for sha256, _ in bodies] != [row.sha256 for row in rows]:
        # Something was committed between the two questions; the page is cut once more, as it is now.
        return catalog_page(session, family, number, address, known)
    return Document(etag, modified, FAMILIES[family].document([head, *(body for _, body in bodies)]))


def dataset_page(session: Session, family: str, name_or_id: str, known: Iterable[str] = ()) -> Document | None:
    """Return what the feed says of one dataset, or None where it says nothing."""
    condition = Entry.dataset_id.in_(_ids(name_or_id))
    row = next(iter(_rows(session, family, condition)), None)
    if row is None:
        return None
    etag = _etag("", [row.sha256])
    if etag in known:
        return Document(etag, row.changed_at, None)
    bodies = _bodies(session, family, [row.dataset_id])
    if [sha256 for sha256, _ in bodies] != [row.sha256]:
        return dataset_page(session, family, name_or_id, known)
    return Document(etag, row.changed_at, FAMILIES[family].document(body for _, body in bodies))


def catalog_description(session: Session) -> Graph:
    """Return what the first page says of the catalogue itself, without its datasets."""
    totals = _totals(session)
    cut = Cut.of(number=1, size=config.page_size(), highest=totals.highest, total=totals.total)
    return profile.describe_catalog(base(), mapping(), lookup, _catalog(session, cut, totals, []))


def _ids(name_or_id: str) -> sa.Select[Any]:
    package = model.package_table
    return sa.select(package.c.id).where(sa.or_(package.c.id == name_or_id, package.c.name == name_or_id))


def _on(cut: Cut) -> sa.ColumnElement[bool]:
    return Entry.sequence.between(cut.first_sequence, cut.last_sequence)


def _rows(session: Session, family: str, condition: sa.ColumnElement[bool]) -> list[sa.Row[Any]]:
    statement = (
        sa.select(Entry.dataset_id, Entry.changed_at, Fragment.sha256)
        .join(Fragment, Fragment.dataset_id == Entry.dataset_id)
        .where(Entry.state == State.PUBLISHED, Fragment.profile == profile.NAME, Fragment.family == family, condition)
        .order_by(Entry.sequence)
    )
    return list(session.execute(statement))


def _bodies(session: Session, family: str, ids: list[str]) -> list[tuple[str, str]]:
    statement = (
        sa.select(Fragment.sha256, Fragment.body)
        .join(Entry, Fragment.dataset_id == Entry.dataset_id)
        .where(Fragment.dataset_id.in_(ids), Fragment.profile == profile.NAME, Fragment.family == family)
        .order_by(Entry.sequence)
    )
    return [(row.sha256, row.body) for row in session.execute(statement)]


def _totals(session: Session) -> _Totals:
    published = Entry.state == State.PUBLISHED
    members = sa.func.max(sa.func.greatest(Entry.published_at, Entry.withdrawn_at))
    changed = sa.func.max(sa.func.greatest(Entry.changed_at, Entry.withdrawn_at))
    statement = sa.select(
        sa.func.count().filter(published),
        sa.func.coalesce(sa.func.max(Entry.sequence), 0),
        sa.func.min(Entry.published_at),
        changed,
        members,
    )
    return _Totals(*session.execute(statement).one())


def _head(
    session: Session,
    family: str,
    cut: Cut,
    totals: _Totals,
    address: Callable[[int], str],
    ids: list[str],
) -> str:
    catalog = profile.describe_catalog(base(), mapping(), lookup, _catalog(session, cut, totals, ids))
    return FAMILIES[family].fragment([*describe_page(cut, address), *catalog])


def _catalog(session: Session, cut: Cut, totals: _Totals, ids: list[str]) -> dict[str, Any]:
    """Return the fields of the catalogue.

    When it last changed stands on the first page only: on every page, each edit would make all pages new, and an edit
    during a harvest would leave the harvester with two times where the standard allows one.
    """
    publisher = reading.organization(session, config.catalog_publisher())
    return {
        "title": config.catalog_title(),
        "title_en": config.catalog_title_en(),
        "description": config.catalog_description(),
        "description_en": config.catalog_description_en(),
        "publisher": publisher or {"id": config.catalog_publisher(), "title": config.catalog_title()},
        "licence": config.catalog_licence(),
        "languages": ["ja"] + (["en"] if config.catalog_title_en() else []),
        "homepage": config.catalog_homepage(),
        "issued": config.catalog_issued() or _iso(totals.first_published),
        "modified": _iso(totals.changed) if cut.number == 1 else None,
        "spatial": config.catalog_area(),
        "themes": ["data-theme", "themes"],
        "datasets": ids,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _etag(head: str, hashes: Iterable[str]) -> str:
    """Return a strong entity tag: the head and every fragment's hash name the bytes of the page."""
    return hashlib.sha256("\n".join((head, *hashes)).encode("utf-8")).hexdigest()[:40]
