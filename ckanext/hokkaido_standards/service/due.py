"""Which stored files wait for a check, or for giving their rows to the table of their standard."""

from __future__ import annotations

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_standards.model import CombinedPart, ResourceCheck
from ckanext.hokkaido_standards.service.check import checked_by, is_kept
from ckanext.hokkaido_standards.service.combined import made_by
from ckanext.hokkaido_standards.service.combined_gate import for_all, unrestricted

__all__ = ["datasets_due", "files_due"]

_package: sa.Table = model.Package.__table__
_resource: sa.Table = model.Resource.__table__
_group: sa.Table = model.Group.__table__
_part: sa.Table = CombinedPart.__table__
_check: sa.Table = ResourceCheck.__table__


def files_due(session: Session, package_id: str, *, gives: bool) -> set[str]:
    """Return the stored files of a dataset that are to be read.

    :param gives: whether they are to give their rows, too.
    """
    unread = sa.and_(_check.c.resource_id.is_not(None), _check.c.digest == "")
    due = [_unchecked(session), unread, *([_ungiven(session)] if gives else [])]
    wanted = _files(_resource.c.id).where(_package.c.id == package_id, sa.or_(*due))
    return set(session.scalars(wanted))


def datasets_due(session: Session, most: int, *, parts: bool) -> list[str]:
    """Return datasets with files that were never checked, have changed since or were checked by other rules.

    :param parts: look for files, too, whose rows are not in the table of their standard as they are now.
    """
    found = _some(session, _files(_package.c.id).where(_unchecked(session)), most)
    if len(found) < most and parts:
        wanted = _files(_package.c.id).join(_group, _group.c.id == _package.c.owner_org)
        found |= _some(session, wanted.where(for_all(), unrestricted(), _ungiven(session)), most)
    return sorted(found)[:most]


def _some(session: Session, wanted: sa.Select[tuple[str]], most: int) -> set[str]:
    return set(session.scalars(wanted.group_by(_package.c.id).order_by(_package.c.id).limit(most)))


def _files(column: sa.ColumnElement[str]) -> sa.Select[tuple[str]]:
    return (
        sa.select(column)
        .select_from(_package)
        .join(_resource, _resource.c.package_id == _package.c.id)
        .outerjoin(_check, _check.c.resource_id == _resource.c.id)
        .outerjoin(_part, _part.c.resource_id == _resource.c.id)
        .where(is_kept())
    )


def _unchecked(session: Session) -> sa.ColumnElement[bool]:
    return sa.or_(
        _check.c.resource_id.is_(None),
        _check.c.checked_by != checked_by(session),
        sa.and_(_resource.c.hash != "", _check.c.digest != "", _resource.c.hash != _check.c.digest),
    )


def _ungiven(session: Session) -> sa.ColumnElement[bool]:
    made_otherwise = sa.or_(_part.c.digest != _check.c.digest, _part.c.made_by != made_by(session))
    return sa.and_(_check.c.standard.is_not(None), sa.or_(_part.c.resource_id.is_(None), made_otherwise))
