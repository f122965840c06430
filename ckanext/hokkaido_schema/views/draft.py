"""Drafts: their list, copies and editions, and what is typed and not saved."""

from __future__ import annotations

import json

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_core.shared import handle_refusals, sentences

__all__ = ["draft"]

draft = Blueprint("hokkaido_draft", __name__)
handle_refusals(draft, private=True)


@draft.route("/dataset/drafts")
def index() -> str:
    """List what is not public yet in the organisations of the reader."""
    found = tk.get_action("hokkaido_draft_list")({}, {})
    return tk.render("hokkaido_schema/dataset/drafts.html", {"drafts": found})


@draft.route("/dataset/<dataset_id>/copy", methods=["POST"])
def copy(dataset_id: str) -> Response:
    """Begin a dataset like this one."""
    made = tk.get_action("hokkaido_dataset_copy")({}, {"id": dataset_id})
    tk.h.flash_success(tk._("The description is copied. Choose the file of the new dataset."))
    return tk.redirect_to("hokkaido_describe.file", dataset_id=made["name"])


@draft.route("/dataset/<dataset_id>/edition", methods=["POST"])
def edition(dataset_id: str) -> Response:
    """Begin the edition of the next year."""
    try:
        made = tk.get_action("hokkaido_edition_create")({}, {"id": dataset_id})
    except tk.ValidationError as error:
        tk.h.flash_error(" ".join(sentences(error.error_dict)))
        return tk.redirect_to("hokkaido_describe.edit", dataset_id=dataset_id)
    tk.h.flash_success(tk._("The edition of the next year is prepared. Choose its file."))
    return tk.redirect_to("hokkaido_describe.file", dataset_id=made["name"])


@draft.route("/dataset/<dataset_id>/unsaved", methods=["POST"])
def keep(dataset_id: str) -> tuple[str, int, dict[str, str]]:
    """Keep what somebody is typing; answers in JSON, to the script of the form."""
    sent = tk.request.get_json(silent=True)
    sent = sent if isinstance(sent, dict) else {}
    asked = {"id": dataset_id, **{name: sent.get(name) for name in ("items", "version", "base")}}
    try:
        kept = tk.get_action("hokkaido_draft_copy_update")({}, asked)
    except tk.ValidationError as error:
        return json.dumps({"error": " ".join(sentences(error.error_dict))}), 409, _JSON
    return json.dumps({"kept": tk.h.hokkaido_moment(kept["updated_at"])}), 200, _JSON


_JSON = {"Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store"}


@draft.route("/dataset/<dataset_id>/unsaved/drop", methods=["POST"])
def drop(dataset_id: str) -> Response:
    """Go back to what is saved."""
    tk.get_action("hokkaido_draft_copy_delete")({}, {"id": dataset_id})
    return tk.redirect_to("hokkaido_describe.edit", dataset_id=dataset_id)
