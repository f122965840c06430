"""Notices which datasets a transaction touches, so that their files are checked once it is committed."""

from __future__ import annotations

import logging
from typing import Any

from ckan import model
from ckan.model.meta import create_local_session
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import dataset_of, remember
from ckanext.hokkaido_standards.service import check as checks
from ckanext.hokkaido_standards.service import combined

__all__ = ["note", "organization_changed"]

log = logging.getLogger(__name__)

_TOUCHED = "hokkaido_standards_touched"


def note(entity: Any) -> None:
    """Remember the dataset of an object that CKAN announces as new, changed or deleted just before a commit."""
    remember(entity, _TOUCHED, dataset_of(entity))


@event.listens_for(create_local_session, "before_commit")
@event.listens_for(model.Session, "before_commit")
def _ask(session: Session) -> None:
    touched = session.info.pop(_TOUCHED, set())
    if not touched:
        return
    try:
        with session.connection().begin_nested():
            checks.ask(session, touched)
    except SQLAlchemyError:
        # A save never fails because a check cannot be asked for; the clock finds what was missed.
        log.exception("Standards: checks of %s could not be asked for", sorted(touched))


def organization_changed(organization_id: str) -> None:
    """Ask, in the transaction that changes an organisation, to bring the tables along that its files are in."""
    session = model.Session()
    combined.ask(session, combined.standards_of(session, organization_id))
