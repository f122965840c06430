"""Compares the feed with the datasets, and makes it anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_dcat.model import Entry, Fragment, State
from ckanext.hokkaido_dcat.service import changes, reading
from ckanext.hokkaido_dcat.service.rendering import Key, render, site_url

__all__ = ["Findings", "batched", "batches", "check", "dirty_ids", "status"]

BATCH = 100


@dataclass(slots=True)
class Findings:
    """Where the feed differs from the datasets, as dataset ids.

    :ivar missing: public, and not in the feed.
    :ivar surplus: in the feed, and not public any more.
    :ivar stale: in the feed with something else than is true now.
    :ivar faulty: cannot be written.
    """

    missing: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    faulty: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, list[str]]:
        """Return the ids by kind of difference."""
        return {"missing": self.missing, "surplus": self.surplus, "stale": self.stale, "faulty": self.faulty}


def batches(session: Session) -> list[list[str]]:
    """Return every dataset that is or should be in the feed, oldest first, in batches for one transaction each."""
    public = reading.public_ids(session)
    known = set(public)
    others = [dataset_id for dataset_id in sorted(_stored(session)) if dataset_id not in known]
    return list(batched([*public, *others]))


def dirty_ids(session: Session) -> list[str]:
    """Return the datasets whose last change could not be written."""
    return list(session.execute(sa.select(Entry.dataset_id).where(Entry.dirty)).scalars())


def check(session: Session) -> Findings:
    """Compare every dataset with what the feed says of it, as after changes by raw SQL or of settings."""
    findings = Findings()
    public, stored = reading.public_ids(session), _stored(session)
    findings.surplus = sorted(stored.keys() - set(public))
    for dataset_id, dataset in _datasets(session, public):
        try:
            hashes = render(dataset).hashes
        except Exception:  # noqa: BLE001 - whatever fails here would fail an editor's save, and is what we look for.
            findings.faulty.append(dataset_id)
            continue
        if dataset_id not in stored:
            findings.missing.append(dataset_id)
        elif stored[dataset_id] != hashes:
            findings.stale.append(dataset_id)
    return findings


def status(session: Session) -> dict[str, Any]:
    """Return counts and times of the feed."""
    counts = dict.fromkeys((state.value for state in State), 0)
    for state, count in session.execute(sa.select(Entry.state, sa.func.count()).group_by(Entry.state)):
        counts[state] = count
    # What only one of the other profiles lacks is no fault of the dataset.
    own = sa.func.jsonb_path_exists(Entry.problems, sa.text("'$[*] ? (!exists(@.profile))'"))
    problems = sa.select(sa.func.count()).where(own, Entry.state == State.PUBLISHED)
    changed = changes.standing(session).at
    return {
        **counts,
        "public": len(reading.public_ids(session)),
        "dirty": len(dirty_ids(session)),
        "with_problems": session.execute(problems).scalar_one(),
        "last_change": changed.isoformat() if changed else None,
    }


def _stored(session: Session) -> dict[str, dict[Key, str]]:
    statement = (
        sa.select(Entry.dataset_id, Fragment.profile, Fragment.family, Fragment.sha256)
        .join(Fragment, Fragment.dataset_id == Entry.dataset_id)
        .where(Entry.state == State.PUBLISHED)
    )
    found: dict[str, dict[Key, str]] = {}
    for dataset_id, profile, family, sha256 in session.execute(statement):
        found.setdefault(dataset_id, {})[profile, family] = sha256
    return found


def _datasets(session: Session, ids: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for batch in batched(ids):
        yield from reading.read(session, batch, site_url()).items()


def batched(ids: Iterable[str]) -> Iterator[list[str]]:
    """Cut into batches (`itertools.batched` needs Python 3.12)."""
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch
