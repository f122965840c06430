"""The whole feed as files: written from one snapshot, and swapped all at once.

A set of files lives in a folder of its own, and a small file names the folder that is served. So a reader never sees
files of two sets, and a build that is killed leaves the old set in place.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_dcat import config
from ckanext.hokkaido_dcat.domain.dump import CHECKSUMS, DESCRIPTION, FILES, Described, Tally, describe_void
from ckanext.hokkaido_dcat.domain.profiles import DEFAULT, PROFILES, Profile
from ckanext.hokkaido_dcat.domain.writers import FAMILIES
from ckanext.hokkaido_dcat.model import Change, Entry, Fragment, Kind, State
from ckanext.hokkaido_dcat.service import changes, pages
from ckanext.hokkaido_dcat.service.changes import Standing
from ckanext.hokkaido_dcat.service.dump_files import File, replace, settle, write, write_pair
from ckanext.hokkaido_dcat.service.rendering import base, site_url

__all__ = ["Dump", "address", "build", "current", "due", "export", "state"]

#: Key of the advisory lock under which one process at a time builds; the database lets go of it when that process dies.
LOCK = 4_770_003

BATCH = 200
_WORKSHOP = ".building"
_CURRENT = "current.json"
#: Seconds for which a set stays on the disk after it was replaced, for those who have begun to read it.
_GRACE = 3600


@dataclass(frozen=True, slots=True)
class Dump:
    """A set of files.

    :ivar folder: where it lies, relative to the folder of dumps.
    :ivar position: of the last change that it holds.
    :ivar modified: when that change was, ISO 8601 with offset.
    :ivar built_at: when the set was finished, ISO 8601 with offset.
    :ivar base: IRI of the catalogue that it speaks of.
    """

    folder: str
    position: int
    datasets: int
    triples: int
    modified: str | None
    built_at: str
    base: str
    files: dict[str, File]


def current(profile: Profile) -> Dump | None:
    """Return the set that is served, or None while there is none."""
    try:
        text = (config.dump_path() / profile.name / _CURRENT).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    fields = json.loads(text)
    return Dump(**{**fields, "files": {name: File(**file) for name, file in fields["files"].items()}})


def state(session: Session) -> dict[str, dict[str, Any] | None]:
    """Return what is known of the dump of every profile, by its name; None where there is none yet.

    :returns: the fields of `Dump`, each of `files` as `{size, sha256}`, and `behind`: how many changes it lacks.
    """
    last = changes.standing(session).position
    found = {name: current(profile) for name, profile in PROFILES.items()}
    return {
        name: {**asdict(dump), "behind": max(0, last - dump.position)} if dump else None for name, dump in found.items()
    }


def due(session: Session, profile: Profile) -> bool:
    """Tell whether the set must be built anew: at once when it may hold what is hidden now, else after a while."""
    dump, last = current(profile), changes.standing(session).position
    if dump is None or dump.base != base():
        return True
    if last == dump.position:
        return False
    withdrawn = sa.select(sa.exists().where(Change.position > dump.position, Change.kind == Kind.DELETE))
    age = (now() - datetime.fromisoformat(dump.built_at)).total_seconds()
    # A position that went back is a database that was restored from a copy.
    if age >= config.dump_seconds() or last < dump.position:
        return True
    return dump.position < changes.forgotten(session) <= last or session.execute(withdrawn).scalar_one()


def build(profile: Profile) -> Dump | None:
    """Build the set of a profile and serve it; return None when another process is building."""
    home = config.dump_path() / profile.name
    with _snapshot() as snapshot:
        if not _alone(snapshot):
            return None
        dump = _written(snapshot, profile, _emptied(home / _WORKSHOP))
        folder = home / Path(dump.folder).name
        if folder.exists():
            shutil.rmtree(home / _WORKSHOP)
        else:
            (home / _WORKSHOP).rename(folder)
            settle(home)
        before = current(profile)
        replace(home / _CURRENT, json.dumps(asdict(dump), indent=1, sort_keys=True))
        if before is not None and before.folder != dump.folder:
            _touch(config.dump_path() / before.folder)
        _clear(home, folder)
    return dump


def export(profile: Profile, target: Path) -> Dump | None:
    """Write the set of a profile into a folder of the operator's; what is served stays as it is."""
    with _snapshot() as snapshot:
        if not _alone(snapshot):
            return None
        workshop = _emptied(target / _WORKSHOP)
        dump = _written(snapshot, profile, workshop)
        for name in FILES:
            (workshop / name).replace(target / name)
        workshop.rmdir()
        settle(target)
    return dump


