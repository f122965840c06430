"""Describing a dataset: first its file, then what it is; a draft may lack anything, what is published may not.

These pages stand in the place of CKAN's own pages `/dataset/new` and `/dataset/edit/…`.
"""

from __future__ import annotations

import json
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_core.shared import handle_refusals, sentences
from ckanext.hokkaido_schema.domain.conflict import own_changes
from ckanext.hokkaido_schema.logic.form_state import dataset_fields, form_data
from ckanext.hokkaido_schema.views.as_visitor import as_visitor
from ckanext.hokkaido_schema.views.dataset_form import Sent, render_conflict, render_form, sent

__all__ = ["describe"]

describe = Blueprint("hokkaido_describe", __name__)
handle_refusals(describe, private=True)

_Page = str | Response | tuple[str, int]


@describe.route("/dataset/new", methods=["GET", "POST"])
def new() -> _Page:
    """Ask for the file of a new dataset, and begin its draft."""
    tk.check_access("hokkaido_draft_create", {"user": tk.current_user.name}, {})
    if tk.request.method == "GET":
        return _file_page(None, {}, {})
    form = tk.request.form
    asked = {"owner_org": form.get("owner_org"), "url": form.get("url"), "upload": tk.request.files.get("upload")}
    if form.get("save") == "later":
        asked = {"owner_org": form.get("owner_org")}
    elif not (asked["url"] or asked["upload"]):
        return _file_page(None, asked, {"upload": [tk._("Choose a file, or write the address of one.")]})
    try:
        draft = tk.get_action("hokkaido_draft_create")({}, asked)
    except tk.ValidationError as error:
        return _file_page(None, asked, error.error_dict)
    return tk.redirect_to("hokkaido_describe.edit", dataset_id=draft["name"])


@describe.route("/dataset/<dataset_id>/file", methods=["GET", "POST"])
def file(dataset_id: str) -> _Page:
    """Ask for the file of a draft that has none."""
    dataset = _editable(dataset_id)
    if tk.request.method == "GET":
        return _file_page(dataset, {}, {})
    form = tk.request.form
    if form.get("save") != "later":
        asked = {"id": dataset["id"], "url": form.get("url"), "upload": tk.request.files.get("upload")}
        try:
            tk.get_action("hokkaido_draft_file_add")({}, asked)
        except tk.ValidationError as error:
            return _file_page(dataset, asked, error.error_dict)
    return tk.redirect_to("hokkaido_describe.edit", dataset_id=dataset["name"])


@describe.route("/dataset/edit/<dataset_id>", methods=["GET", "POST"])
def edit(dataset_id: str) -> _Page:
    """Show the form of a dataset, or save what was sent with it."""
    dataset = _editable(dataset_id)
    if dataset["type"] != "dataset":
        return tk.redirect_to(f"{dataset['type']}.edit", id=dataset["name"])
    if tk.request.method == "POST":
        return _save(dataset)
    kept = tk.get_action("hokkaido_draft_copy_show")({}, {"id": dataset["id"]})
    if kept is None:
        return render_form(dataset)
    items = [(name, value) for name, value in kept["items"]]
    return render_form(dataset, typed=sent(items, kept["version"], kept["base"]), unsaved=kept["updated_at"])


@describe.route("/dataset/<dataset_id>/preview")
def preview(dataset_id: str) -> _Page:
    """Show a dataset as visitors will see it, with what its reader has typed and not saved."""
    found = tk.get_action("hokkaido_draft_copy_preview")({}, {"id": _editable(dataset_id)["id"]})
    dataset, fields = found["dataset"], dataset_fields()
    extra = {
        "pkg_dict": {**dataset, "state": "active", "private": False},
        "dataset_type": dataset["type"],
        "unsaved": found["unsaved"],
        "problems": tk.h.hokkaido_problems(found["refused"], fields),
        "is_public": dataset["state"] == "active" and not dataset["private"],
    }
    with as_visitor():
        return tk.render("hokkaido_schema/dataset/preview.html", extra)


