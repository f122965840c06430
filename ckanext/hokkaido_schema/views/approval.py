"""The decision of a second person about a dataset, and the request that is taken back."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_core.shared import handle_refusals, sentences

__all__ = ["approval"]

approval = Blueprint("hokkaido_approval", __name__)
handle_refusals(approval, private=True)


@approval.route("/dataset/<dataset_id>/approval", methods=["POST"])
def decide(dataset_id: str) -> Response:
    """Approve a dataset, or return it with a remark."""
    form = tk.request.form
    asked = {name: form.get(name, "") for name in ("decision", "version", "remark")}
    try:
        decided = tk.get_action("hokkaido_approval_decide")({}, {"id": dataset_id, **asked})
    except tk.ValidationError as error:
        tk.h.flash_error(" ".join(sentences(error.error_dict)))
        return tk.redirect_to("dataset.read", id=dataset_id)
    is_public = decided["state"] == "approved"
    tk.h.flash_success(tk._("The dataset is public now.") if is_public else tk._("It is returned with your remark."))
    return tk.redirect_to("dataset.read", id=dataset_id)


@approval.route("/dataset/<dataset_id>/approval/withdraw", methods=["POST"])
def withdraw(dataset_id: str) -> Response:
    """Take a request for approval back."""
    try:
        tk.get_action("hokkaido_approval_withdraw")({}, {"id": dataset_id, "remark": tk.request.form.get("remark", "")})
    except tk.ValidationError as error:
        tk.h.flash_error(" ".join(sentences(error.error_dict)))
        return tk.redirect_to("dataset.read", id=dataset_id)
    tk.h.flash_success(tk._("The request for approval is withdrawn. The administrators are told."))
    return tk.redirect_to("dataset.read", id=dataset_id)
