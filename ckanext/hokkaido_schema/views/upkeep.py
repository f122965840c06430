"""What is to be done on datasets: the board, and the links of one dataset."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_core.shared import handle_refusals, sentences
from ckanext.hokkaido_schema.domain.upkeep import Kind
from ckanext.hokkaido_schema.helpers.upkeep import hokkaido_upkeep_kinds
from ckanext.hokkaido_schema.views.table_file import csv_answer

__all__ = ["upkeep"]

upkeep = Blueprint("hokkaido_upkeep", __name__)
handle_refusals(upkeep, private=True)

_ASKED = ("organization", "kind", "sort")


@upkeep.route("/upkeep")
def index() -> str:
    """Show what is to be done."""
    asked = {name: tk.request.args.get(name, "") for name in _ASKED}
    shown = tk.get_action("hokkaido_upkeep_list")({}, dict(asked))
    return tk.render("hokkaido_schema/upkeep/index.html", {"shown": shown, "asked": asked, "kinds": list(Kind)})


@upkeep.route("/upkeep.csv")
def table() -> Response:
    """Give what is to be done as a table."""
    shown = tk.get_action("hokkaido_upkeep_list")({}, {name: tk.request.args.get(name, "") for name in _ASKED})
    kinds = hokkaido_upkeep_kinds()
    headings = [
        tk._("Matter"),
        tk._("Dataset"),
        tk._("Organisation"),
        tk._("Days"),
        tk._("Since the day"),
        tk._("Address"),
    ]
    return csv_answer("upkeep.csv", headings, (_row(item, kinds) for item in shown["items"]))


@upkeep.route("/upkeep/dataset/<dataset_id>")
def links(dataset_id: str) -> str:
    """Show the links of a dataset to its editors."""
    found = tk.get_action("hokkaido_link_list")({}, {"dataset": dataset_id})
    dataset = tk.get_action("package_show")({}, {"id": dataset_id})
    resources = {resource["id"]: resource for resource in dataset["resources"]}
    return tk.render("hokkaido_schema/upkeep/links.html", {"links": found, "dataset": dataset, "resources": resources})


@upkeep.route("/upkeep/dataset/<dataset_id>/check", methods=["POST"])
def check(dataset_id: str) -> Response:
    """Look at the links of a dataset now."""
    task = tk.get_action("hokkaido_link_check")({}, {"dataset": dataset_id})["task"]
    back = tk.url_for("hokkaido_upkeep.links", dataset_id=dataset_id)
    return tk.redirect_to("hokkaido_task.read", task_id=task, next=back)


@upkeep.route("/upkeep/link/<link_id>/follow", methods=["POST"])
def follow(link_id: str) -> Response:
    """Write the new address of a link that has moved."""
    try:
        link = tk.get_action("hokkaido_link_update")({}, {"id": link_id})
    except tk.ValidationError as error:
        for sentence in sentences(error.error_dict):
            tk.h.flash_error(sentence)
        return tk.redirect_to("hokkaido_upkeep.index")
    tk.h.flash_success(tk._("The new address was written down: {url}").format(url=link["url"]))
    return tk.redirect_to("hokkaido_upkeep.links", dataset_id=link["dataset"])


def _row(item: dict[str, Any], kinds: dict[str, dict[str, str]]) -> list[Any]:
    dataset = item["dataset"]
    return [
        kinds[item["kind"]]["label"],
        dataset["title"],
        (item["organization"] or {}).get("title", ""),
        item["days"],
        item["since"],
        tk.url_for(f"{dataset['type']}.read", id=dataset["name"], _external=True),
    ]
