"""Stored files are checked after their dataset was saved, and again when rules or definitions have changed."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import Any

from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import judged_files, outbox
from ckanext.hokkaido_schema.shared import NoFile, open_stored
from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.domain.check_state import CheckState
from ckanext.hokkaido_standards.service import check as checks
from ckanext.hokkaido_standards.service import definition

__all__ = ["check_stored", "follow", "follow_due"]

#: So many datasets are looked at in one go of the clock.
PORTION = 20
#: Findings of one rule in one column that are stored one by one; a check of the file itself tells all.
MOST = 20


@outbox.handler(checks.DATASET_CHANGED)
def follow(payload: dict[str, Any]) -> None:
    """Check the files of a dataset that changed since their last check, and forget those that are gone.

    Doing it twice does no harm: a file that was checked as it is, by what holds now, is left alone.
    """
    session, package_id = model.Session(), payload["package"]
    files = checks.uploads_of(session, package_id)
    news = bool(checks.forget(session, package_id, [file["id"] for file in files]))
    known, by = checks.of_dataset(session, package_id), checks.checked_by(session)
    for file in files:
        row = known.get(file["id"])
        if row is None or row.checked_by != by or not row.digest or row.digest != file["hash"]:
            check_stored(session, file)
            session.commit()
            news = True
    if news:
        judged_files.judged_anew(session, [package_id])
    session.commit()


def follow_due() -> int:
    """Look at some of the datasets whose files wait for a check, and return how many; a duty of the clock."""
    due = checks.datasets_due(model.Session(), PORTION)
    for package_id in due:
        follow({"package": package_id})
    return len(due)


def check_stored(session: Session, file: dict[str, Any]) -> None:
    """Check one stored file and store what was found; nothing in it raises.

    :param file: as `service.check.uploads_of` returns it.
    """
    try:
        stored = open_stored(file)
        if stored.size > config.stored_bytes():
            checks.record(session, file, CheckState.LARGE)
            return
        content = stored.head(stored.size)
    except NoFile:
        checks.record(session, file, CheckState.MISSING)
        return
    report = _checked(session, file, content)
    state = CheckState.CHECKED if report.readable else CheckState.UNREADABLE
    checks.record(session, file, state, report, hashlib.sha256(content).hexdigest())


def _checked(session: Session, file: dict[str, Any], content: bytes) -> Any:
    # The engine of tables is loaded by those who check one, and not by every process that starts.
    from ckanext.hokkaido_standards.checking import check_file, looks
    from ckanext.hokkaido_standards.tables.reader import read

    knowing = definition.recognizer(session)
    table_file = read(PurePosixPath(file["url"] or "").name, content)
    # The file's own name goes before the title of its dataset, which may hold files of several sets.
    titles = (file["name"] or "", file["dataset_title"] or "")
    told = (
        title
        for title in titles
        if any(look.match.standard for look in looks(table_file, title=title, recognizer=knowing))
    )
    return check_file(table_file, title=next(told, ""), region=config.region(), most=MOST, recognizer=knowing)
