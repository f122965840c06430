"""Storing a draft: CKAN's own actions in the name of the caller, with what is known filled in."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_schema.logic.caller import as_caller
from ckanext.hokkaido_schema.logic.prefill import file_description, from_file
from ckanext.hokkaido_schema.table_facts import look

__all__ = ["create_draft", "file_of", "values_of_file"]


def create_draft(context: Context, fields: dict[str, Any]) -> dict[str, Any]:
    """Create a dataset that only its organisation sees, and that may lack anything but its organisation."""
    call = as_caller(context)
    call["allow_state_change"] = True
    return tk.get_action("package_create")(call, {**fields, "type": "dataset", "state": "draft", "private": True})


def file_of(data_dict: dict[str, Any]) -> dict[str, Any] | None:
    """Return the resource that an upload or an address makes, nothing when there is neither.

    :raises ValidationError: for an address that is none.
    """
    upload, url = data_dict.get("upload"), str(data_dict.get("url") or "").strip()
    if isinstance(upload, FileStorage) and upload.filename:
        return {"upload": upload, "url": upload.filename, "url_type": "upload", "name": upload.filename}
    if not url:
        return None
    try:
        tk.get_validator("hokkaido_url")(url)
    except tk.Invalid as error:
        raise tk.ValidationError({"url": [error.error]}) from error
    return {"url": url, "name": url.rstrip("/").rsplit("/", 1)[-1].partition("?")[0] or url}


def values_of_file(resource: dict[str, Any] | None) -> dict[str, Any]:
    """Return what a file says of its dataset; an address that is only linked is not fetched."""
    if resource is None or "upload" not in resource:
        return {}
    upload: FileStorage = resource["upload"]
    facts = look(upload.filename or "", upload.stream)
    found = from_file(facts)
    resource["name"] = found["title"]
    if words := file_description(facts):
        resource["description"] = words
    return found
