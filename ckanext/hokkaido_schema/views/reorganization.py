"""Reorganisation: merging and renaming organisations, shown first; and the redirects from their old addresses."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint, current_app, redirect

from ckanext.hokkaido_core.shared import handle_refusals, sentences

__all__ = ["reorganization"]

reorganization = Blueprint("hokkaido_reorganization", __name__, url_prefix="/upkeep/reorganisation")
handle_refusals(reorganization, private=True)

_BLANK: dict[str, Any] = {"from_organizations": [], "to_organization": "", "id": "", "title": "", "name": ""}


@reorganization.route("")
def read() -> str:
    """Ask what is to be merged or renamed."""
    tk.check_access("hokkaido_organization_merge", {}, {})
    return _page(_BLANK | {"id": tk.request.args.get("organization", "")})


@reorganization.route("/merge", methods=["POST"])
def merge() -> str | Response | tuple[str, int]:
    """Show what a merger would do, or do it."""
    form = tk.request.form
    values = _BLANK | {
        "from_organizations": form.getlist("from_organizations"),
        "to_organization": form.get("to_organization", ""),
    }
    dry_run = form.get("do") != "merge"
    try:
        outcome = tk.get_action("hokkaido_organization_merge")({}, values | {"dry_run": dry_run})
    except tk.ValidationError as error:
        return _page(values, sentences(error.error_dict)), 409
    if dry_run:
        return _page(values, outcome=outcome)
    tk.h.flash_success(tk._("The organisations were merged. Their old addresses lead here now."))
    return tk.redirect_to("organization.read", id=outcome["to_organization"]["name"])


@reorganization.route("/rename", methods=["POST"])
def rename() -> str | Response | tuple[str, int]:
    """Give an organisation another name."""
    values = _BLANK | {name: tk.request.form.get(name, "") for name in ("id", "title", "name")}
    try:
        done = tk.get_action("hokkaido_organization_rename")(
            {}, {name: values[name] for name in ("id", "title", "name")}
        )
    except tk.ValidationError as error:
        return _page(values, sentences(error.error_dict)), 409
    tk.h.flash_success(tk._("“{old}” is called “{new}” now.").format(old=done["former_title"], new=done["title"]))
    return tk.redirect_to("organization.read", id=done["name"])


@reorganization.before_app_request
def lead_on() -> Response | None:
    """Lead from the address of an organisation that was merged or renamed to where it is now."""
    if tk.request.method not in {"GET", "HEAD"}:
        return None
    endpoint, values, asked = tk.request.endpoint or "", dict(tk.request.view_args or {}), tk.request.args
    key = "id" if endpoint.startswith("organization.") or endpoint == "feeds.organization" else "organization"
    searched = asked.getlist("organization") if endpoint == "dataset.search" else []
    name = values.get(key) or (searched[0] if len(searched) == 1 else None)
    found = tk.h.hokkaido_successor(name) if name else None
    if found is None:
        return None
    # What follows the question mark is written anew by ourselves: it must not steer how the address is made.
    pairs = [(one, found if searched and one == key else value) for one, value in asked.items(multi=True)]
    address = tk.url_for(endpoint, **(values | {key: found} if key in values else values))
    return redirect(f"{address}?{urlencode(pairs)}" if pairs else address, code=301)  # type: ignore[return-value]


def _page(values: dict[str, Any], errors: list[str] | None = None, outcome: dict[str, Any] | None = None) -> str:
    shown = tk.get_action("hokkaido_handover_show")({}, {})
    return tk.render(
        "hokkaido_schema/upkeep/reorganisation.html",
        {
            "organizations": shown["organizations"],
            "values": values,
            "errors": errors or [],
            "outcome": outcome,
            "transfers": "hokkaido_people.transfer" in current_app.view_functions,
        },
    )
