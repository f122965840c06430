"""Files at other sites are fetched by the clock in small portions, and checked as stored files are.

Never in a web request, never for a dataset that is not public; nothing of the database is held while a site is asked,
and of the bytes only what was found in them is kept.
"""

from __future__ import annotations

import hashlib
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import judged_files, now
from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.domain.check_state import CheckState
from ckanext.hokkaido_standards.domain.linked_state import LinkedState, Outcome, after, waits
from ckanext.hokkaido_standards.fetching import Asked, Fetched, fetch_file
from ckanext.hokkaido_standards.jobs.check import check_content
from ckanext.hokkaido_standards.model import LinkedFile
from ckanext.hokkaido_standards.service import check as checks
from ckanext.hokkaido_standards.service import combined, linked

__all__ = ["collect_links", "collect_recent", "fetch_due", "fetch_some", "store"]

log = logging.getLogger(__name__)

_AT_A_TIME = 4
#: A transaction that saves many datasets may take its time until it is seen.
_LATELY = timedelta(minutes=15)


def collect_links() -> None:
    """Bring the list of links up to date with all datasets, whatever way they changed; a duty of the clock."""
    session = model.Session()
    linked.collect(session)
    session.commit()


def collect_recent() -> None:
    """Bring the list of links up to date with the datasets that were saved lately; a duty of the clock."""
    session = model.Session()
    linked.collect(session, now() - _LATELY)
    session.commit()


def fetch_due() -> int:
    """Ask for some files that are due, one of a host, and return how many; a duty of the clock."""
    return fetch_some(config.linked_portion()) if config.fetches_linked() else 0


def fetch_some(most: int) -> int:
    """Ask for up to so many files that are due, one of a host, and store what was found in them."""
    session = model.Session()
    found, policy = linked.take(session, now(), most), config.linked_policy()
    session.commit()
    asked = [Asked(one.url, one.etag, one.modified) for one in found]
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        for taken, fetched in zip(found, pool.map(lambda one: fetch_file(one, policy), asked), strict=True):
            _store_alone(session, taken, fetched)
    return len(found)


def _store_alone(session: Session, taken: linked.Taken, fetched: Fetched) -> None:
    try:
        store(session, taken, fetched)
    except Exception:
        # One file that the check stumbles over must neither keep the others back nor be asked for again and again.
        log.exception("Standards: the file that resource %s leads to could not be checked", taken.resource_id)
        session.rollback()
        store(session, taken, Fetched(Outcome.AWAY, fault="bad-answer"))


def store(session: Session, taken: linked.Taken, fetched: Fetched) -> None:
    """Store what was found in a file that was asked for, unless it was withdrawn meanwhile; commits."""
    row, at = linked.hold(session, taken), now()
    if row is None:
        session.rollback()
        return
    before = {part.standard for part in combined.of_dataset(session, taken.package_id).values()}
    was = LinkedState(row.state)
    standing = after(linked.standing_of(row), fetched.outcome, at, config.linked_kept())
    row.state, row.failures = standing.state, standing.failures
    row.failed_since, row.not_there_since = standing.failed_since, standing.not_there_since
    row.status, row.fault, row.taken_until = fetched.status, fetched.fault, None
    row.due_at = at + waits(standing, fetched.outcome, config.linked_interval(), fetched.rest, taken.resource_id)
    if fetched.outcome is Outcome.BUSY:
        linked.put_off_host(session, row.host, max(row.due_at, at + timedelta(seconds=fetched.rest)))
    news = _take_in(session, row, taken, fetched, at)
    if standing.state is LinkedState.LOST and was is not LinkedState.LOST:
        row.digest = row.etag = row.modified = ""
        linked.lose(session, taken.resource_id)
        news = True
    if news:
        judged_files.judged_anew(session, [taken.package_id])
        parts = combined.of_dataset(session, taken.package_id).values()
        combined.ask(session, before | {part.standard for part in parts})
    session.commit()


def _take_in(session: Session, row: LinkedFile, taken: linked.Taken, fetched: Fetched, at: datetime) -> bool:
    """Check what came, and tell whether it is another file, or is looked at by other rules."""
    if fetched.outcome in {Outcome.FRESH, Outcome.SAME, Outcome.LARGE}:
        row.fetched_at = at
    if fetched.outcome is Outcome.LARGE:
        row.digest = row.etag = row.modified = ""
        checks.record(session, taken.file, CheckState.LARGE)
        combined.drop_part(session, taken.resource_id)
        return True
    if fetched.outcome is not Outcome.FRESH:
        return False
    digest = hashlib.sha256(fetched.content).hexdigest()
    is_same = digest == taken.digest == row.digest
    if digest != row.digest:
        row.changed_at = _told(fetched.modified, at) or (at if row.digest else None)
    row.digest, row.etag, row.modified = digest, fetched.etag, fetched.modified
    session.flush()
    if not is_same:
        file = taken.file | {"url": fetched.name}
        check_content(session, file, fetched.content, gives=config.combined_folder() is not None)
    return not is_same


def _told(modified: str, at: datetime) -> datetime | None:
    """Return when a file changed by the word of its site; nothing where that is no moment, or one to come."""
    try:
        moment = parsedate_to_datetime(modified)
    except ValueError:
        return None
    # HTTP tells moments in UTC, with or without saying so.
    moment = moment.replace(tzinfo=moment.tzinfo or UTC)
    return moment if moment <= at else None
