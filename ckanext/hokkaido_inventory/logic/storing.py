"""Storing a file whose plan was confirmed, at once or by a task."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_inventory.domain.intake_state import IntakeAct
from ckanext.hokkaido_inventory.logic.taking_in import Taken, confirmed_columns, outcome_of
from ckanext.hokkaido_inventory.model import Intake, Response
from ckanext.hokkaido_inventory.service import intake as intakes
from ckanext.hokkaido_inventory.service import mapping as mappings
from ckanext.hokkaido_inventory.service import workbook as merging
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_inventory.workbook.guard import DEFAULT_LIMITS

__all__ = ["LARGE", "file_bytes", "keep_mapping", "store"]

#: A file of more rows is stored in the background.
LARGE = 1000
#: So much of an outcome is kept: counts and what was chosen, never the text of a row.
_KEPT = ("kind", "sheet", "header_rows", "rows")


def file_bytes(upload: Any) -> bytes:
    """Return the bytes of an uploaded file, at most one more than the reader takes; anything else is refused."""
    stream = getattr(upload, "stream", None)
    if stream is None:
        raise tk.ValidationError({"upload": [tk._("Choose the file to take in.")]})
    return stream.read(DEFAULT_LIMITS.file_bytes + 1)


def store(session: Session, viewer: Viewer, response: Response, intake: Intake, taken: Taken) -> dict[str, Any]:
    """Write the rows of a file in the caller's transaction, keep its mapping, and return what was done."""
    merging.apply(session, viewer, response, taken.plan, at=now())
    keep_mapping(session, viewer, response, taken)
    outcome = outcome_of(taken, stored=True)
    kept = {key: outcome[key] for key in _KEPT} | {"findings": len(taken.findings)}
    intakes.end(intake, IntakeAct.STORE, kept, at=now())
    return kept


def keep_mapping(session: Session, viewer: Viewer, response: Response, taken: Taken) -> None:
    """Keep how an own list was understood."""
    found = taken.result.found
    if found:
        columns = confirmed_columns(found)
        mappings.keep(session, response.unit_id, found.signature, columns, actor_id=viewer.user_id, at=now())
