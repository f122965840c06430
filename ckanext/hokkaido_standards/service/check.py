"""Checks of stored files: which are due, what was found, and forgetting what is no more."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now, outbox
from ckanext.hokkaido_schema.shared import vocabularies_fingerprint
from ckanext.hokkaido_standards.domain.check_state import CheckState
from ckanext.hokkaido_standards.model import CombinedPart, LinkedFile, ResourceCheck
from ckanext.hokkaido_standards.report import Report
from ckanext.hokkaido_standards.service import definition
from ckanext.hokkaido_standards.service.linked_gate import as_checked
from ckanext.hokkaido_standards.stored_report import restored, stored
from ckanext.hokkaido_standards.wording import weight

__all__ = [
    "DATASET_CHANGED",
    "ask",
    "checked_by",
    "find",
    "forget",
    "is_kept",
    "of_dataset",
    "record",
    "report_of",
    "standings_of",
    "uploads_of",
]

#: Kind of message that asks to check the changed files of a dataset, and to forget those that are gone; its payload
#: is `{"package": id}`.
DATASET_CHANGED = "standards.dataset_changed"

#: Raised whenever the code of the rules finds something else in the same file.
_ENGINE = "2"

_package: sa.Table = model.Package.__table__
_resource: sa.Table = model.Resource.__table__
_KEPT = ("active", "draft")


def ask(session: Session, package_ids: Iterable[str]) -> None:
    """Ask, in the caller's transaction, to look at the files of datasets once it is committed.

    Datasets that have no file here and never had one are left out: most only link to files.
    """
    for package_id in sorted(_with_files(session, list(package_ids))):
        outbox.put(session, DATASET_CHANGED, {"package": package_id}, key=package_id)


def _with_files(session: Session, package_ids: Sequence[str]) -> set[str]:
    """Return those of the datasets that have a file, or of whose files something is kept."""
    uploads = sa.select(_resource.c.package_id).where(
        _resource.c.url_type == "upload", _resource.c.package_id.in_(package_ids)
    )
    kept = (sa.select(one.package_id).where(one.package_id.in_(package_ids)) for one in (ResourceCheck, CombinedPart))
    return set(session.scalars(sa.union(uploads, *kept)))


def checked_by(session: Session) -> str:
    """Return a mark of the rules and definitions that hold now: a check under another one is done anew."""
    parts = (_ENGINE, vocabularies_fingerprint(), *definition.loaded_ids(session))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def find(session: Session, resource_id: str) -> ResourceCheck | None:
    """Return the last check of a resource, nothing for a link or a file that waits for its first one."""
    return session.get(ResourceCheck, resource_id, populate_existing=True)


def of_dataset(session: Session, package_id: str) -> dict[str, ResourceCheck]:
    """Return the checks of a dataset's files by the resource's id, without their reports."""
    rows = session.scalars(sa.select(ResourceCheck).where(ResourceCheck.package_id == package_id))
    return {row.resource_id: row for row in rows}


def standings_of(session: Session, package_id: str) -> list[ResourceCheck]:
    """Return the checks of those files of a dataset that are as they were when they were checked."""
    wanted = (
        sa.select(ResourceCheck)
        .join(_resource, _resource.c.id == ResourceCheck.resource_id)
        .outerjoin(LinkedFile, LinkedFile.resource_id == ResourceCheck.resource_id)
        .where(
            ResourceCheck.package_id == package_id,
            ResourceCheck.state == CheckState.CHECKED,
            _resource.c.state == model.State.ACTIVE,
            as_checked(ResourceCheck.__table__.c.digest),
        )
        .order_by(_resource.c.position)
    )
    return list(session.scalars(wanted))


def report_of(row: ResourceCheck) -> Report | None:
    """Return what was found, nothing where the file was not read."""
    return restored(row.report) if row.report else None


def uploads_of(session: Session, package_id: str) -> list[dict[str, Any]]:
    """Return the stored files of a dataset that is not deleted: what `open_stored` needs, names and hash."""
    wanted = (
        sa.select(
            _resource.c.id,
            _resource.c.package_id,
            _resource.c.url,
            _resource.c.url_type,
            _resource.c.name,
            _resource.c.hash,
            _package.c.title.label("dataset_title"),
        )
        .join(_package, _package.c.id == _resource.c.package_id)
        .where(_package.c.id == package_id, is_kept())
        .order_by(_resource.c.position)
    )
    return [dict(row) for row in session.execute(wanted).mappings()]


def record(
    session: Session,
    resource: dict[str, Any],
    state: CheckState,
    report: Report | None = None,
    digest: str = "",
) -> None:
    """Store what a check has found in place of what an earlier one found.

    :param resource: as `uploads_of` returns it.
    """
    values: dict[str, Any] = dict.fromkeys(("standard", "form", "report"))
    values |= {"dialect": "other", "confidence": 0.0, "encoding": "", "score": 0, "rows": 0, "columns": 0}
    values |= {"weights": {}, "counts": {}} | (_found(report) if report else {})
    values |= {"package_id": resource["package_id"], "digest": digest, "state": str(state), "checked_at": now()}
    values |= {"checked_by": checked_by(session)}
    statement = insert(ResourceCheck).values(resource_id=resource["id"], **values)
    session.execute(statement.on_conflict_do_update(index_elements=["resource_id"], set_=values))


def forget(session: Session, package_id: str, but: Collection[str] = ()) -> list[str]:
    """Delete the checks of a dataset's files but of those named, and return whose they were."""
    gone = sa.delete(ResourceCheck).where(
        ResourceCheck.package_id == package_id, ResourceCheck.resource_id.not_in(list(but))
    )
    return list(session.scalars(gone.returning(ResourceCheck.resource_id)))


def is_kept() -> sa.ColumnElement[bool]:
    """Return what is true of the stored files of datasets that are not deleted; joins resource and package."""
    return sa.and_(
        _package.c.state.in_(_KEPT), _resource.c.state == model.State.ACTIVE, _resource.c.url_type == "upload"
    )


def _found(report: Report) -> dict[str, Any]:
    weights: Counter[str] = Counter()
    for rule, count in report.counts.items():
        weights[weight(rule)] += count
    told = {
        "encoding": report.encoding,
        "score": report.stars,
        "weights": dict(weights),
        "counts": dict(report.counts),
        "report": stored(report),
    }
    if main := report.main:
        told |= {name: getattr(main, name) for name in ("standard", "form", "confidence", "rows", "columns")}
        told["dialect"] = str(main.dialect)
    return told
