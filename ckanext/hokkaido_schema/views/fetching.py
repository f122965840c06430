"""Files of restricted datasets: whoever may not have one gets a page that says on what conditions it is given."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint

from ckanext.hokkaido_schema.logic.fetching import check_fetch, is_for_all

__all__ = ["fetching"]

fetching = Blueprint("hokkaido_fetching", __name__)

#: The end of the names of CKAN's pages that send a file, whatever the type of the dataset.
_SENDS = ".download"
#: CKAN's page of a file as it was once, which reads the record without asking whether the visitor may.
_WAS = "activity.resource_history"


@fetching.before_app_request
def guard() -> Any:
    """Stop a download before CKAN looks for the file; every other request passes."""
    resource_id = (tk.request.view_args or {}).get("resource_id")
    if not resource_id:
        return None
    if not is_for_all(resource_id):
        # CKAN would let caches between here and the reader keep it for others.
        tk.request.environ["__no_cache__"] = True
    context = {"user": tk.current_user.name, "auth_user_obj": tk.current_user}
    if tk.request.endpoint == _WAS:
        return _refused(context, resource_id) if _is_withheld(context, resource_id) else None
    if not (tk.request.endpoint or "").endswith(_SENDS):
        return None
    try:
        check_fetch(context, resource_id)
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("There is no such file."))
    except tk.NotAuthorized:
        return _refused(context, resource_id)
    return None


def _is_withheld(context: dict[str, Any], resource_id: str) -> bool:
    """Tell whether the address that a file had at a time is not for the visitor."""
    asked = {"id": (tk.request.view_args or {}).get("activity_id"), "include_data": False}
    try:
        # CKAN gives what was recorded either way; asking for it would need the right to edit the dataset.
        shown = tk.get_action("activity_show")(dict(context), asked)
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return tk.abort(404, tk._("There is no such file."))
    files = ((shown.get("data") or {}).get("package") or {}).get("resources") or []
    return any(file.get("withheld") for file in files if file.get("id") == resource_id)


def _refused(context: dict[str, Any], resource_id: str) -> Any:
    try:
        resource = tk.get_action("resource_show")(context, {"id": resource_id})
        dataset = tk.get_action("package_show")(context, {"id": resource["package_id"]})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        # As CKAN answers for what the visitor may not know of.
        return tk.abort(404, tk._("There is no such file."))
    return tk.render("hokkaido_schema/fetching/refused.html", {"pkg_dict": dataset, "resource": resource}), 403
