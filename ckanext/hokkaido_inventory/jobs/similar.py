"""The search for rows that look alike, in the background."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.hokkaido_core.shared import now, tasks
from ckanext.hokkaido_inventory.model import Survey
from ckanext.hokkaido_inventory.service import similar

__all__ = ["SIMILAR_TASK"]

#: Kind of the task; its payload is `{"survey": id}`.
SIMILAR_TASK = "inventory.similar"


@tasks.runner(SIMILAR_TASK)
def run(task: tasks.Running) -> dict[str, Any]:
    """Compare all rows of a survey and keep what looks alike; the result says how many groups there are."""
    session = model.Session()
    survey_id = task.payload["survey"]
    if session.get(Survey, survey_id) is None:
        raise tasks.Failed(tk._("The survey was not found."))
    count = similar.search(session, survey_id, at=now(), progress=task.progress)
    session.commit()
    return {"groups": count}
