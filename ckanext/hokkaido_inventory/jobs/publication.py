"""Publication of a large round as a task, all or nothing."""

from __future__ import annotations

from typing import Any

from ckan import model

from ckanext.hokkaido_core.shared import now, tasks
from ckanext.hokkaido_inventory.domain.refusal import Refusal
from ckanext.hokkaido_inventory.domain.survey_state import SurveyState
from ckanext.hokkaido_inventory.domain.transitions import IllegalTransition
from ckanext.hokkaido_inventory.logic.refusal import sentence
from ckanext.hokkaido_inventory.service import publication
from ckanext.hokkaido_inventory.service import survey as surveys
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = ["KIND", "run"]

#: Kind of the task; its payload is `{"survey": id}`.
KIND = "inventory.publish"


@tasks.runner(KIND)
def run(task: tasks.Running) -> dict[str, Any]:
    """Publish a survey; one that an earlier attempt has published is left as it is.

    :returns: `rows` and `left_out`, the ids of the units that are not in it.
    """
    session = model.Session()
    survey = surveys.find_locked(session, Viewer(everything=True), task.payload["survey"])
    if survey is None or survey.state == SurveyState.PUBLISHED:
        return {}
    try:
        outcome = publication.publish(session, survey, actor_id=task.owner_id, at=now(), progress=task.progress)
    except (Refusal, IllegalTransition) as refusal:
        raise tasks.Failed(sentence(refusal)) from refusal
    session.commit()
    return {"rows": outcome.rows, "left_out": list(outcome.left_out)}
