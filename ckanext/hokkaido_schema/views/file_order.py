"""Putting the files of a dataset in order: by buttons, so with a keyboard and without a script, too (WCAG 2.5.7).

CKAN's page of the files shows it (`templates/package/resources.html`).
"""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_core.shared import handle_refusals
from ckanext.hokkaido_schema.domain.file_order import moved

__all__ = ["file_order"]

file_order = Blueprint("hokkaido_file_order", __name__)
handle_refusals(file_order, private=True)

_STEPS = {"up": -1, "down": 1}


@file_order.route("/dataset/<dataset_id>/files/order", methods=["POST"])
def arrange(dataset_id: str) -> str | Response:
    """Store the order that the page shows; or move one file in it and show the page again, nothing stored."""
    tk.check_access("hokkaido_dataset_save", {"user": tk.current_user.name}, {"id": dataset_id})
    order = list(dict.fromkeys(tk.request.form.getlist("order")))
    file_id, _colon, way = tk.request.form.get("move", "").partition(":")
    if way in _STEPS:
        return _unsaved(dataset_id, moved(order, file_id, _STEPS[way]), file_id, way)
    try:
        tk.get_action("package_resource_reorder")({}, {"id": dataset_id, "order": order})
    except tk.ValidationError:
        tk.h.flash_error(
            tk._("The files were changed meanwhile. This is their order now; put them in order once more.")
        )
    else:
        tk.h.flash_success(tk._("The order of the files is saved."))
    return tk.redirect_to("dataset.resources", id=dataset_id)


def _unsaved(dataset_id: str, order: list[str], file_id: str, way: str) -> str:
    dataset = tk.get_action("package_show")({"user": tk.current_user.name, "use_cache": False}, {"id": dataset_id})
    places = {one: place for place, one in enumerate(order)}
    # A file that was added meanwhile stands last.
    dataset["resources"].sort(key=lambda one: places.get(one["id"], len(places)))
    extra = {"pkg_dict": dataset, "pkg": dataset, "dataset_type": dataset["type"], "moved": file_id, "way": way}
    return tk.render("package/resources.html", extra)
