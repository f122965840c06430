"""Checking a large file in the background."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.hokkaido_core.shared import tasks
from ckanext.hokkaido_standards import config, waiting_files
from ckanext.hokkaido_standards.logic.action.table import CHECK_TASK
from ckanext.hokkaido_standards.service import definition as definitions

__all__ = ["run"]


@tasks.runner(CHECK_TASK)
def run(task: tasks.Running) -> dict[str, Any]:
    """Check a file that was handed over, and leave its report in its place; a second time finds it done."""
    name = task.payload["file"]
    if waiting_files.report(name) is not None:
        return {}
    found = waiting_files.read(name)
    if found is None:
        raise tasks.Failed(tk._("The file waited too long and was thrown away. Choose it once more."))
    content, told = found
    from ckanext.hokkaido_standards.checking import check

    knowing = definitions.recognizer(model.Session())
    report = check(told["name"], content, title=told["title"], region=config.region(), recognizer=knowing)
    waiting_files.finish(name, report.as_dict(told["language"]))
    return {}
