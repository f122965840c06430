"""Stored files are checked after their dataset was saved, and again when rules or definitions have changed.

Files at other sites come through `jobs.linked`: nothing here asks for them.
"""

from __future__ import annotations

import hashlib
from typing import Any

from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import judged_files, outbox
from ckanext.hokkaido_schema.shared import NoFile, open_stored
from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.domain.check_state import CheckState
from ckanext.hokkaido_standards.file_name import file_name
from ckanext.hokkaido_standards.service import check as checks
from ckanext.hokkaido_standards.service import combined, definition, linked
from ckanext.hokkaido_standards.service.combined_gate import is_open
from ckanext.hokkaido_standards.service.due import datasets_due, files_due

__all__ = ["check_content", "check_stored", "follow", "follow_due"]

#: So many datasets are looked at in one go of the clock.
PORTION = 20
#: Findings of one rule in one column that are stored one by one; a check of the file itself tells all.
MOST = 20


@outbox.handler(checks.DATASET_CHANGED)
def follow(payload: dict[str, Any]) -> None:
    """Check the files of a dataset that changed since their last check, and forget those that are gone.

    Files that everybody may have give their rows to the one table of their standard, all others give none. Doing it
    twice does no harm: a file that was checked as it is, by what holds now, is left alone.
    """
    session, package_id = model.Session(), payload["package"]
    files = checks.uploads_of(session, package_id)
    ids = [file["id"] for file in files] + linked.keep_open(session, package_id)
    gives = config.combined_folder() is not None and is_open(session, package_id)
    before = {part.standard for part in combined.of_dataset(session, package_id).values()}
    news = bool(checks.forget(session, package_id, ids))
    combined.drop_parts(session, package_id, ids if gives else [])
    due = files_due(session, package_id, gives=gives)
    for file in files:
        if file["id"] in due:
            check_stored(session, file, gives=gives)
            session.commit()
            news = True
    if news:
        judged_files.judged_anew(session, [package_id])
    after = {part.standard for part in combined.of_dataset(session, package_id).values()}
    # The words of a dataset stand in its rows, so any change of it is one of its tables.
    combined.ask(session, before | after)
    session.commit()


def follow_due() -> int:
    """Look at some of the datasets whose files wait for a check, and return how many; a duty of the clock."""
    due = datasets_due(model.Session(), PORTION, parts=config.combined_folder() is not None)
    for package_id in due:
        follow({"package": package_id})
    return len(due)


def check_stored(session: Session, file: dict[str, Any], *, gives: bool = False) -> None:
    """Check one stored file and store what was found; nothing in it raises.

    :param file: as `service.check.uploads_of` returns it.
    :param gives: whether its rows go to the one table of its standard.
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
    check_content(session, file, content, gives=gives)


def check_content(session: Session, file: dict[str, Any], content: bytes, *, gives: bool) -> None:
    """Check the bytes of a file, store what was found, and what they give to the table of their standard.

    :param file: and `gives`, as `check_stored` has them.
    """
    # The engine of tables is loaded by those who check one, and not by every process that starts.
    from ckanext.hokkaido_standards.checking import check_file, looks
    from ckanext.hokkaido_standards.jobs.combined import give
    from ckanext.hokkaido_standards.tables.reader import read

    knowing = definition.recognizer(session)
    table_file = read(file_name(file), content)
    # The file's own name goes before the title of its dataset, which may hold files of several sets.
    for title in (file["name"] or "", file["dataset_title"] or ""):
        seen = list(looks(table_file, title=title, region=config.region(), recognizer=knowing))
        if any(look.match.standard for look in seen):
            break
    report = check_file(table_file, title=title, region=config.region(), most=MOST, recognizer=knowing)
    state, digest = (
        CheckState.CHECKED if report.readable else CheckState.UNREADABLE,
        hashlib.sha256(content).hexdigest(),
    )
    checks.record(session, file, state, report, digest)
    if gives:
        give(session, file, seen, report.main.standard if report.main else None, digest)