def address(profile: Profile, name: str) -> str:
    """Return the absolute address of a file."""
    return f"{site_url()}/catalog/{name}" + ("" if profile == DEFAULT else f"?profile={profile.name}")


@contextmanager
def _snapshot() -> Iterator[sa.Connection]:
    """Yield a connection that sees the feed as it stood at its first question, for however long it reads."""
    engine = model.meta.engine
    if engine is None:
        raise RuntimeError("The database is not initialised")
    with engine.connect() as connection:
        yield connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _alone(snapshot: sa.Connection) -> bool:
    return snapshot.execute(sa.select(sa.func.pg_try_advisory_xact_lock(LOCK))).scalar_one()


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _written(snapshot: sa.Connection, profile: Profile, folder: Path) -> Dump:
    """Write every file of a set."""
    totals, tally = changes.standing(snapshot), Tally(base())
    files: dict[str, File] = {}
    for family in FAMILIES:
        pieces = FAMILIES[family].pieces(_pieces(snapshot, profile, family, totals, tally))
        files |= write_pair(folder / f"dump.{family}", pieces)
    modified = totals.at.isoformat() if totals.at else None
    described = Described(
        address=address(profile, DESCRIPTION),
        files=tuple(address(profile, name) for name in files),
        datasets=totals.total,
        triples=tally.total,
        modified=modified,
        standard=profile.standard,
    )
    void = describe_void(described, pages.catalog_graph(snapshot, profile, totals), base())
    files[DESCRIPTION] = write(folder / DESCRIPTION, FAMILIES["ttl"].document([FAMILIES["ttl"].fragment(void)]))
    sums = "".join(f"{file.sha256}  {name}\n" for name, file in sorted(files.items()))
    files[CHECKSUMS] = write(folder / CHECKSUMS, sums)
    settle(folder)
    name = f"{profile.name}/{totals.position}-{files[CHECKSUMS].sha256[:16]}"
    return Dump(name, totals.position, totals.total, tally.total, modified, now().isoformat(), base(), files)


def _pieces(snapshot: sa.Connection, profile: Profile, family: str, totals: Standing, tally: Tally) -> Iterator[str]:
    """Yield the catalogue, then the datasets in the order of their places, each batch after the links to it."""
    write_graph, counts = FAMILIES[family].fragment, family == "nt"
    described = pages.catalog_graph(snapshot, profile, totals)
    head = write_graph(described)
    if counts:
        tally.fragment(head)
    yield head
    for rows in _batches(snapshot, profile, family):
        ids = [row.dataset_id for row in rows]
        links = pages.catalog_graph(snapshot, profile, totals, ids).without(described)
        yield write_graph(links)
        if counts:
            tally.own(len(links))
            for row in rows:
                tally.fragment(row.body, row.dataset_id)
        yield from (row.body for row in rows)


def _batches(snapshot: sa.Connection, profile: Profile, family: str) -> Iterator[Any]:
    statement = (
        sa.select(Entry.dataset_id, Fragment.body)
        .join(Fragment, Fragment.dataset_id == Entry.dataset_id)
        .where(Entry.state == State.PUBLISHED, Fragment.profile == profile.name, Fragment.family == family)
        .order_by(Entry.sequence)
    )
    # With this option the rows stay in the database until they are asked for.
    return snapshot.execute(statement, execution_options={"yield_per": BATCH}).partitions()


def _touch(folder: Path) -> None:
    if folder.exists():
        os.utime(folder)


def _clear(home: Path, kept: Path) -> None:
    """Remove the sets that were replaced a while ago."""
    for folder in home.iterdir():
        if folder.is_dir() and folder != kept and time.time() - folder.stat().st_mtime > _GRACE:
            shutil.rmtree(folder, ignore_errors=True)
