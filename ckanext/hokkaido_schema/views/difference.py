"""Two editions or versions of a dataset side by side."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint

__all__ = ["difference"]

difference = Blueprint("hokkaido_difference", __name__, url_prefix="/dataset/<id>/differences")


@difference.route("")
def read(id: str) -> Any:  # noqa: A002 - as CKAN's own addresses name it.
    """Show what differs from the dataset that `?with=` names."""
    other = tk.request.args.get("with", "")
    try:
        dataset = tk.get_action("package_show")({}, {"id": id})
        found = tk.get_action("hokkaido_dataset_difference_show")({}, {"id": id, "other": other}) if other else None
    except (tk.ObjectNotFound, tk.NotAuthorized):
        # As CKAN answers for a dataset that the visitor may not know of.
        return tk.abort(404, tk._("There is no such dataset."))
    extra = {"pkg": dataset, "pkg_dict": dataset, "difference": found}
    return tk.render("hokkaido_schema/dataset/differences.html", extra)
