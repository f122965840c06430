"""Rows of different units that look alike, for the survey office."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_inventory.views.refusal import handle_refusals

__all__ = ["similar"]

PAGE_SIZE = 20

similar = Blueprint("hokkaido_similar", __name__)
handle_refusals(similar)


@similar.route("/survey/<survey_id>/similar")
def index(survey_id: str) -> str:
    """Show the groups that the last search found."""
    asked = tk.request.args.get("page", "1")
    page = max(int(asked), 1) if asked.isdecimal() and asked.isascii() else 1
    found = tk.get_action("hokkaido_similar_list")(
        {}, {"survey": survey_id, "start": (page - 1) * PAGE_SIZE, "rows": PAGE_SIZE}
    )
    survey = tk.get_action("hokkaido_survey_show")({}, {"id": survey_id})
    extra = {"survey": survey, "found": found, "page": page, "pages": -(-found["count"] // PAGE_SIZE)}
    return tk.render("hokkaido_inventory/similar/index.html", extra)


@similar.route("/survey/<survey_id>/similar", methods=["POST"])
def find(survey_id: str) -> Response:
    """Compare the rows anew."""
    task = tk.get_action("hokkaido_similar_find")({}, {"survey": survey_id})["task"]
    back = tk.url_for("hokkaido_similar.index", survey_id=survey_id)
    return tk.redirect_to("hokkaido_task.read", task_id=task, next=back)
