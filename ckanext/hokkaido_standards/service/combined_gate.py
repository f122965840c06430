"""The one gate of the one tables: which files everybody may have now, and what their rows are said to be from.

Every read of a table passes it, so a file that became private, restricted or changed, or whose dataset or organisation
is gone, has left the table in the same moment, whatever way that happened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_schema.shared import is_closed, vocabulary, vocabulary_word
from ckanext.hokkaido_standards.domain.combined import FileReason, Provenance
from ckanext.hokkaido_standards.domain.linked_address import linked_name
from ckanext.hokkaido_standards.model import CombinedPart, LinkedFile, ResourceCheck
from ckanext.hokkaido_standards.service.linked_gate import as_read

__all__ = ["Part", "codes_of", "for_all", "is_open", "open_parts", "rights", "unrestricted"]

_package: sa.Table = model.Package.__table__
_resource: sa.Table = model.Resource.__table__
_group: sa.Table = model.Group.__table__
_member: sa.Table = model.Member.__table__
_part: sa.Table = CombinedPart.__table__
_check: sa.Table = ResourceCheck.__table__
_linked: sa.Table = LinkedFile.__table__
_LONG_AGO = datetime(1970, 1, 1)  # noqa: DTZ001 - as CKAN stores times.
_ACTIVE = model.State.ACTIVE
#: A municipality is found so many steps above its sections.
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Part:
    """One file that gives rows, or says why not.

    :ivar municipality: code of the publisher or of the body that it is a section of; blank where none has one.
    :ivar original: address of a file at another site; blank for one that lies here.
    """

    standard: str
    package_id: str
    resource_id: str
    fragment: str
    reason: str
    municipality: str
    publisher: str
    dataset: str
    file: str
    licence_id: str
    original: str
    checked: datetime
    changed: datetime

    def provenance(self, site: str) -> Provenance:
        """Return where its rows are said to be from; `site` is the address of the portal."""
        address = f"{site}/dataset/{self.package_id}/resource/{self.resource_id}"
        return Provenance(self.publisher, self.dataset, self.file, address, self.licence, self.original)

    @property
    def licence(self) -> str:
        """Return what lists call its licence."""
        return vocabulary_word("licences", self.licence_id) or self.licence_id


def for_all() -> sa.ColumnElement[bool]:
    """Return what is true of datasets that everybody finds, whose organisation is there (joins package and group)."""
    return sa.and_(
        _package.c.state == _ACTIVE,
        sa.not_(sa.func.coalesce(_package.c.private, sa.false())),
        sa.func.coalesce(_package.c.type, "dataset") == "dataset",
        _group.c.state == _ACTIVE,
        _group.c.is_organization,
    )


def rights() -> sa.ColumnElement[str]:
    """Return the access rights of a dataset."""
    return _package.c.extras["access_rights"].astext


def unrestricted() -> sa.ColumnElement[bool]:
    """Return what is true of datasets whose files everybody may have who finds them."""
    closed = [code for code in vocabulary("access_rights").codes if is_closed(code)]
    return sa.or_(rights().is_(None), rights().not_in(closed))


def is_open(session: Session, package_id: str) -> bool:
    """Tell whether everybody may have the files of a dataset."""
    wanted = sa.select(rights()).join(_group, _group.c.id == _package.c.owner_org)
    found = session.execute(wanted.where(_package.c.id == package_id, for_all())).one_or_none()
    return found is not None and not is_closed(found[0])


def open_parts(session: Session, standard: str | None = None) -> list[Part]:
    """Return the parts of a table, or of all, in the order in which their rows stand."""
    wanted = (
        sa.select(
            _part.c.standard,
            _part.c.package_id,
            _part.c.resource_id,
            _part.c.fragment,
            _part.c.reason,
            _part.c.made_at,
            _check.c.checked_at,
            rights().label("rights"),
            _package.c.title,
            _package.c.name.label("package_name"),
            _package.c.license_id,
            _resource.c.name.label("file"),
            _resource.c.url,
            _resource.c.url_type,
            _resource.c.created,
            _resource.c.last_modified,
            _resource.c.extras,
            _linked.c.changed_at,
            _group.c.id.label("group_id"),
            _group.c.title.label("group_title"),
            _group.c.name.label("group_name"),
            _group.c.extras["code"].astext.label("code"),
        )
        .join(_resource, _resource.c.id == _part.c.resource_id)
        .join(_package, _package.c.id == _resource.c.package_id)
        .join(_group, _group.c.id == _package.c.owner_org)
        .outerjoin(_check, _check.c.resource_id == _part.c.resource_id)
        .outerjoin(_linked, _linked.c.resource_id == _part.c.resource_id)
        .where(for_all(), _resource.c.state == _ACTIVE, sa.or_(_is_stored(), _is_linked()))
        .order_by(_group.c.name, _package.c.name, _resource.c.position, _resource.c.id)
    )
    if standard is not None:
        wanted = wanted.where(_part.c.standard == standard)
    rows = [row for row in session.execute(wanted).mappings() if not is_closed(row["rights"])]
    codes = codes_of(session, {row["group_id"]: row["code"] or "" for row in rows})
    mended = {_original(row) for row in rows if row["fragment"]}
    # Rows of a municipality stand together, those of nobody's at the end.
    return sorted(
        (_of(row, codes, mended) for row in rows), key=lambda part: (not part.municipality, part.municipality)
    )


def _is_stored() -> sa.ColumnElement[bool]:
    # A file that was replaced is out until the new one was read.
    same = sa.or_(sa.func.coalesce(_resource.c.hash, "") == "", _resource.c.hash == _part.c.digest)
    return sa.and_(_resource.c.url_type == "upload", same)


def _is_linked() -> sa.ColumnElement[bool]:
    # One that is lost gives nothing, and is told of.
    lost = sa.and_(_part.c.reason == FileReason.LOST, _part.c.fragment == "", _linked.c.url == _resource.c.url)
    return sa.and_(sa.func.coalesce(_resource.c.url_type, "") == "", sa.or_(as_read(_part.c.digest), lost))


def _original(row: Any) -> tuple[str, str, str]:
    """Return what a file that was made by a repair takes the place of: a file of the same dataset and table."""
    return row["standard"], row["package_id"], str((row["extras"] or {}).get("derived_from") or "")


def _of(row: Any, codes: dict[str, str], mended: Collection[tuple[str, str, str]]) -> Part:
    is_mended = (row["standard"], row["package_id"], row["resource_id"]) in mended
    changed = row["changed_at"] or (row["last_modified"] or row["created"] or _LONG_AGO).replace(tzinfo=UTC)
    is_stored = row["url_type"] == "upload"
    return Part(
        standard=row["standard"],
        package_id=row["package_id"],
        resource_id=row["resource_id"],
        fragment="" if is_mended else row["fragment"],
        reason=str(FileReason.MENDED) if is_mended else row["reason"],
        municipality=codes[row["group_id"]],
        publisher=row["group_title"] or row["group_name"],
        dataset=row["title"] or row["package_name"],
        file=row["file"] or linked_name(row["url"] or ""),
        licence_id=row["license_id"] or "",
        original="" if is_stored else row["url"],
        checked=row["checked_at"] or row["made_at"],
        changed=changed,
    )


def codes_of(session: Session, codes: dict[str, str]) -> dict[str, str]:
    """Return the code of each organisation: its own, else that of the nearest body above it."""
    found, at = dict(codes), {one: one for one, code in codes.items() if not code}
    for _ in range(_DEEPEST):
        if not at:
            break
        parents = _parents(session, set(at.values()))
        above = {one: parents[now] for one, now in at.items() if now in parents}
        found |= {one: code for one, (_parent, code) in above.items() if code}
        at = {one: parent for one, (parent, code) in above.items() if not code}
    return found


def _parents(session: Session, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the parent of each organisation and its code (`member.group_id` is the child)."""
    wanted = (
        sa.select(_member.c.group_id, _group.c.id, _group.c.extras["code"].astext)
        .join(_group, _group.c.id == _member.c.table_id)
        .where(_member.c.group_id.in_(list(ids)), _member.c.table_name == "group", _member.c.state == _ACTIVE)
        .where(_group.c.state == _ACTIVE)
    )
    return {child: (parent, code or "") for child, parent, code in session.execute(wanted)}
