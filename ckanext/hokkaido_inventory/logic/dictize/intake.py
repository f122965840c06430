"""An intake as plain values."""

from __future__ import annotations

from typing import Any

from ckanext.hokkaido_inventory.domain.intake_state import IntakeState
from ckanext.hokkaido_inventory.logic.dictize.shapes import instant
from ckanext.hokkaido_inventory.logic.refusal import name_of
from ckanext.hokkaido_inventory.model import Intake

__all__ = ["intake_dict"]


def intake_dict(intake: Intake) -> dict[str, Any]:
    """Return where a file stands, without what is in it."""
    return {
        "id": intake.id,
        "filename": intake.filename,
        "state": intake.state,
        "state_label": name_of(IntakeState(intake.state).wording),
        "task": intake.task_id,
        "choices": intake.choices,
        "outcome": intake.outcome,
        "created_at": instant(intake.created_at),
        "finished_at": instant(intake.finished_at),
        "stored": intake.state == IntakeState.STORED.value,
    }
