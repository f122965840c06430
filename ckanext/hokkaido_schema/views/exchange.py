"""Descriptions of an organisation's datasets together: down and up as one file, changed together, and taken back."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint, send_file

from ckanext.hokkaido_core.shared import handle_refusals, sentences

__all__ = ["exchange"]

exchange = Blueprint("hokkaido_exchange", __name__, url_prefix="/organization/<organization>/descriptions")
handle_refusals(exchange, private=True)

Page = str | Response | tuple[str, int]


@exchange.route("")
def index(organization: str) -> Page:
    """Show the datasets to tick, the files to take down and up, and what was done last."""
    return _index(organization, [])


@exchange.route("/datasets.xlsx")
def workbook(organization: str) -> Response:
    """Send the descriptions as a workbook."""
    return _file(organization, "workbook")


@exchange.route("/opendata-list.csv")
def opendata_list(organization: str) -> Response:
    """Send the descriptions as オープンデータ一覧."""
    return _file(organization, "list")


def _file(organization: str, kind: str) -> Response:
    made = tk.get_action("hokkaido_dataset_export")({}, {"organization": organization, "format": kind})
    return send_file(
        BytesIO(made["content"]), mimetype=made["content_type"], as_attachment=True, download_name=made["filename"]
    )


@exchange.route("/upload", methods=["POST"])
def upload(organization: str) -> Page:
    """Compare a file with what is there."""
    asked = {"organization": organization, "upload": tk.request.files.get("upload")}
    return _compare("hokkaido_exchange_create", organization, asked)


@exchange.route("/change", methods=["POST"])
def change(organization: str) -> Page:
    """Compare what a change of the ticked datasets would do."""
    form = tk.request.form
    asked: dict[str, Any] = {**form.to_dict(), "organization": organization, "datasets": form.getlist("datasets")}
    return _compare("hokkaido_dataset_bulk_change", organization, asked)


@exchange.route("/<exchange_id>")
def read(organization: str, exchange_id: str) -> Page:
    """Show what a file or a change would do, or did."""
    shown = tk.get_action("hokkaido_exchange_show")({}, {"id": exchange_id})
    if shown["state"] in {"comparing", "storing"} and shown["task"]:
        return _to(shown, organization)
    return _page(organization, shown, [])


@exchange.route("/<exchange_id>", methods=["POST"])
def act(organization: str, exchange_id: str) -> Page:
    """Store, drop or undo, as the button says."""
    asked = tk.request.form.get("act", "")
    action = {"confirm": "hokkaido_exchange_confirm", "undo": "hokkaido_exchange_undo"}.get(asked)
    try:
        if action is None:
            tk.get_action("hokkaido_exchange_drop")({}, {"id": exchange_id})
            tk.h.flash_notice(tk._("Dropped. Nothing was stored."))
            return tk.redirect_to("hokkaido_exchange.index", organization=organization)
        done = tk.get_action(action)({}, {"id": exchange_id})
    except tk.ValidationError as error:
        shown = tk.get_action("hokkaido_exchange_show")({}, {"id": exchange_id})
        return _page(organization, shown, sentences(error.error_dict)), 409
    return _to(done, organization)


def _compare(action: str, organization: str, asked: dict[str, Any]) -> Page:
    try:
        shown = tk.get_action(action)({}, asked)
    except tk.ValidationError as error:
        return _index(organization, sentences(error.error_dict)), 409
    return _to(shown, organization)


def _to(shown: dict[str, Any], organization: str) -> Response:
    page = tk.h.url_for("hokkaido_exchange.read", organization=organization, exchange_id=shown["id"])
    if shown["state"] in {"comparing", "storing"}:
        return tk.redirect_to("hokkaido_task.read", task_id=shown["task"], next=page)
    return tk.redirect_to(page)


def _index(organization: str, errors: list[str]) -> str:
    listed = tk.get_action("hokkaido_exchange_list")({}, {"organization": organization})
    extra = listed | {"errors": errors, "form": tk.request.form, "licenses": tk.get_action("license_list")({}, {})}
    return tk.render("hokkaido_schema/exchange/index.html", extra)


def _page(organization: str, shown: dict[str, Any], errors: list[str]) -> str:
    group = tk.get_action("organization_show")({}, {"id": organization, "include_users": False})
    if group["id"] != shown["organization_id"]:
        raise tk.ObjectNotFound
    extra = {"exchange": shown, "organization": group, "errors": errors}
    return tk.render("hokkaido_schema/exchange/read.html", extra)
