"""The form of a dataset as a page: what it shows, and what somebody has sent with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.hokkaido_schema.domain.conflict import fingerprints
from ckanext.hokkaido_schema.domain.form_groups import grouped
from ckanext.hokkaido_schema.domain.form_values import read_form
from ckanext.hokkaido_schema.logic.form_state import dataset_fields, form_data, form_shape, names_of_fields

__all__ = ["Sent", "render_conflict", "render_form", "sent"]

_CHOICE = "choose-"


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent: its values, and the state of the dataset that it was made from."""

    items: list[tuple[str, str]]
    values: dict[str, Any]
    version: str
    base: dict[str, str]
    choices: dict[str, str]

    def undecided(self) -> list[str]:
        """Return the fields of which both texts were shown and none was chosen."""
        return [value for name, value in self.items if name == "_both" and value not in self.choices]

    def to_save(self) -> dict[str, Any]:
        """Return the values without those for which the stored text was chosen."""
        return {name: value for name, value in self.values.items() if self.choices.get(name) != "theirs"}


def sent(items: list[tuple[str, str]], version: str, base: Any) -> Sent:
    """Read a form."""
    shown = dict(items)
    values = read_form(items, form_shape(), complete="_form" in shown)
    choices = {name.removeprefix(_CHOICE): value for name, value in items if name.startswith(_CHOICE)}
    return Sent(items, values, version, base if isinstance(base, dict) else {}, choices)


def render_form(
    dataset: dict[str, Any],
    *,
    typed: Sent | None = None,
    errors: Mapping[str, Any] | None = None,
    lacking: Mapping[str, Any] | None = None,
    unsaved: str | None = None,
) -> str:
    """Return the page of the form.

    :param dataset: as it is stored.
    :param typed: what was sent and could not be saved, or was typed and never sent; shown in place of what is stored.
    :param errors: of the values, by field.
    :param lacking: what is missing for publication, by field.
    :param unsaved: time at which what was typed was kept, when it was never sent.
    """
    stored = form_data(dataset)
    data = {**stored, **(typed.values if typed else {})}
    fields, errors = dataset_fields(), dict(errors or {})
    in_sight, groups = grouped(fields, data, errors)
    base = typed.base if typed and typed.base else fingerprints(stored, names_of_fields())
    extra = {
        "pkg_dict": dataset,
        "data": data,
        "errors": errors,
        "in_sight": in_sight,
        "groups": groups,
        "problems": [*tk.h.hokkaido_problems(errors, fields), *tk.h.hokkaido_problems(lacking or {}, fields)],
        "is_lacking": bool(lacking) and not errors,
        "version": typed.version if typed and typed.version else dataset["metadata_modified"],
        "base": json.dumps(base),
        "unsaved": unsaved,
        "licenses": [("", ""), *model.Package.get_license_options()],
        "approval": tk.get_action("hokkaido_approval_show")({}, {"id": dataset["id"]}),
    }
    return tk.render("hokkaido_schema/dataset/form.html", extra)


def render_conflict(dataset: dict[str, Any], typed: Sent, conflicts: list[dict[str, Any]], intent: str) -> str:
    """Return the page with both texts of each field that two people changed.

    What is sent from there begins with the state that it shows: a third person's change is seen again.
    """
    labels = {one["field_name"]: one for one in dataset_fields()}
    conflicts = [one for one in conflicts if one["field"] in labels]
    extra = {
        "pkg_dict": dataset,
        "conflicts": [one | {"definition": labels[one["field"]]} for one in conflicts],
        "items": [(name, value) for name, value in typed.items if _is_carried(name)],
        "version": dataset["metadata_modified"],
        "base": json.dumps(fingerprints(form_data(dataset), names_of_fields())),
        "intent": intent,
        "chosen": typed.choices,
    }
    return tk.render("hokkaido_schema/dataset/conflict.html", extra)


def _is_carried(name: str) -> bool:
    return name not in {"_csrf_token", "save", "_version", "_base", "_both"} and not name.startswith(_CHOICE)
