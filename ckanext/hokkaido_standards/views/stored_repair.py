"""The repair of a stored table: the difference first, and on a second click the mended file beside the original."""

from __future__ import annotations

from collections import Counter
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response

from ckanext.hokkaido_core.shared import sentences
from ckanext.hokkaido_standards.views.stored_table import Page, shown_file, stored_table

__all__ = ["repair"]

_PAGE = "hokkaido_standards/table/repair.html"


@stored_table.route("/table-repair", methods=["GET", "POST"])
def repair(id: str, resource_id: str) -> Page:  # noqa: A002 - as CKAN's own addresses name it.
    """Show what a repair would change, or store the repaired file; a large one is repaired while a bar is shown."""
    shown = shown_file(id, resource_id)
    try:
        if tk.request.method == "POST":
            return _sent(shown)
        return _found(shown, tk.request.args["task"]) if "task" in tk.request.args else _difference(shown, [])
    except tk.ValidationError as error:
        # The file as it is cannot be repaired, or is not the one that was shown.
        return _refused(shown, error.error_dict)


def _sent(shown: dict[str, Any]) -> Page:
    form, asked = tk.request.form, {"id": shown["resource"]["id"]}
    if "large" in form:
        # The difference is looked for first; only the page that shows it knows a hash.
        return _begun(shown, asked | ({"confirm": True, "hash": form["hash"]} if form.get("hash") else {}))
    asked |= {"confirm": True, "hash": form.get("hash", "")}
    return _stored(shown, tk.get_action("hokkaido_table_repair")({}, asked))


def _begun(shown: dict[str, Any], asked: dict[str, Any]) -> Response:
    task = tk.get_action("hokkaido_table_repair_start")({}, asked)["id"]
    back = tk.url_for("hokkaido_stored_table.repair", **_place(shown), task=task)
    return tk.redirect_to("hokkaido_task.read", task_id=task, next=back)


def _found(shown: dict[str, Any], task: str) -> Page:
    """Show what a repair in the background has found, or go to what it has stored."""
    found = tk.get_action("hokkaido_table_repair_show")({}, {"id": task})
    if found["resource_id"] != shown["resource"]["id"]:
        raise tk.ObjectNotFound(tk._("There is no such repair."))
    if found["state"] in {"waiting", "running"}:
        return tk.redirect_to("hokkaido_task.read", task_id=task, next=tk.request.full_path)
    if found["told"] is None:
        gone = tk._("What was found is kept for an hour only. Look at the difference again.")
        return _asking(shown, [found["message"] or gone])
    return _stored(shown, found["told"]) if found["told"]["stored"] else _told(shown, found["told"], [], large=True)


def _stored(shown: dict[str, Any], told: dict[str, Any]) -> Response:
    count = len(told["outputs"])
    message = tk.ungettext(
        "The mended file was added to the dataset; the original stays as it was.",
        "{count} mended files were added to the dataset; the original stays as it was.",
        count,
    )
    tk.h.flash_success(message.format(count=count))
    made = {"id": shown["pkg"]["name"], "resource_id": told["outputs"][0]["resource_id"]}
    return tk.redirect_to(f"{shown['pkg']['type']}_resource.read", **made)


def _difference(shown: dict[str, Any], errors: list[str]) -> str:
    return _told(shown, tk.get_action("hokkaido_table_repair")({}, {"id": shown["resource"]["id"]}), errors)


def _told(shown: dict[str, Any], told: dict[str, Any], errors: list[str], *, large: bool = False) -> str:
    counts: Counter[str] = Counter()
    for finding in told["left"]:
        counts[finding["rule"]] += finding["count"]
    left = {"findings": told["left"], "counts": counts}
    return tk.render(_PAGE, {**shown, "told": told, "left": left, "errors": errors, "large": large})


def _asking(shown: dict[str, Any], errors: list[str]) -> str:
    """Ask whether a large file is to be looked at in the background."""
    return tk.render(_PAGE, {**shown, "told": None, "errors": errors, "large": True})


def _refused(shown: dict[str, Any], errors: dict[str, Any]) -> Page:
    if "large" in errors:
        return _asking(shown, [])
    said = sentences(errors)
    try:
        return _difference(shown, said), 409
    except tk.ValidationError as error:
        large = "large" in error.error_dict
        return tk.render(_PAGE, {**shown, "told": None, "errors": said, "large": large}), 409


def _place(shown: dict[str, Any]) -> dict[str, str]:
    return {"id": shown["pkg"]["name"], "resource_id": shown["resource"]["id"]}