def _keep_and_preview(dataset: dict[str, Any], typed: Sent) -> _Page:
    """Keep what was typed for its owner alone, and show the page with it; the dataset stays as it is."""
    if own_changes(typed.base, typed.values):
        items = [list(one) for one in typed.items if one[0] not in {"_version", "_base"}]
        asked = {"id": dataset["id"], "items": items, "version": typed.version, "base": typed.base}
        try:
            tk.get_action("hokkaido_draft_copy_update")({}, asked)
        except tk.ValidationError as error:
            return render_form(dataset, typed=typed, errors=error.error_dict), 409
    else:
        tk.get_action("hokkaido_draft_copy_delete")({}, {"id": dataset["id"]})
    return tk.redirect_to("hokkaido_describe.preview", dataset_id=dataset["name"])


def _save(dataset: dict[str, Any]) -> _Page:
    form = tk.request.form
    typed = sent(list(form.items(multi=True)), form.get("_version", ""), _base(form.get("_base", "")))
    if form.get("save") == "preview":
        return _keep_and_preview(dataset, typed)
    if undecided := typed.undecided():
        stored = form_data(dataset)
        both = [
            {"field": name, "mine": typed.values.get(name), "theirs": stored.get(name), "choice": ""}
            for name in undecided
        ]
        return render_conflict(dataset, typed, both, form.get("save", "")), 409
    asked = {"id": dataset["id"], "version": typed.version, "base": typed.base, "values": typed.to_save()}
    try:
        saved = tk.get_action("hokkaido_dataset_save")({}, asked)
    except tk.ValidationError as error:
        return render_form(dataset, typed=typed, errors=error.error_dict), 409
    if saved["conflicts"]:
        return render_conflict(_editable(dataset["id"]), typed, saved["conflicts"], form.get("save", "")), 409
    return _go_on(saved["dataset"], form.get("save", ""))


def _base(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return {}


def _go_on(dataset: dict[str, Any], intent: str) -> _Page:
    """Do what the button says after the form is saved."""
    actions = {"publish": "hokkaido_dataset_publish", "ask": "hokkaido_approval_ask"}
    if intent in actions:
        asked = {"id": dataset["id"], "message": tk.request.form.get("message", "")}
        try:
            tk.get_action(actions[intent])({}, asked)
        except tk.ValidationError as error:
            return render_form(_editable(dataset["id"]), lacking=error.error_dict), 409
    if intent == "withdraw":
        tk.get_action("package_patch")({}, {"id": dataset["id"], "state": "draft", "private": True})
    said = {
        "withdraw": tk._("It is a draft again: only your organisation sees it."),
        "publish": tk._("The dataset is public now."),
        "ask": tk._("Approval is asked for. You will get a mail when it is decided."),
    }.get(intent, tk._("Saved."))
    tk.h.flash_success(said)
    is_draft = dataset["state"].startswith("draft") or intent == "withdraw"
    if intent in actions or not is_draft:
        return tk.redirect_to("dataset.read", id=dataset["name"])
    return tk.redirect_to("hokkaido_describe.edit", dataset_id=dataset["name"])


def _editable(dataset_id: str) -> dict[str, Any]:
    """Return a dataset as it is stored, to somebody who may change it."""
    call = {"user": tk.current_user.name, "use_cache": False}
    dataset = tk.get_action("package_show")(call, {"id": dataset_id})
    if dataset["state"] == "deleted":
        raise tk.ObjectNotFound
    tk.check_access("package_update", {"user": tk.current_user.name}, {"id": dataset["id"]})
    return dataset


def _file_page(dataset: dict[str, Any] | None, asked: dict[str, Any], errors: dict[str, Any]) -> _Page:
    extra = {
        "pkg_dict": dataset,
        "asked": asked | {"owner_org": asked.get("owner_org") or tk.request.args.get("group")},
        "errors": errors,
        "problems": sentences(errors),
        "most": tk.config["ckan.max_resource_size"],
        "organizations": tk.h.organizations_available("create_dataset"),
    }
    page = tk.render("hokkaido_schema/dataset/file.html", extra)
    return (page, 409) if errors else page
