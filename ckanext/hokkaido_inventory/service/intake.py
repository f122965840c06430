"""Files on their way into a response: kept while people look at what they would do, and no longer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.intake_state import IntakeAct, IntakeState, advance
from ckanext.hokkaido_inventory.model import Intake, Response

__all__ = ["add", "choose", "drop_older", "end", "find", "hand_over"]

_NAME = 200
#: States in which a file is still kept.
_OPEN = (IntakeState.PREVIEWED, IntakeState.RUNNING, IntakeState.REFUSED)


def add(
    session: Session, response: Response, filename: str, content: bytes, *, actor_id: str | None, at: datetime
) -> Intake:
    """Keep an uploaded file until it is confirmed or dropped."""
    shown = "".join(character for character in filename if character.isprintable())
    intake = Intake(
        response_id=response.id,
        filename=shown[-_NAME:],
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
        state=IntakeState.PREVIEWED.value,
        choices={},
        outcome={},
        created_at=at,
        created_by=actor_id,
    )
    session.add(intake)
    session.flush()
    return intake


def find(session: Session, response_id: str, intake_id: str, *, lock: bool = False) -> Intake | None:
    """Return an intake of a response as it is now, locked if asked."""
    found = sa.select(Intake).where(Intake.id == intake_id, Intake.response_id == response_id)
    found = found.execution_options(populate_existing=True)
    return session.execute(found.with_for_update() if lock else found).scalar_one_or_none()


def choose(intake: Intake, choices: Mapping[str, Any]) -> None:
    """Set what a person chose of how the file is read."""
    intake.state = advance(IntakeState(intake.state), IntakeAct.CHOOSE).value
    intake.choices = dict(choices)


def hand_over(intake: Intake, task_id: str) -> None:
    """Note that a task stores the file's rows."""
    intake.state = advance(IntakeState(intake.state), IntakeAct.CONFIRM).value
    intake.task_id = task_id


def end(intake: Intake, act: IntakeAct, outcome: Mapping[str, Any], *, at: datetime) -> None:
    """End an intake; its file goes, unless it was refused and may be corrected by another choice."""
    state = IntakeState(intake.state)
    if act is IntakeAct.STORE and state is IntakeState.PREVIEWED:
        state = advance(state, IntakeAct.CONFIRM)
    intake.state = advance(state, act).value
    intake.outcome = dict(outcome)
    if act is not IntakeAct.REFUSE:
        intake.content, intake.finished_at = None, at


def drop_older(session: Session, before: datetime, *, at: datetime) -> int:
    """Drop the files that nobody confirmed since `before`, and return how many they were."""
    found = session.execute(
        sa.select(Intake)
        .where(Intake.created_at < before, Intake.state.in_([state.value for state in _OPEN]))
        .with_for_update(skip_locked=True)
    ).scalars()
    count = 0
    for intake in found:
        if intake.state == IntakeState.RUNNING.value:
            end(intake, IntakeAct.REFUSE, intake.outcome, at=at)
        end(intake, IntakeAct.DROP, intake.outcome, at=at)
        count += 1
    return count
