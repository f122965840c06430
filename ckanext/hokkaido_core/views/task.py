"""A task in the background: its bar, and the way on when it is done."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_core.refusal import asked_to_log_in, refused_page

__all__ = ["task"]

task = Blueprint("hokkaido_task", __name__)


@task.route("/task/<task_id>")
def read(task_id: str) -> str | Response | tuple[str, int]:
    """Show how far a task is; a reader who is not its owner learns nothing."""
    if tk.current_user.is_anonymous:
        return asked_to_log_in()
    try:
        shown = tk.get_action("hokkaido_task_show")({}, {"id": task_id})
    except tk.ObjectNotFound:
        return refused_page(404)
    return tk.render("hokkaido_core/task/read.html", {"task": shown, "next": _local(tk.request.args.get("next", ""))})


def _local(path: str) -> str:
    """Return a path of this portal, or nothing: a link must not lead a reader elsewhere."""
    inside = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if inside else ""
