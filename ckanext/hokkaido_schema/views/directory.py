"""The list of organisations, which needs nothing of what CKAN reads for each of its own pages of twenty."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib.pagination import Page
from flask import Blueprint

__all__ = ["directory"]

directory = Blueprint("hokkaido_directory", __name__)


@directory.before_app_request
def index() -> Any:
    """Answer for CKAN's list of organisations under its own name and address; every other request passes."""
    if tk.request.endpoint != "organization.index" or tk.request.method not in {"GET", "HEAD"}:
        return None
    try:
        tk.check_access("organization_list", {"user": tk.current_user.name, "auth_user_obj": tk.current_user})
    except tk.NotAuthorized:
        return tk.abort(403, tk._("Not authorized to see this page"))
    shown = {"q": tk.request.args.get("q", ""), "group_type": "organization", "page": Page([], item_count=0)}
    return tk.render("organization/index.html", shown)
