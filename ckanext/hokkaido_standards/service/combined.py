"""The one tables: their parts in the database, their rows on disk under a mark of what they are made of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now, outbox
from ckanext.hokkaido_schema.shared import vocabulary
from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.combined.store import Store
from ckanext.hokkaido_standards.domain.combined import FileReason
from ckanext.hokkaido_standards.domain.definition import Standard
from ckanext.hokkaido_standards.model import CombinedPart, LinkedFile
from ckanext.hokkaido_standards.service import definition
from ckanext.hokkaido_standards.service.check import checked_by
from ckanext.hokkaido_standards.service.combined_gate import Part, for_all, open_parts, unrestricted
from ckanext.hokkaido_standards.service.linked_gate import ask_anew

__all__ = [
    "CHANGED",
    "Table",
    "ask",
    "bureaus",
    "drop_closed",
    "drop_lost",
    "drop_part",
    "drop_parts",
    "forget_parts",
    "fragments",
    "made_by",
    "of_dataset",
    "record_part",
    "standards_of",
    "store",
    "table_of",
]

#: Kind of message that asks to bring the table of a standard up to date; its payload is `{"standard": "01"}`.
CHANGED = "standards.combined_changed"

#: Raised whenever parts are made otherwise of the same files.
_ENGINE = "1"
#: Raised whenever tables are made otherwise of the same parts.
_TABLES = "2"


@dataclass(frozen=True, slots=True)
class Table:
    """The one table of a standard as it is now.

    :ivar mark: tells this state from every other: what is served under it never changes.
    :ivar parts: the files that it is made of, and those that give no row.
    """

    standard: Standard
    mark: str
    parts: Sequence[Part]

    @property
    def giving(self) -> list[Part]:
        """Return the files that give rows."""
        return [part for part in self.parts if part.fragment]


def ask(session: Session, standards: Collection[str]) -> None:
    """Ask, in the caller's transaction, to bring tables up to date once it is committed."""
    for code in sorted(standards):
        outbox.put(session, CHANGED, {"standard": code}, key=code)


def made_by(session: Session) -> str:
    """Return a mark of what parts are made by: under another one they are made anew."""
    return f"{_ENGINE}-{checked_by(session)}"


def of_dataset(session: Session, package_id: str) -> dict[str, CombinedPart]:
    """Return the parts that a dataset's files gave, by the resource's id."""
    rows = session.scalars(sa.select(CombinedPart).where(CombinedPart.package_id == package_id))
    return {row.resource_id: row for row in rows}


def record_part(session: Session, resource: dict[str, Any], **values: str) -> None:
    """Store what a file gives in place of what it gave before.

    :param resource: with `id` and `package_id`.
    :param values: `standard, digest, fragment, reason`.
    """
    values |= {"package_id": resource["package_id"], "made_by": made_by(session)}
    statement = insert(CombinedPart).values(resource_id=resource["id"], made_at=now(), **values)
    session.execute(statement.on_conflict_do_update(index_elements=["resource_id"], set_=values | {"made_at": now()}))


def drop_part(session: Session, resource_id: str) -> None:
    """Delete what a file gives."""
    session.execute(sa.delete(CombinedPart).where(CombinedPart.resource_id == resource_id))


def drop_parts(session: Session, package_id: str, but: Collection[str] = ()) -> None:
    """Delete the parts of a dataset's files but of those named."""
    gone = CombinedPart.package_id == package_id, CombinedPart.resource_id.not_in(list(but))
    session.execute(sa.delete(CombinedPart).where(*gone))


def drop_closed(session: Session) -> None:
    """Delete the parts of datasets that not everybody may have, whatever way they became that."""
    package, group = model.Package.__table__, model.Group.__table__
    still = sa.select(package.c.id).join(group, group.c.id == package.c.owner_org).where(for_all(), unrestricted())
    session.execute(sa.delete(CombinedPart).where(CombinedPart.package_id.not_in(still)))


def drop_lost(session: Session, parts: Sequence[Part]) -> None:
    """Delete the parts whose fragments are gone from the disk, so that their files are read or fetched again."""
    lost = [part.resource_id for part in parts if part.reason == FileReason.PENDING]
    if lost:
        session.execute(sa.delete(CombinedPart).where(CombinedPart.resource_id.in_(lost)))
        ask_anew(session, lost)


def forget_parts(session: Session, standards: Collection[str]) -> set[str]:
    """Delete the parts of tables, so that their files are read again, and return the datasets of these files.

    Files at other sites are asked for soon; until they have come their rows stay, for it takes its time.
    """
    of_these = CombinedPart.standard.in_(list(standards))
    linked = sa.select(LinkedFile.resource_id)
    again = sa.update(CombinedPart).where(of_these, CombinedPart.resource_id.in_(linked)).values(made_by="")
    ask_anew(session, set(session.scalars(again.returning(CombinedPart.resource_id))))
    gone = sa.delete(CombinedPart).where(of_these, CombinedPart.resource_id.not_in(linked))
    return set(session.scalars(gone.returning(CombinedPart.package_id)))


def fragments(session: Session) -> set[str]:
    """Return the hashes of the fragments that are parts of a table."""
    return set(session.scalars(sa.select(CombinedPart.fragment).where(CombinedPart.fragment != "")))


def standards_of(session: Session, organization_id: str | None = None) -> set[str]:
    """Return the digits of the standards that have parts, of an organisation's files where one is named."""
    wanted = sa.select(CombinedPart.standard).distinct()
    if organization_id is not None:
        package = model.Package.__table__
        wanted = wanted.join(package, package.c.id == CombinedPart.package_id)
        wanted = wanted.where(package.c.owner_org == organization_id)
    return set(session.scalars(wanted))


def table_of(session: Session, code: str) -> Table | None:
    """Return the table of a standard as it is now; nothing for digits that no standard has."""
    standard = definition.current(session).get(code)
    if standard is None:
        return None
    kept = store()
    parts = [_present(part, kept) for part in open_parts(session, code)]
    return Table(standard, _mark(session, parts), parts)


def store() -> Store | None:
    """Return where the tables are kept, nothing where the portal keeps no files."""
    folder = config.combined_folder()
    return Store(folder) if folder else None


def _present(part: Part, kept: Store | None) -> Part:
    """Return a part, as one that is being read again where its fragment is gone from the disk."""
    if not part.fragment or (kept and kept.has_fragment(part.fragment)):
        return part
    return replace(part, fragment="", reason=str(FileReason.PENDING))


def _mark(session: Session, parts: Sequence[Part]) -> str:
    said = [[getattr(part, name) for name in Part.__slots__] for part in parts]
    told = [_TABLES, config.site_url(), definition.loaded_ids(session), said]
    return hashlib.sha256(json.dumps(told, default=str, ensure_ascii=False).encode()).hexdigest()[:32]


def bureaus() -> dict[str, str]:
    """Return the bureau of each municipality by its code."""
    return {item.code: str(item["bureau"]) for item in vocabulary("municipalities")}
