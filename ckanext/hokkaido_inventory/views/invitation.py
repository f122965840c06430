"""The page behind the link of an invitation."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint, make_response

from ckanext.hokkaido_inventory.views.refusal import messages

__all__ = ["invitation"]

invitation = Blueprint("hokkaido_invitation", __name__)


@invitation.after_request
def _keep_the_link_secret(response: Response) -> Response:
    """Keep the address, which is the secret, out of caches and out of the requests of other pages."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@invitation.route("/survey/invitation/<token>", methods=["GET", "POST"])
def read(token: str) -> Response:
    """Show what somebody is invited to, and take it."""
    try:
        shown = tk.get_action("hokkaido_invitation_show")({}, {"token": token})
    except tk.ValidationError as error:
        return _page({"shown": None, "refused": messages(error.error_dict), "errors": []}, 410)
    extra = {"shown": shown, "token": token, "errors": [], "fullname": shown["fullname"]}
    if tk.request.method == "GET":
        return _page(extra)
    form = tk.request.form
    given = {"fullname": form.get("fullname", "").strip(), "password": form.get("password", "")}
    if shown["account"] == "none" and given["password"] != form.get("again", ""):
        return _page(extra | {"errors": [tk._("The two passwords are not the same.")]}, 409)
    try:
        done = tk.get_action("hokkaido_invitation_accept")({}, given | {"token": token})
    except tk.ValidationError as error:
        return _page(extra | {"errors": messages(error.error_dict), "fullname": given["fullname"]}, 409)
    if shown["account"] == "mine":
        tk.h.flash_success(tk._("You have taken the duty. What is to do for you stands here."))
        return tk.redirect_to("hokkaido_survey.index")
    said = tk._("Your account is ready. Log in with the user name {name} and your password.")
    tk.h.flash_success(said.format(name=done["user"]))
    return tk.redirect_to("user.login", came_from=tk.h.url_for("hokkaido_survey.index"))


def _page(extra: dict[str, object], code: int = 200) -> Response:
    return make_response(tk.render("hokkaido_inventory/survey/invitation.html", extra), code)
