"""Storing large files in the background, and the duty that forgets the files nobody confirmed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import clock, now, tasks
from ckanext.hokkaido_inventory.domain.intake_state import IntakeAct, IntakeState
from ckanext.hokkaido_inventory.domain.refusal import Refusal
from ckanext.hokkaido_inventory.logic.refusal import sentence
from ckanext.hokkaido_inventory.logic.storing import store
from ckanext.hokkaido_inventory.logic.taking_in import refusal_of, take
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.model import Intake, Response, Survey
from ckanext.hokkaido_inventory.service import intake as intakes
from ckanext.hokkaido_inventory.service import response as responses
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = ["INTAKE_TASK", "drop_forgotten", "run"]

#: Kind of the task that stores a large file; its payload is `{"intake", "survey", "unit"}`, all of them ids.
INTAKE_TASK = "inventory.intake"
#: A file that nobody confirmed is kept so long.
KEPT = timedelta(days=7)
_HOUR = 3600
_STEPS = 4


@tasks.runner(INTAKE_TASK)
def run(task: tasks.Running) -> dict[str, Any]:
    """Store a file with the rights that the person who confirmed it has now; all of its rows, or none (CC-05)."""
    user = model.User.get(task.owner_id) if task.owner_id else None
    context = Context(user=user.name) if user else Context(user="", ignore_auth=task.owner_id is None)
    session, viewer = model.Session(), viewer_of(context)
    found = responses.find_locked(session, viewer, task.payload["survey"], task.payload["unit"])
    intake = intakes.find(session, found[0].id, task.payload["intake"], lock=True) if found else None
    if found is None or intake is None:
        raise tasks.Failed(tk._("The file was not found. It may have been taken in or dropped already."))
    if intake.state != IntakeState.RUNNING.value:
        # The work was done before, and only the note of it was lost.
        return dict(intake.outcome)
    return _store(session, viewer, *found, intake, task)


def _store(
    session: Session, viewer: Viewer, response: Response, survey: Survey, intake: Intake, task: tasks.Running
) -> dict[str, Any]:
    task.progress(1, _STEPS)
    refused = None if viewer.may_answer(response.unit_id) else tk._("You may no longer answer for this unit.")
    try:
        responses.require_editable(response, survey, now())
    except Refusal as refusal:
        refused = refused or sentence(refusal)
    taken = None if refused else take(session, viewer, response, survey, intake.content or b"", intake.choices)
    task.progress(2, _STEPS)
    if taken and taken.refused:
        refused = refusal_of(taken.findings)["message"][0]
    if refused or taken is None:
        intakes.end(intake, IntakeAct.REFUSE, {"message": refused}, at=now())
        session.commit()
        raise tasks.Failed(refused or "")
    done = store(session, viewer, response, intake, taken)
    task.progress(3, _STEPS)
    session.commit()
    task.progress(_STEPS, _STEPS)
    return done


def drop_forgotten() -> None:
    """Drop files that nobody confirmed for a week."""
    session = model.Session()
    intakes.drop_older(session, now() - KEPT, at=now())
    session.commit()


clock.every(seconds=_HOUR, name="forgotten files of the inventory")(drop_forgotten)
