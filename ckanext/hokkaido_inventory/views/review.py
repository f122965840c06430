"""The review: what waits, approving many at once, and lending the right to approve while one is away."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_inventory.views.refusal import handle_refusals

__all__ = ["review"]

#: So many responses stand on one page of the queue.
PAGE = 50

review = Blueprint("hokkaido_review", __name__, url_prefix="/survey/review")
handle_refusals(review)


@review.route("")
def index() -> str:
    """Show what waits for the reader, oldest first, and the delegations."""
    args = tk.request.args
    filters = {name: args.get(name, "").strip() for name in ("survey", "q")}
    page = max(tk.h.get_page_number(args), 1)
    queue = tk.get_action("hokkaido_review_list")({}, filters | {"rows": PAGE, "start": (page - 1) * PAGE})
    extra = {
        "queue": queue,
        "filters": filters,
        "page": page,
        "pages": -(-queue["count"] // PAGE),
        "lent": tk.get_action("hokkaido_delegation_list")({}, {}),
    }
    return tk.render("hokkaido_inventory/review/index.html", extra)


@review.route("/approve", methods=["POST"])
def approve() -> Response:
    """Approve what is ticked, each in the version that was on the page."""
    tk.check_access("hokkaido_review_list", {}, {})
    chosen = [_chosen(value) for value in tk.request.form.getlist("response")]
    if not chosen:
        tk.h.flash_notice(tk._("Tick the responses that you want to approve."))
        return tk.redirect_to("hokkaido_review.index")
    done = tk.get_action("hokkaido_review_approve")({}, {"responses": chosen})
    if done["approved"]:
        count = len(done["approved"])
        text = tk.ungettext("{count} response was approved.", "{count} responses were approved.", count)
        tk.h.flash_success(text.format(count=count))
    for failure in done["failed"]:
        tk.h.flash_error(
            tk._("{unit} was not approved: {reason}").format(unit=failure["unit"]["title"], reason=failure["message"])
        )
    return tk.redirect_to("hokkaido_review.index")


@review.route("/delegate", methods=["POST"])
def delegate() -> Response:
    """Lend the right to approve."""
    form = tk.request.form
    unit, _bar, person = form.get("to", "").partition("|")
    values = {"unit": unit, "to": person, "starts_on": form.get("starts_on", ""), "ends_on": form.get("ends_on", "")}
    made = tk.get_action("hokkaido_delegation_create")({}, values)
    tk.h.flash_success(
        tk._("{person} can approve for {unit} in that time.").format(
            person=made["to"]["fullname"], unit=made["unit"]["title"]
        )
    )
    return tk.redirect_to("hokkaido_review.index")


@review.route("/revoke", methods=["POST"])
def revoke() -> Response:
    """Take a lent right back."""
    tk.get_action("hokkaido_delegation_revoke")({}, {"id": tk.request.form.get("id", "")})
    tk.h.flash_success(tk._("The delegation was taken back."))
    return tk.redirect_to("hokkaido_review.index")


def _chosen(value: str) -> dict[str, Any]:
    survey, _bar, rest = value.partition("|")
    unit, _bar, version = rest.partition("|")
    return {"survey": survey, "unit": unit, "version": version}
