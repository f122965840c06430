"""Who may call the actions of the core."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_core import tasks

__all__ = ["hokkaido_task_show"]


def hokkaido_task_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow the owner; for anybody else the task does not exist."""
    task = tasks.find(context.get("session") or model.Session(), str(data_dict.get("id") or ""))
    user = model.User.get(context.get("user"))
    if task is None or user is None or task.owner_id != user.id:
        raise tk.ObjectNotFound(tk._("The task was not found."))
    return {"success": True}
