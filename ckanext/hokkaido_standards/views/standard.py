"""`/standards`: the municipal standard open data sets, their columns, and empty tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, TypeAlias

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint, jsonify, send_file

from ckanext.hokkaido_standards.places import places

__all__ = ["flat_errors", "not_found_page", "standard"]

standard = Blueprint("hokkaido_standard", __name__, url_prefix="/standards")

Page: TypeAlias = str | Response | tuple[str, int]


@standard.route("")
def index() -> str:
    """Show all sets and how far each is known."""
    shown = tk.get_action("hokkaido_standard_list")({}, {})
    return tk.render("hokkaido_standards/standard/index.html", {"standards": shown})


@standard.route("/<standard_id>")
def read(standard_id: str) -> Page:
    """Show the columns of a set."""
    return _read(standard_id, [])


@standard.route("/<standard_id>/schema.json")
def schema(standard_id: str) -> Response:
    """Give a form of a set as a Table Schema; `form` is the current one unless told."""
    shown = tk.get_action("hokkaido_standard_show")({}, {"id": standard_id, "schemas": True})
    schemas = shown["schemas"]
    form = tk.request.args.get("form") or next((one for one in ("current", "legacy") if one in schemas), "")
    if form not in schemas:
        raise tk.ObjectNotFound(tk._("The columns of this form are not known, so there is no Table Schema of it."))
    response = jsonify(schemas[form])
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@standard.route("/<standard_id>/template.csv")
def template_csv(standard_id: str) -> Page:
    """Give an empty table as CSV."""
    return _template(standard_id, "csv")


@standard.route("/<standard_id>/template.xlsx")
def template_xlsx(standard_id: str) -> Page:
    """Give an empty table as a workbook."""
    return _template(standard_id, "xlsx")


@standard.route("/<standard_id>/definition", methods=["POST"])
def load(standard_id: str) -> Page:
    """Load a definition workbook in place of the shipped columns."""
    form = tk.request.form
    asked = {"id": standard_id, "upload": tk.request.files.get("upload"), "force": bool(form.get("force"))}
    asked |= {name: form.get(name, "") for name in ("sheet", "source")}
    try:
        told = tk.get_action("hokkaido_standard_load")({}, asked)
    except tk.ValidationError as error:
        return _read(standard_id, list(flat_errors(error.error_dict)), form), 400
    message = tk.ungettext(
        "{count} column was loaded from {sheet}.", "{count} columns were loaded from {sheet}.", told["columns"]
    )
    tk.h.flash_success(message.format(count=told["columns"], sheet=told["sheet"]))
    if told["left_out"]:
        message = tk._("Taken for notes and left out: {cells}")
        tk.h.flash_notice(message.format(cells=tk._(", ").join(told["left_out"][:20])))
    return tk.redirect_to("hokkaido_standard.read", standard_id=standard_id)


@standard.route("/<standard_id>/definition/undo", methods=["POST"])
def unload(standard_id: str) -> Response:
    """Let the shipped columns hold again."""
    told = tk.get_action("hokkaido_standard_unload")({}, {"id": standard_id})
    tk.h.flash_success(tk._("The columns of {file} were put aside; those that are shipped hold again.").format(**told))
    return tk.redirect_to("hokkaido_standard.read", standard_id=standard_id)


def _read(code: str, errors: list[str], form: Mapping[str, str] | None = None) -> str:
    shown = tk.get_action("hokkaido_standard_show")({}, {"id": code})
    values = {"standard": shown, "places": places(), "errors": errors, "sent": form or {}}
    return tk.render("hokkaido_standards/standard/read.html", values)


def _template(code: str, kind: str) -> Page:
    asked = {name: tk.request.args.get(name, "") for name in ("municipality", "form")}
    try:
        made = tk.get_action("hokkaido_standard_template_show")({}, {"id": code, "format": kind, **asked})
    except tk.ValidationError as error:
        return _read(code, list(flat_errors(error.error_dict))), 400
    return send_file(
        BytesIO(made["content"]), mimetype=made["content_type"], as_attachment=True, download_name=made["filename"]
    )


def flat_errors(errors: Any) -> Iterator[str]:
    """Yield the sentences in the errors of an action."""
    if isinstance(errors, Mapping):
        errors = list(errors.values())
    if isinstance(errors, list):
        for one in errors:
            yield from flat_errors(one)
    elif errors:
        yield str(errors)


@standard.errorhandler(tk.ObjectNotFound)
def _not_found(error: tk.ObjectNotFound) -> Page:
    return not_found_page(error)


def not_found_page(error: tk.ObjectNotFound) -> tuple[str, int]:
    """Return the page for what is not there, with the sentence of the error."""
    extra = {"code": 404, "name": "", "content": str(error), "show_login_redirect_link": False}
    return tk.render("error_document_template.html", extra), 404


@standard.errorhandler(tk.NotAuthorized)
def _not_authorized(error: tk.NotAuthorized) -> Page:
    anonymous = tk.current_user.is_anonymous
    extra = {"code": 403, "name": "", "content": str(error.message or ""), "show_login_redirect_link": anonymous}
    return tk.render("error_document_template.html", extra), 403
