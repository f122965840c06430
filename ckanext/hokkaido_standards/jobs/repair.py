"""Repairing a large stored file in the background."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context

from ckanext.hokkaido_core.shared import sentences, tasks
from ckanext.hokkaido_standards import waiting_files
from ckanext.hokkaido_standards.logic.action.repair import REPAIR_TASK
from ckanext.hokkaido_standards.logic.stored_repair import Asked, repair_stored, source_of

__all__ = ["run"]


@tasks.runner(REPAIR_TASK)
def run(task: tasks.Running) -> dict[str, Any]:
    """Repair a file in the name of whoever asked, who must still be allowed to, and leave in its place what is told.

    A second time finds it done, or does the same again: what was stored before is replaced.
    """
    asked = task.payload
    if waiting_files.report(asked["report"]) is not None:
        return {}
    owner = model.User.get(task.owner_id) if task.owner_id else None
    context = Context(user=owner.name if owner is not None and owner.is_active else "")
    try:
        wanted = Asked(asked["resource"], asked["confirm"], asked["hash"])
        source, dataset = source_of(context, wanted.id)
        told = repair_stored(context, source, dataset, wanted, asked["language"], task.progress)
    except tk.ValidationError as error:
        raise tasks.Failed(" ".join(sentences(error.error_dict))) from error
    except (tk.NotAuthorized, tk.ObjectNotFound) as error:
        raise tasks.Failed(str(error)) from error
    waiting_files.finish(asked["report"], told)
    return {}
