"""Promotion of many holdings in the background."""

from __future__ import annotations

from collections import Counter
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context

from ckanext.hokkaido_core.shared import tasks
from ckanext.hokkaido_inventory.logic.promoting import promote_each

__all__ = ["PROMOTION_TASK"]

#: Kind of the task; its payload is `{"holdings": [ids]}`.
PROMOTION_TASK = "inventory.promote"


@tasks.runner(PROMOTION_TASK)
def run(task: tasks.Running) -> dict[str, Any]:
    """Promote the holdings with the rights that the person who asked has now."""
    user = model.User.get(task.owner_id) if task.owner_id else None
    if user is None or not user.is_active:
        raise tasks.Failed(tk._("The account that asked for this is not active any more. Nothing was made."))
    results = promote_each(Context(user=user.name), task.payload["holdings"], task.progress)
    return {"counts": dict(Counter(one["outcome"] for one in results)), "results": results}
