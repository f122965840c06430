"""The one tables follow the files: parts are made after a check, tables and their files after that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.combined.store import Store
from ckanext.hokkaido_standards.jobs.combined_dataset import publish
from ckanext.hokkaido_standards.jobs.combined_rows import bring_rows, drop_rows
from ckanext.hokkaido_standards.service import combined

__all__ = ["bring", "drop_fragments", "give", "renew", "tidy"]


def give(session: Session, file: dict[str, Any], looks: Sequence[Any], standard: str | None, digest: str) -> None:
    """Store what a file gives to the table of its standard, or that it gives nothing any more.

    :param file: as `service.check.uploads_of` returns it.
    :param looks: the tables in it.
    """
    from ckanext.hokkaido_standards.combined.fragment import fragment_of

    made, kept = (fragment_of(looks, standard) if standard else None), combined.store()
    if made is None or kept is None:
        combined.drop_part(session, file["id"])
        return
    fragment = kept.keep_fragment(made.as_parquet()) if made.frame is not None else ""
    combined.record_part(
        session, file, standard=made.standard, digest=digest, fragment=fragment, reason=str(made.reason or "")
    )


@outbox.handler(combined.CHANGED)
def renew(payload: dict[str, Any]) -> None:
    """Make the table of a standard and its files as they are now, and delete those that were before."""
    bring(model.Session(), payload["standard"])


def bring(session: Session, code: str) -> combined.Table | None:
    """Bring the table of a standard up to date; one that is up to date costs a look."""
    from ckanext.hokkaido_standards.combined.building import built, facts_of
    from ckanext.hokkaido_standards.combined.files import write_all

    kept, table = combined.store(), combined.table_of(session, code)
    if table is not None:
        combined.drop_lost(session, table.parts)
    # What is written takes its time, and nothing of the database is held meanwhile.
    session.commit()
    if kept is None or table is None:
        return table
    folder = built(kept, table, config.site_url())
    write_all(kept, folder, table.standard, config.site_url())
    publish(table, facts_of(folder)["rows"])
    bring_rows(session, table, folder)
    kept.drop_tables(code, table.mark)
    drop_fragments(session, kept)
    return table


def drop_fragments(session: Session, kept: Store) -> None:
    """Delete the fragments that are no part of a table any more."""
    for digest in kept.fragments() - combined.fragments(session):
        kept.drop_fragment(digest)
    session.commit()


def tidy() -> None:
    """Take off the disk what left the tables without a message: by raw SQL, or while no worker ran.

    It is not served in the meantime: every read asks who may have the files now. A duty of the clock.
    """
    session, kept = model.Session(), combined.store()
    combined.drop_closed(session)
    session.commit()
    for code in combined.standards_of(session) | (kept.standards() if kept else set()):
        bring(session, code)
    drop_rows(session)
