"""The definitions that hold now: those that are shipped, and loaded ones in place of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_standards.definitions import concepts, standards
from ckanext.hokkaido_standards.domain.definition import Loading, Standard
from ckanext.hokkaido_standards.domain.definition_sheet import Defined
from ckanext.hokkaido_standards.domain.recognition import Recognizer
from ckanext.hokkaido_standards.domain.redefining import redefined
from ckanext.hokkaido_standards.model import LoadedDefinition

__all__ = ["current", "history", "load", "loaded_ids", "made", "recognizer", "withdraw"]


def current(session: Session) -> Mapping[str, Standard]:
    """Return the standard data sets by their two digits, as they hold now."""
    return _state(session).sets


def recognizer(session: Session) -> Recognizer:
    """Return what recognises the sets as they hold now."""
    return _state(session).recognizer


class _State:
    """The sets and what recognises them, whose tables are made when they are first asked for."""

    def __init__(self, sets: Mapping[str, Standard]) -> None:
        self.sets, self.recognizer = sets, Recognizer(sets.values())


#: The states under the ids of the loadings that they are made of; a loading never changes. Only the last is kept.
_known: dict[tuple[str, ...], _State] = {}


def loaded_ids(session: Session) -> tuple[str, ...]:
    """Return the ids of the loadings that hold now: the definitions are others whenever these are."""
    wanted = sa.select(LoadedDefinition.id).where(LoadedDefinition.withdrawn_at.is_(None)).order_by(LoadedDefinition.id)
    return tuple(session.scalars(wanted))


def _state(session: Session) -> _State:
    ids = loaded_ids(session)
    found = _known.get(ids)
    if found is None:
        rows = session.scalars(sa.select(LoadedDefinition).where(LoadedDefinition.id.in_(ids)))
        loaded = {row.standard: _of(row) for row in rows}
        found = _State({**standards(), **loaded} if loaded else standards())
        _known.clear()
        _known[ids] = found
    return found


def _of(row: LoadedDefinition) -> Standard:
    loading = Loading(row.file, row.sheet, row.source, row.loaded_at.isoformat(), row.loaded_by)
    return made(row.standard, tuple(map(Defined.of, row.columns)), loading)


def made(code: str, columns: Sequence[Defined], loading: Loading) -> Standard:
    """Return a set as a definition workbook has it."""
    return redefined(standards()[code], columns, concepts(), loading)


def load(  # noqa: PLR0913 - one for each column of the row.
    session: Session,
    code: str,
    columns: Sequence[Defined],
    *,
    file: str,
    sheet: str,
    source: str,
    digest: str,
    by: str,
) -> LoadedDefinition:
    """Store a definition, which withdraws the one before it."""
    # Two people who load the same set at a time wait for each other.
    session.execute(
        sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(f"{LoadedDefinition.__tablename__}-{code}")))
    )
    withdraw(session, code, by)
    row = LoadedDefinition(
        standard=code,
        file=file,
        sheet=sheet,
        source=source,
        digest=digest,
        columns=[one.stored() for one in columns],
        loaded_by=by,
    )
    session.add(row)
    session.flush()
    return row


def withdraw(session: Session, code: str, by: str) -> LoadedDefinition | None:
    """Let the shipped definition of a set hold again; return the loaded one, nothing where there is none."""
    wanted = sa.select(LoadedDefinition).where(
        LoadedDefinition.standard == code, LoadedDefinition.withdrawn_at.is_(None)
    )
    row = session.scalars(wanted.with_for_update()).one_or_none()
    if row is not None:
        row.withdrawn_at, row.withdrawn_by = now(), by
        session.flush()
    return row


def history(session: Session, code: str, limit: int = 20) -> list[LoadedDefinition]:
    """Return the loadings of a set, newest first."""
    wanted = sa.select(LoadedDefinition).where(LoadedDefinition.standard == code)
    return list(session.scalars(wanted.order_by(LoadedDefinition.loaded_at.desc()).limit(limit)))
