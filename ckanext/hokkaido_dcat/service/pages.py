"""Cuts the store into pages; nothing is rendered here but the catalogue's own description."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_dcat import config
from ckanext.hokkaido_dcat.domain.graph import Graph
from ckanext.hokkaido_dcat.domain.page import Cut, describe_page
from ckanext.hokkaido_dcat.domain.profiles import Profile, dcat_ap_3
from ckanext.hokkaido_dcat.domain.writers import FAMILIES
from ckanext.hokkaido_dcat.model import Entry, Fragment, State
from ckanext.hokkaido_dcat.service import changes, reading
from ckanext.hokkaido_dcat.service.changes import Standing
from ckanext.hokkaido_dcat.service.rendering import sources

__all__ = ["Document", "catalog_description", "catalog_graph", "catalog_page", "dataset_page"]


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


def catalog_page(
    session: Session,
    profile: Profile,
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
    totals = changes.standing(session)
    cut = Cut.of(number=number, size=config.page_size(), highest=totals.highest, total=totals.total)
    if number > cut.last:
        return None
    rows = _rows(session, profile, family, _on(cut))
    head = _head(session, profile, family, cut, totals, address, [row.dataset_id for row in rows])
    etag = _etag(head, (row.sha256 for row in rows))
    first = totals.at if cut.number == 1 else None
    modified = max(filter(None, (first, totals.members_at, *(row.changed_at for row in rows))), default=None)
    if etag in known:
        return Document(etag, modified, None)
    bodies = _bodies(session, profile, family, [row.dataset_id for row in rows])
    if [sha256 for sha256, _ in bodies] != [row.sha256 for row in rows]:
        # Something was committed between the two questions; the page is cut once more, as it is now.
        return catalog_page(session, profile, family, number, address, known)
    return Document(etag, modified, FAMILIES[family].document([head, *(body for _, body in bodies)]))


def dataset_page(
    session: Session, profile: Profile, family: str, name_or_id: str, known: Iterable[str] = ()
) -> Document | None:
    """Return what the feed says of one dataset, or None where it says nothing."""
    condition = Entry.dataset_id.in_(_ids(name_or_id))
    row = next(iter(_rows(session, profile, family, condition)), None)
    if row is None:
        return None
    etag = _etag("", [row.sha256])
    if etag in known:
        return Document(etag, row.changed_at, None)
    bodies = _bodies(session, profile, family, [row.dataset_id])
    if [sha256 for sha256, _ in bodies] != [row.sha256]:
        return dataset_page(session, profile, family, name_or_id, known)
    return Document(etag, row.changed_at, FAMILIES[family].document(body for _, body in bodies))


def catalog_description(session: Session) -> Graph:
    """Return what the first page says of the catalogue itself, without its datasets."""
    return catalog_graph(session, dcat_ap_3.PROFILE, changes.standing(session))


def catalog_graph(
    session: Session | sa.Connection, profile: Profile, totals: Standing, ids: Sequence[str] = ()
) -> Graph:
    """Return what a profile says of the catalogue as a whole, with its links to some datasets."""
    cut = Cut.of(number=1, size=config.page_size(), highest=totals.highest, total=totals.total)
    known, fields = sources(), _catalog(session, cut, totals, list(ids))
    return profile.catalog(known, fields, dcat_ap_3.describe_catalog(known, fields))


def _ids(name_or_id: str) -> sa.Select[Any]:
    package = model.package_table
    return sa.select(package.c.id).where(sa.or_(package.c.id == name_or_id, package.c.name == name_or_id))


def _on(cut: Cut) -> sa.ColumnElement[bool]:
    return Entry.sequence.between(cut.first_sequence, cut.last_sequence)


def _rows(session: Session, profile: Profile, family: str, condition: sa.ColumnElement[bool]) -> list[sa.Row[Any]]:
    statement = (
        sa.select(Entry.dataset_id, Entry.changed_at, Fragment.sha256)
        .join(Fragment, Fragment.dataset_id == Entry.dataset_id)
        .where(Entry.state == State.PUBLISHED, Fragment.profile == profile.name, Fragment.family == family, condition)
        .order_by(Entry.sequence)
    )
    return list(session.execute(statement))


def _bodies(session: Session, profile: Profile, family: str, ids: list[str]) -> list[tuple[str, str]]:
    statement = (
        sa.select(Fragment.sha256, Fragment.body)
        .join(Entry, Fragment.dataset_id == Entry.dataset_id)
        .where(Fragment.dataset_id.in_(ids), Fragment.profile == profile.name, Fragment.family == family)
        .order_by(Entry.sequence)
    )
    return [(row.sha256, row.body) for row in session.execute(statement)]


def _head(
    session: Session,
    profile: Profile,
    family: str,
    cut: Cut,
    totals: Standing,
    address: Callable[[int], str],
    ids: list[str],
) -> str:
    known, fields = sources(), _catalog(session, cut, totals, ids)
    catalog = profile.catalog(known, fields, dcat_ap_3.describe_catalog(known, fields))
    return FAMILIES[family].written([*describe_page(cut, address).blocks(), *catalog.blocks()])


def _catalog(session: Session | sa.Connection, cut: Cut, totals: Standing, ids: list[str]) -> dict[str, Any]:
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
        "issued": config.catalog_issued() or _iso(totals.first_at),
        "modified": _iso(totals.at) if cut.number == 1 else None,
        "spatial": config.catalog_area(),
        "themes": ["data-theme", "themes"],
        "datasets": ids,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _etag(head: str, hashes: Iterable[str]) -> str:
    """Return a strong entity tag: the head and every fragment's hash name the bytes of the page."""
    return hashlib.sha256("\n".join((head, *hashes)).encode("utf-8")).hexdigest()[:40]
