"""A stored dataset as it would be shown with other values in it; nothing is stored for that, and nothing announced."""

from __future__ import annotations

import copy
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import plugins as lib_plugins
from ckan.logic import apply_after_dataset_show_plugins
from ckan.types import Context

from ckanext.hokkaido_schema.domain.form_values import tags_of
from ckanext.hokkaido_schema.logic.bulk_saving import Batch
from ckanext.hokkaido_schema.logic.bulk_showing import dictize
from ckanext.hokkaido_schema.logic.caller import as_caller

__all__ = ["shown_with"]

#: What stays as it is stored, whatever the form says: files have forms of their own.
_STAYS = ("id", "resources", "num_resources", "organization", "groups", "metadata_modified", "metadata_created")


def shown_with(
    context: Context, package: model.Package, values: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Return a dataset as `package_show` would give it with some values of its form, and what of these is refused.

    A value that is refused leaves the stored one in its place.
    """
    stored = tk.get_action("package_show")(as_caller(context), {"id": package.id})
    wanted = dict(values)
    if "tag_string" in wanted:
        wanted["tags"] = tags_of(wanted.pop("tag_string"))
    data, errors = _checked(context, package, stored | wanted)
    refused = {name: told for name, told in errors.items() if name in wanted}
    if errors:
        good = {name: value for name, value in wanted.items() if name not in refused}
        data, errors = _checked(context, package, stored | good)
    # What is stored may be wrong by rules that came after it; then nothing can be told of what is typed, either.
    if errors:
        return stored, refused
    return _shown(context, package, data), refused


def _checked(context: Context, package: model.Package, dataset: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    # Validators write into what they are given.
    checked = Batch(context).check(copy.deepcopy(dataset), package)
    return checked.data, checked.errors


def _shown(context: Context, package: model.Package, data: dict[str, Any]) -> dict[str, Any]:
    reading = Context(user=context.get("user", ""), session=model.Session, model=model, package=package, for_view=True)
    shown = dictize([package], reading)[package.id]
    shown |= {name: value for name, value in data.items() if name in shown and name not in (*_STAYS, "tags")}
    shown["tags"] = [{**tag, "display_name": tag["name"], "state": "active"} for tag in data.get("tags") or ()]
    licence = model.Package.get_license_register().get(shown.get("license_id") or "")
    shown["license_title"] = licence.title if licence else shown.get("license_id")
    shown["license_url"] = licence.url if licence else ""
    shown["isopen"] = bool(licence and licence.isopen())
    if shown.get("owner_org") != package.owner_org:
        shown["organization"] = _organization(context, shown.get("owner_org"))
    plugin = lib_plugins.lookup_package_plugin(shown["type"])
    found, _errors = lib_plugins.plugin_validate(plugin, reading, shown, plugin.show_package_schema(), "package_show")
    apply_after_dataset_show_plugins(reading, found)
    return found


def _organization(context: Context, organization_id: str | None) -> dict[str, Any] | None:
    if not organization_id:
        return None
    asked = {"id": organization_id, "include_users": False, "include_dataset_count": False, "include_extras": False}
    return tk.get_action("organization_show")(as_caller(context), asked)
