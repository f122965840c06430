"""Staff turnover: what a person or a section owns, on one page to print, and handing it over."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_core.shared import handle_refusals, sentences
from ckanext.hokkaido_schema.helpers.upkeep import hokkaido_dataset_state, hokkaido_role_label
from ckanext.hokkaido_schema.views.table_file import csv_answer

__all__ = ["handover"]

handover = Blueprint("hokkaido_handover", __name__)
handle_refusals(handover, private=True)


@handover.route("/upkeep/handover")
def read() -> str | tuple[str, int]:
    """Show what a person or a section owns."""
    asked = _asked()
    try:
        return _page(asked, [])
    except tk.ValidationError as error:
        return _page({"organization": "", "user": ""}, sentences(error.error_dict)), 409


@handover.route("/upkeep/handover.csv")
def table() -> Response:
    """Give what a person or a section owns as a table."""
    shown = tk.get_action("hokkaido_handover_show")({}, _asked())
    headings = [tk._("Matter"), tk._("Title"), tk._("Organisation"), tk._("State or role"), tk._("Address or person")]
    return csv_answer("handover.csv", headings, [*_role_rows(shown), *_dataset_rows(shown), *_other_rows(shown)])


@handover.route("/upkeep/handover", methods=["POST"])
def update() -> Response | tuple[str, int]:
    """Hand over to a successor."""
    form = tk.request.form
    asked = {"organization": form.get("organization", ""), "user": form.get("from_user", "")}
    data = {"from_user": asked["user"], "to_user": form.get("to_user", ""), "organization": asked["organization"]}
    try:
        done = tk.get_action("hokkaido_handover_update")({}, data | {"keep_roles": form.get("keep_roles", "")})
    except tk.ValidationError as error:
        return _page(asked, sentences(error.error_dict)), 409
    message = tk._("Handed over: {roles} roles, {datasets} datasets and drafts.")
    tk.h.flash_success(message.format(roles=len(done["roles"]), datasets=done["datasets"]))
    return tk.redirect_to("hokkaido_handover.read", user=data["to_user"], organization=asked["organization"] or None)


def _asked() -> dict[str, str]:
    return {name: tk.request.args.get(name, "") for name in ("organization", "user")}


def _page(asked: dict[str, str], errors: list[str]) -> str:
    shown = tk.get_action("hokkaido_handover_show")({}, dict(asked))
    return tk.render("hokkaido_schema/upkeep/handover.html", {"shown": shown, "asked": asked, "errors": errors})


def _role_rows(shown: dict[str, Any]) -> list[list[Any]]:
    return [
        [tk._("Role"), row["name"], row["organization"]["title"], hokkaido_role_label(row["role"]), row["email"]]
        for row in shown["roles"]
    ]


def _dataset_rows(shown: dict[str, Any]) -> list[list[Any]]:
    return [
        [
            tk._("Series") if row["type"] == "dataset_series" else tk._("Dataset"),
            row["title"] or row["name"],
            row["organization"]["title"],
            hokkaido_dataset_state(row)["label"],
            tk.url_for(f"{row['type'] or 'dataset'}.read", id=row["name"], _external=True),
        ]
        for row in shown["datasets"]
    ]


def _other_rows(shown: dict[str, Any]) -> list[list[Any]]:
    return [
        [kind["label"], thing["title"], thing["organization"]["title"], thing["note"], thing["url"]]
        for kind in shown["others"]
        for thing in kind["things"]
    ]
