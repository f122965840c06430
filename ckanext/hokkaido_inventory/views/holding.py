"""The public list of holdings, one holding, and its way to a public dataset."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_inventory.domain.index_query import FACETS, LAST
from ckanext.hokkaido_inventory.views.refusal import handle_refusals

__all__ = ["holding"]

PAGE_SIZE = 20
#: The list is not paged further than the search goes (DO-01).
LAST_PAGE = LAST // PAGE_SIZE
ASKED = ("q", "unit", *FACETS, "listing", "sort")

holding = Blueprint("hokkaido_holding", __name__)
handle_refusals(holding)


@holding.route("/inventory")
def index() -> str:
    """Show the public list of what is held, with search and facets."""
    asked = {key: tk.request.args.get(key, "").strip() for key in ASKED}
    page = _page_number()
    query = {key: value for key, value in asked.items() if value}
    found = tk.get_action("hokkaido_holding_search")({}, query | {"start": (page - 1) * PAGE_SIZE, "rows": PAGE_SIZE})
    pages = min(-(-found["count"] // PAGE_SIZE), LAST_PAGE)
    extra = {"asked": asked, "found": found, "page": page, "pages": pages}
    return tk.render("hokkaido_inventory/holding/index.html", extra)


@holding.route("/inventory/<holding_id>")
def read(holding_id: str) -> str:
    """Show one holding: what it is, who holds it, whether it is open."""
    shown = tk.get_action("hokkaido_holding_show")({}, {"id": holding_id})
    return tk.render("hokkaido_inventory/holding/read.html", {"holding": shown})


@holding.route("/inventory/<holding_id>/promote", methods=["POST"])
def promote(holding_id: str) -> Response:
    """Make the dataset of a holding, then ask for its file."""
    dataset = tk.get_action("hokkaido_holding_promote")({}, {"id": holding_id})
    if dataset.get("resources"):
        return tk.redirect_to("dataset.read", id=dataset["name"])
    tk.h.flash_success(
        tk._("The dataset is prepared with what the inventory knows. Add the file now; nobody else sees it yet.")
    )
    return tk.redirect_to("dataset_resource.new", id=dataset["name"])


@holding.route("/inventory/<holding_id>/withdraw", methods=["POST"])
def withdraw(holding_id: str) -> Response:
    """Take a holding out of the public list."""
    tk.get_action("hokkaido_holding_withdraw")({}, {"id": holding_id, "reason": tk.request.form.get("reason", "")})
    tk.h.flash_success(tk._("It is out of the public list now. Files and search follow within a few minutes."))
    return tk.redirect_to("hokkaido_holding.index")


@holding.route("/inventory/dataset/<dataset_id>/publish", methods=["POST"])
def publish(dataset_id: str) -> Response:
    """Make a prepared dataset public."""
    dataset = tk.get_action("hokkaido_dataset_publish")({}, {"id": dataset_id})
    tk.h.flash_success(tk._("The dataset is public now. The inventory shows it as published."))
    return tk.redirect_to("dataset.read", id=dataset["name"])


def _page_number() -> int:
    """Return the page that is asked for; nonsense is the first page."""
    asked = tk.request.args.get("page", "1")
    return min(max(int(asked), 1), LAST_PAGE) if asked.isdecimal() and asked.isascii() else 1
