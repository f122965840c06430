"""The people of units: who they are, inviting them, and letting them go; and the page of a reorganisation."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_inventory.domain.roster import MAX_BYTES
from ckanext.hokkaido_inventory.views.refusal import handle_refusals, messages

__all__ = ["people"]

#: So many people are shown at once; more are found by their unit.
SHOWN = 300

people = Blueprint("hokkaido_people", __name__)
handle_refusals(people)


@people.route("/survey/people")
def index() -> str:
    """Show the people of the units that the reader looks after, and the invitations that wait."""
    unit = tk.request.args.get("unit", "").strip()
    found = tk.get_action("hokkaido_person_list")({}, {"unit": unit})
    extra = {"unit": unit, "shown": SHOWN, "found": found, "units": tk.h.hokkaido_people_units()}
    return tk.render("hokkaido_inventory/survey/people.html", extra)


@people.route("/survey/people/invite", methods=["GET", "POST"])
def invite() -> str | Response | tuple[str, int]:
    """Take a list of people: first show what would happen, then send."""
    tk.check_access("hokkaido_invitation_import", {}, {})
    if tk.request.method == "GET":
        return _list_page()
    upload = tk.request.files.get("upload")
    text = tk.request.form.get("text", "")
    if not (upload and upload.filename) and not text:
        return _list_page(errors=[tk._("Choose the file to upload.")]), 409
    content = upload.read(MAX_BYTES + 1) if upload and upload.filename else text.encode()
    return _send(text) if "send" in tk.request.form else _preview(content)


@people.route("/survey/people/<unit>/invite", methods=["POST"])
def invite_one(unit: str) -> Response:
    """Invite one person."""
    form = tk.request.form
    given = {key: form.get(key, "").strip() for key in ("fullname", "email", "duty")}
    tk.get_action("hokkaido_invitation_create")({}, given | {"unit": unit})
    tk.h.flash_success(tk._("The invitation is on its way to {email}.").format(email=given["email"]))
    return _back(unit)


@people.route("/survey/people/<unit>/update", methods=["POST"])
def update(unit: str) -> Response:
    """Change the duties of a person."""
    form = tk.request.form
    asked = {"unit": unit, "user": form.get("user", ""), "duties": form.getlist("duties")}
    tk.get_action("hokkaido_person_update")({}, asked)
    tk.h.flash_success(tk._("The duties were changed."))
    return _back(unit)


@people.route("/survey/people/<unit>/remove", methods=["POST"])
def remove(unit: str) -> Response:
    """Take a person out of a unit."""
    tk.get_action("hokkaido_person_remove")({}, {"unit": unit, "user": tk.request.form.get("user", "")})
    tk.h.flash_success(tk._("The person is not of this unit any more, and has no access to its answers."))
    return _back(unit)


@people.route("/survey/people/<unit>/reset", methods=["POST"])
def reset(unit: str) -> Response:
    """Send a person the link for a new password."""
    tk.get_action("hokkaido_person_reset")({}, {"unit": unit, "user": tk.request.form.get("user", "")})
    tk.h.flash_success(tk._("The link for a new password is on its way to the person's own address."))
    return _back(unit)


@people.route("/survey/people/invitation/<invitation_id>/resend", methods=["POST"])
def resend(invitation_id: str) -> Response:
    """Send an invitation again."""
    again = tk.get_action("hokkaido_invitation_resend")({}, {"id": invitation_id})
    tk.h.flash_success(tk._("The invitation is on its way to {email}.").format(email=again["email"]))
    return _back(again["unit"]["name"])


@people.route("/survey/people/invitation/<invitation_id>/revoke", methods=["POST"])
def revoke(invitation_id: str) -> Response:
    """Withdraw an invitation."""
    tk.get_action("hokkaido_invitation_revoke")({}, {"id": invitation_id})
    tk.h.flash_success(tk._("The invitation is withdrawn; its link works no more."))
    return tk.redirect_to("hokkaido_people.index")


@people.route("/survey/transfer", methods=["GET", "POST"])
def transfer() -> str | Response | tuple[str, int]:
    """Ask what became of units, show what would follow, and do it."""
    tk.check_access("hokkaido_unit_transfer", {}, {})
    form = tk.request.form
    values: dict[str, Any] = {
        "kind": form.get("kind", "merged"),
        "from_units": form.getlist("from_units"),
        "to_unit": form.get("to_unit", ""),
        "effective_on": form.get("effective_on") or tk.h.hokkaido_today().isoformat(),
    }
    if "chosen" in form:
        values["holdings"] = form.getlist("holdings")
    page: dict[str, Any] = {"values": values, "units": tk.get_action("hokkaido_unit_list")({}, {}), "errors": []}
    if tk.request.method == "GET":
        return tk.render("hokkaido_inventory/survey/transfer.html", page)
    if values["kind"] == "renamed" and not values["to_unit"] and len(values["from_units"]) == 1:
        values["to_unit"] = values["from_units"][0]
    try:
        page["outcome"] = tk.get_action("hokkaido_unit_transfer")({}, values | {"dry_run": "do" not in form})
    except tk.ValidationError as error:
        return tk.render("hokkaido_inventory/survey/transfer.html", page | {"errors": messages(error.error_dict)}), 409
    if page["outcome"]["stored"]:
        tk.h.flash_success(tk._("Done. Holdings, answers and history are with the new unit now."))
    return tk.render("hokkaido_inventory/survey/transfer.html", page)


def _preview(content: bytes) -> str | tuple[str, int]:
    text = _decoded(content)
    try:
        seen = tk.get_action("hokkaido_invitation_import")({}, {"text": text, "dry_run": True})
    except tk.ValidationError as error:
        return _list_page(errors=messages(error.error_dict)), 409
    return _list_page(seen=seen, text=text)


def _send(text: str) -> Response | tuple[str, int]:
    try:
        done = tk.get_action("hokkaido_invitation_import")({}, {"text": text})
    except tk.ValidationError as error:
        return _list_page(errors=messages(error.error_dict)), 409
    count = done["rows"]["new"]
    said = tk.ungettext("{count} invitation is on its way.", "{count} invitations are on their way.", count)
    tk.h.flash_success(said.format(count=count))
    return tk.redirect_to("hokkaido_people.index")


def _decoded(content: bytes) -> str:
    """Return a list as text for the page; what is no text comes out as a list that the action refuses."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return "\0"


def _list_page(*, seen: dict[str, Any] | None = None, text: str = "", errors: list[str] | None = None) -> str:
    extra = {"seen": seen, "text": text, "errors": errors or []}
    return tk.render("hokkaido_inventory/survey/people_invite.html", extra)


def _back(unit: str) -> Response:
    return tk.redirect_to("hokkaido_people.index", unit=unit)
