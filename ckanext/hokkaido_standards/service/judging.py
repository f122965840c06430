"""What the feed tells of files: which standard data set each follows, and how readable it is."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import judged_files
from ckanext.hokkaido_standards.domain.check_state import CheckState
from ckanext.hokkaido_standards.model import LinkedFile, ResourceCheck
from ckanext.hokkaido_standards.service.linked_gate import as_checked

__all__ = ["judgements"]

_check: sa.Table = ResourceCheck.__table__
_linked: sa.Table = LinkedFile.__table__
_resource: sa.Table = model.Resource.__table__
_WRONG = "wrong"
#: A name alone tells no standard: the headings must be those of a form.
_SHOWN = (_check.c.resource_id, _check.c.standard, _check.c.form, _check.c.score, _check.c.weights)


def judgements(session: Session, resource_ids: Collection[str]) -> dict[str, judged_files.Judgement]:
    """Return what was found in files that are as they were when they were checked, by the resource's id."""
    wanted = (
        sa.select(*_SHOWN)
        .join(_resource, _resource.c.id == _check.c.resource_id)
        .outerjoin(_linked, _linked.c.resource_id == _check.c.resource_id)
        .where(
            _check.c.resource_id.in_(list(resource_ids)),
            _check.c.state == CheckState.CHECKED,
            as_checked(_check.c.digest),
        )
    )
    found = {}
    for row in session.execute(wanted):
        wrong = int(row.weights.get(_WRONG, 0))
        follows = row.standard if row.standard and row.form and not wrong else ""
        page = f"/standards/{follows}" if follows else ""
        found[row.resource_id] = judged_files.Judgement(follows, row.score, wrong, page)
    return found
