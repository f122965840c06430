"""Keeps the feed equal to the datasets, inside the transaction that changes them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, Insert, insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ckanext.hokkaido_dcat.domain.profiles import DEFAULT
from ckanext.hokkaido_dcat.model import Change, Entry, Fragment, Kind, State
from ckanext.hokkaido_dcat.service import changes, reading, thirdparty
from ckanext.hokkaido_dcat.service.changes import Happened, Standing
from ckanext.hokkaido_dcat.service.rendering import Key, Rendered, render, site_url
from ckanext.hokkaido_dcat.service.statements import Composed, as_json, copy_texts, insert_json

__all__ = ["Outcome", "refresh"]

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Outcome:
    """What a refresh did, as dataset ids.

    :ivar appeared: those of the written ones that were not in the feed before.
    """

    written: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    appeared: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Work:
    """What a refresh has to do.

    :ivar entries: dataset id -> its locked row, of those that have one.
    :ivar written: dataset id -> what it says, where that is news.
    """

    entries: dict[str, Any]
    written: dict[str, Rendered] = field(default_factory=dict)
    withdrawn: list[str] = field(default_factory=list)
    failed: dict[str, Exception] = field(default_factory=dict)


def refresh(
    session: Session,
    ids: Iterable[str],
    before_writing: Callable[[], None] = lambda: None,
    *,
    distrust: bool = False,
    alone: bool = False,
) -> Outcome:
    """Make the feed say of these datasets what the current transaction says of them; new ones get places in this order.

    A fault with one dataset marks that one dirty and touches no other; the caller's transaction stays usable.

    :param before_writing: called when everything is rendered; may wait.
    :param alone: everything is written or nothing: what the database refuses is raised after `reading.SAVEPOINT` was
        set, to which the caller goes back.
    :param distrust: look at the stored fragments themselves, not only at the marks of what was stored.
    """
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return Outcome()
    datasets, entries = reading.read_held(session, wanted, site_url(), savepoint=alone)
    work = _Work(entries)
    rendered = _render(session, datasets, wanted, work)
    _keep_what_is_new(session, rendered, work, distrust)
    before_writing()
    if alone:
        _write_at_once(session, work)
    else:
        _write_all(session, work)
    for dataset_id, error in work.failed.items():
        _mark_dirty(session, dataset_id, error)
    appeared = [dataset_id for dataset_id in work.written if not _visible(work.entries.get(dataset_id))]
    return Outcome(list(work.written), work.withdrawn, list(work.failed), appeared)


def _render(
    session: Session, datasets: dict[str, dict[str, Any]], wanted: list[str], work: _Work
) -> dict[str, Rendered]:
    rendered: dict[str, Rendered] = {}
    for dataset_id in wanted:
        dataset, entry = datasets.get(dataset_id), work.entries.get(dataset_id)
        if dataset is None or not reading.is_public(dataset):
            if entry is not None and entry.state != State.WITHDRAWN:
                work.withdrawn.append(dataset_id)
            continue
        try:
            # A query of a third party's class that fails must not spoil the transaction of the save.
            with session.connection().begin_nested() if thirdparty.chosen() else nullcontext():
                rendered[dataset_id] = render(dataset)
        except Exception as error:
            # The boundary between the feed and an editor's save: whatever a profile or a contributor does wrong, the
            # dataset is saved, and the fault is on record.
            log.exception("Feed: dataset %s could not be written", dataset_id)
            work.failed[dataset_id] = error
    return rendered


def _keep_what_is_new(session: Session, rendered: dict[str, Rendered], work: _Work, distrust: bool) -> None:
    """Find what has to be written; where only marks are old, or what is known beside the fragments, bring that up."""
    unmarked = [one for one in rendered if _visible(work.entries.get(one)) and not work.entries[one].fingerprint]
    looked_at = list(rendered) if distrust else unmarked
    stored = _hashes(session, looked_at) if looked_at else {}
    for dataset_id, one in rendered.items():
        entry = work.entries.get(dataset_id)
        same = stored.get(dataset_id) == one.hashes if dataset_id in looked_at else None
        if not _visible(entry) or not (same if same is not None else entry.fingerprint == one.fingerprint):
            work.written[dataset_id] = one
            continue
        values = {"problems": one.problems, "quality": one.quality, "fingerprint": one.fingerprint}
        if entry.dirty or any(getattr(entry, name) != value for name, value in values.items()):
            _update(session, dataset_id, dirty=False, error=None, **values)


def _visible(entry: Any) -> bool:
    return entry is not None and entry.state == State.PUBLISHED


def _write_at_once(session: Session, work: _Work) -> None:
    if work.written or work.withdrawn:
        _write(session, changes.lock(session), work.entries, work.written, work.withdrawn)


def _write_all(session: Session, work: _Work) -> None:
    """Write everything at once or, where the database refuses that, one dataset after the other."""
    if not work.written and not work.withdrawn:
        return
    before = changes.lock(session)
    try:
        # A savepoint of the connection, not of the session: that one would announce every change to CKAN once more.
        with session.connection().begin_nested():
            _write(session, before, work.entries, work.written, work.withdrawn)
    except SQLAlchemyError:
        for dataset_id in work.withdrawn:
            before = _write(session, before, work.entries, {}, [dataset_id])
        for dataset_id, one in list(work.written.items()):
            try:
                with session.connection().begin_nested():
                    before = _write(session, before, work.entries, {dataset_id: one}, [])
            except SQLAlchemyError as error:
                log.exception("Feed: dataset %s could not be stored", dataset_id)
                work.failed[dataset_id] = error
                del work.written[dataset_id]


def _write(
    session: Session, before: Standing, entries: dict[str, Any], written: dict[str, Rendered], withdrawn: list[str]
) -> Standing:
    """Store what is said now of some datasets and withdraw others; return how the feed stands then."""
    happened = [Happened(Kind.DELETE, dataset_id) for dataset_id in withdrawn if _visible(entries[dataset_id])]
    highest, sequences = before.highest, {}
    for dataset_id, one in written.items():
        entry = entries.get(dataset_id)
        sequence = entry.sequence if entry is not None and entry.sequence else highest + 1
        highest, sequences[dataset_id] = max(highest, sequence), sequence
        kind = Kind.UPDATE if _visible(entry) else Kind.CREATE
        happened.append(Happened(kind, dataset_id, one.bodies[DEFAULT.name, "ttl"].decode("utf-8"), sequence))
    if written:
        after = _publish(session, before, happened, entries, written, sequences)
        # Their files were for everybody once, and were named.
        closed = [dataset_id for dataset_id, one in written.items() if one.closed and _visible(entries.get(dataset_id))]
        if changes.erase(session, closed, before.position):
            changes.remember_forgetting(session, after.position)
    else:
        after = changes.append(session, before, happened)
    _withdraw(session, withdrawn, after)
    return after


def _publish(
    session: Session,
    before: Standing,
    happened: list[Happened],
    entries: dict[str, Any],
    written: dict[str, Rendered],
    sequences: dict[str, int],
) -> Standing:
    """Store what happened, entries and fragments in two journeys; return how the feed stands then."""
    after, told = changes.told(before, happened)
    rows = [
        {
            "dataset_id": dataset_id,
            "sequence": sequences[dataset_id],
            "state": State.PUBLISHED,
            "published_at": entries[dataset_id].published_at if _visible(entries.get(dataset_id)) else after.at,
            "changed_at": after.at,
            "withdrawn_at": None,
            "dirty": False,
            "error": None,
            "problems": one.problems,
            "fingerprint": one.fingerprint,
            "quality": one.quality,
        }
        for dataset_id, one in written.items()
    ]
    told_as = {Entry.__tablename__: as_json(rows), Change.__tablename__: as_json(told)}
    _MAKE_ROOM.run(session, ids=list(written), **told_as)
    fragments = (
        (dataset_id, profile, family, body, one.hashes[profile, family])
        for dataset_id, one in written.items()
        for (profile, family), body in one.bodies.items()
    )
    copy_texts(session, Fragment.__table__, _FRAGMENT, fragments)
    return after


def _hashes(session: Session, ids: list[str]) -> dict[str, dict[Key, str]]:
    """Return the hashes of all fragments of these datasets."""
    statement = sa.select(Fragment.dataset_id, Fragment.profile, Fragment.family, Fragment.sha256)
    found: dict[str, dict[Key, str]] = {}
    for dataset_id, profile, family, sha256 in session.execute(statement.where(Fragment.dataset_id.in_(ids))):
        found.setdefault(dataset_id, {})[profile, family] = sha256
    return found


def _withdraw(session: Session, ids: list[str], after: Standing) -> None:
    if not ids:
        return
    session.execute(sa.delete(Fragment).where(Fragment.dataset_id.in_(ids)), execution_options=_PLAIN)
    values = {"state": State.WITHDRAWN, "withdrawn_at": after.at, "dirty": False, "error": None}
    nothing = {"problems": [], "fingerprint": None, "quality": sa.null()}
    statement = sa.update(Entry).where(Entry.dataset_id.in_(ids)).values(**values, **nothing)
    session.execute(statement, execution_options=_PLAIN)
    changes.erase(session, ids)


def _mark_dirty(session: Session, dataset_id: str, error: Exception) -> None:
    """Note that a dataset could not be written; what the feed said of it before stays, for it is still public."""
    values = {"dirty": True, "error": f"{type(error).__name__}: {error}"[:2000]}
    statement = insert(Entry).values(dataset_id=dataset_id, state=State.WAITING, problems=[], **values)
    try:
        with session.connection().begin_nested():
            session.execute(statement.on_conflict_do_update(index_elements=["dataset_id"], set_=values))
            # A tombstone of a dataset that is public again waits to be written, it is not withdrawn.
            session.execute(
                sa.update(Entry)
                .where(Entry.dataset_id == dataset_id, Entry.state == State.WITHDRAWN)
                .values(state=State.WAITING),
                execution_options=_PLAIN,
            )
    except SQLAlchemyError:
        log.exception("Feed: the fault of dataset %s could not be recorded", dataset_id)


def _update(session: Session, dataset_id: str, **values: Any) -> None:
    session.execute(sa.update(Entry).where(Entry.dataset_id == dataset_id).values(**values), execution_options=_PLAIN)


_FRAGMENT = ("dataset_id", "profile", "family", "body", "sha256")


def _store_entries_at_once() -> Insert:
    """Return the statement that stores any number of entries, given as JSON."""
    statement = insert_json(Entry.__table__)
    changed = {one.name: statement.excluded[one.name] for one in Entry.__table__.c if one.name != "dataset_id"}
    return statement.on_conflict_do_update(index_elements=["dataset_id"], set_=changed)


def _make_room() -> sa.Executable:
    """Return the statement that stores entries and changes and takes the old fragments of the entries away."""
    table = Fragment.__table__
    old = sa.delete(table).where(table.c.dataset_id == sa.func.any(sa.cast(sa.bindparam("ids"), ARRAY(sa.Text))))
    return old.add_cte(_store_entries_at_once().cte("entries"), changes.INSERT.cte("changes"))


_MAKE_ROOM = Composed(_make_room())

#: Objects that a session holds are not brought in line: nobody holds these.
_PLAIN = {"synchronize_session": False}
