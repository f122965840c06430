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

__all__ = [
    "Document",
    "Reader",
    "Version",
    "body",
    "catalog_description",
    "catalog_graph",
    "catalog_page",
    "catalog_version",
    "dataset_page",
    "dataset_version",
    "found_page",
    "found_version",
]

#: Whatever reads: a session or a connection.
Reader = Session | sa.Connection


@dataclass(frozen=True, slots=True)
class Version:
    """A page as it is now, before its bytes are fetched.

    :ivar etag: changes with every byte of the page.
    :ivar modified: when the page last changed, aware; None for an empty catalogue.
    :ivar head: what stands on the page beside its datasets, as a fragment.
    :ivar ids: its datasets, in order.
    :ivar hashes: of their fragments.
    :ivar last: number of the last page.
    """

    etag: str
    modified: datetime | None
    head: str
    ids: tuple[str, ...]
    hashes: tuple[str, ...]
    last: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A page, or what is needed to say that it has not changed; `body` is None when the caller has this version."""

    etag: str
    modified: datetime | None
    body: str | None


def catalog_version(
    session: Reader, profile: Profile, family: str, number: int, address: Callable[[int], str]
) -> Version | None:
    """Return what a page of the catalogue is now, or None where there is no such page.

    :param number: from 1.
    :param address: number of a page -> its absolute address.
    """
    totals = changes.standing(session)
    cut = Cut.of(number=number, size=config.page_size(), highest=totals.highest, total=totals.total)
    if number > cut.last:
        return None
    rows = _rows(session, profile, family, _on(cut))
    ids, hashes = tuple(row.dataset_id for row in rows), tuple(row.sha256 for row in rows)
    head = _head(session, profile, family, cut, totals, address, ids)
    first = totals.at if cut.number == 1 else None
    modified = max(filter(None, (first, totals.members_at, *(row.changed_at for row in rows))), default=None)
    return Version(_etag(head, hashes), modified, head, ids, hashes, cut.last)


def dataset_version(session: Reader, profile: Profile, family: str, name_or_id: str) -> Version | None:
    """Return what the feed says of one dataset now, or None where it says nothing."""
    row = next(iter(_rows(session, profile, family, Entry.dataset_id.in_(_ids(name_or_id)))), None)
    if row is None:
        return None
    return Version(_etag("", [row.sha256]), row.changed_at, "", (row.dataset_id,), (row.sha256,))


def found_version(
    session: Reader, profile: Profile, family: str, cut: Cut, ids: Sequence[str], address: Callable[[int], str]
) -> Version:
    """Return what a page of found datasets is now, oldest place first.

    What the search index has and the feed has not is not on the page.
    """
    rows = {row.dataset_id: row for row in _rows(session, profile, family, Entry.dataset_id.in_(ids))}
    ordered = [rows[one] for one in sorted(rows, key=lambda one: rows[one].sequence)]
    shown, hashes = tuple(row.dataset_id for row in ordered), tuple(row.sha256 for row in ordered)
    head = _head(session, profile, family, cut, changes.standing(session), address, shown)
    modified = max((row.changed_at for row in ordered), default=None)
    return Version(_etag(head, hashes), modified, head, shown, hashes, cut.last)


def body(session: Reader, profile: Profile, family: str, version: Version) -> str | None:
    """Return the bytes of a version as text, or None when something was committed since it was looked at."""
    bodies = _bodies(session, profile, family, version.ids)
    if tuple(sha256 for sha256, _ in bodies) != version.hashes:
        return None
    return FAMILIES[family].document([version.head, *(text for _, text in bodies)])


def catalog_page(
    session: Reader,
    profile: Profile,
    family: str,
    number: int,
    address: Callable[[int], str],
    known: Iterable[str] = (),
) -> Document | None:
    """Return a page of the catalogue, or None where there is no such page.

    :param known: entity tags of versions that the caller already has.
    """
    return _document(
        session, profile, family, lambda: catalog_version(session, profile, family, number, address), known
    )


def dataset_page(
    session: Reader, profile: Profile, family: str, name_or_id: str, known: Iterable[str] = ()
) -> Document | None:
    """Return what the feed says of one dataset, or None where it says nothing."""
    return _document(session, profile, family, lambda: dataset_version(session, profile, family, name_or_id), known)


def found_page(
    session: Reader,
    profile: Profile,
    family: str,
    cut: Cut,
    ids: Sequence[str],
    address: Callable[[int], str],
    known: Iterable[str] = (),
) -> Document | None:
    """Return a page of found datasets, oldest place first."""
    return _document(
        session, profile, family, lambda: found_version(session, profile, family, cut, ids, address), known
    )


def _document(
    session: Reader, profile: Profile, family: str, look: Callable[[], Version | None], known: Iterable[str]
) -> Document | None:
    """Look and fetch, and again when something was committed between the two."""
    while version := look():
        if version.etag in known:
            return Document(version.etag, version.modified, None)
        text = body(session, profile, family, version)
        if text is not None:
            return Document(version.etag, version.modified, text)
    return None


def catalog_description(session: Reader) -> Graph:
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


def _rows(session: Reader, profile: Profile, family: str, condition: sa.ColumnElement[bool]) -> list[sa.Row[Any]]:
    statement = (
        sa.select(Entry.dataset_id, Entry.sequence, Entry.changed_at, Fragment.sha256)
        .join(Fragment, Fragment.dataset_id == Entry.dataset_id)
        .where(Entry.state == State.PUBLISHED, Fragment.profile == profile.name, Fragment.family == family, condition)
        .order_by(Entry.sequence)
    )
    return list(session.execute(statement))


def _bodies(session: Reader, profile: Profile, family: str, ids: Sequence[str]) -> list[tuple[str, str]]:
    statement = (
        sa.select(Fragment.sha256, Fragment.body)
        .join(Entry, Fragment.dataset_id == Entry.dataset_id)
        .where(Fragment.dataset_id.in_(ids), Fragment.profile == profile.name, Fragment.family == family)
        .order_by(Entry.sequence)
    )
    return [(row.sha256, row.body) for row in session.execute(statement)]


def _head(
    session: Reader,
    profile: Profile,
    family: str,
    cut: Cut,
    totals: Standing,
    address: Callable[[int], str],
    ids: Sequence[str],
) -> str:
    known, fields = sources(), _catalog(session, cut, totals, ids)
    catalog = profile.catalog(known, fields, dcat_ap_3.describe_catalog(known, fields))
    return FAMILIES[family].written([*describe_page(cut, address).blocks(), *catalog.blocks()])


def _catalog(session: Reader, cut: Cut, totals: Standing, ids: Sequence[str]) -> dict[str, Any]:
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
        "datasets": list(ids),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _etag(head: str, hashes: Iterable[str]) -> str:
    """Return a strong entity tag: the head and every fragment's hash name the bytes of the page."""
    return hashlib.sha256("\n".join((head, *hashes)).encode("utf-8")).hexdigest()[:40]
