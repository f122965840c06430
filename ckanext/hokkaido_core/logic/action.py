"""Actions of the core: looking at a task in the background."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_core import tasks

__all__ = ["hokkaido_task_show"]


@tk.side_effect_free
def hokkaido_task_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return a task of the caller: what it is, how far it is, and what came of it.

    :param id: id of the task
    :returns: `{id, kind, title, state, done, total, message, result}`; `state` is `waiting`, `running`, `done` or
        `failed`, `message` says in a failed one what happened, `result` depends on the kind
    """
    tk.check_access("hokkaido_task_show", context, data_dict)
    task = tasks.find(context.get("session") or model.Session(), data_dict["id"])
    if task is None:
        raise tk.ObjectNotFound(tk._("The task was not found."))
    names = ("id", "kind", "title", "state", "done", "total", "message")
    return {name: getattr(task, name) for name in names} | {"result": dict(task.result)}
