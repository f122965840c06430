"""Drafts: begun with a file, completed by and by, seen by the colleagues of the organisation."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import session_of
from ckanext.hokkaido_schema.logic.caller import as_caller, stored_dataset
from ckanext.hokkaido_schema.logic.completeness import missing
from ckanext.hokkaido_schema.logic.draft_writing import create_draft, file_of, values_of_file
from ckanext.hokkaido_schema.logic.prefill import from_organization, organization_contacts
from ckanext.hokkaido_schema.service import approval

__all__ = ["hokkaido_draft_create", "hokkaido_draft_file_add", "hokkaido_draft_list"]

_MOST = 500


def hokkaido_draft_create(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Begin a dataset: what its organisation and its file tell is filled in, and nobody else sees it yet.

    :param owner_org: id or name of the organisation.
    :param upload: the file (optional).
    :param url: address of a file elsewhere, in place of an upload (optional).
    :returns: the draft.
    :raises ValidationError: for an unknown organisation or a wrong address.
    """
    owner = model.Group.get(data_dict.get("owner_org") or "")
    if owner is None or not owner.is_organization or owner.state != model.State.ACTIVE:
        raise tk.ValidationError({"owner_org": [tk._("Choose the organisation that publishes it.")]})
    tk.check_access("hokkaido_draft_create", context, {"owner_org": owner.id})
    resource = file_of(data_dict)
    known = from_organization(owner.id) | values_of_file(resource)
    draft = create_draft(context, known | {"owner_org": owner.id})
    if resource is None:
        return draft
    try:
        # CKAN takes no file in with a dataset that is new.
        return tk.get_action("package_patch")(as_caller(context), {"id": draft["id"], "resources": [resource]})
    except tk.ValidationError:
        tk.get_action("dataset_purge")(as_caller(context, trusted=True), {"id": draft["id"]})
        raise


def hokkaido_draft_file_add(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Put a file into a draft; what the draft does not say yet is filled in from it.

    Columns that a file of the edition before had keep their descriptions.

    :param id: id or name of the draft.
    :param upload: the file.
    :param url: address of a file elsewhere, in place of an upload.
    :returns: the draft.
    :raises ValidationError: when there is neither, or the address is wrong.
    """
    package = stored_dataset(context, data_dict.get("id"))
    tk.check_access("hokkaido_draft_file_add", context, {"id": package.id})
    resource = file_of(data_dict)
    if resource is None:
        raise tk.ValidationError({"upload": [tk._("Choose a file, or write the address of one.")]})
    draft = tk.get_action("package_show")(as_caller(context), {"id": package.id})
    found = values_of_file(resource)
    blank = {name: value for name, value in found.items() if not draft.get(name)}
    resource["columns"] = _columns_before(draft.get("previous_version"))
    return tk.get_action("package_patch")(
        as_caller(context), {"id": package.id, **blank, "resources": [*draft["resources"], resource]}
    )


def _columns_before(package_id: str | None) -> list[dict[str, str]]:
    """Return the columns of the first file of an earlier edition that is described."""
    package = model.Package.get(package_id) if package_id else None
    for resource in package.resources if package is not None else ():
        columns = (resource.extras or {}).get("columns")
        if isinstance(columns, list) and columns:
            return [dict(one) for one in columns if isinstance(one, dict)]
    return []


@tk.side_effect_free
def hokkaido_draft_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """List what is not public yet in the organisations of the caller, that changed last first.

    CKAN's own list of drafts asks for their creator; here a colleague finds what somebody on leave has begun.

    :returns: dictionaries with `id`, `name`, `title`, `state`, `organization` (title), `metadata_modified`, `missing`
        (names of fields), `approval` (state of the last request, or nothing) and `asked_by`.
    """
    tk.check_access("hokkaido_draft_list", context, data_dict)
    found = tk.get_action("package_search")(
        as_caller(context),
        {
            "fq": "+dataset_type:dataset +(state:draft OR capacity:private) +state:(draft OR active)",
            "include_private": True,
            "include_drafts": True,
            "sort": "metadata_modified desc",
            "rows": _MOST,
        },
    )["results"]
    requests = approval.latest_of(session_of(context), [one["id"] for one in found])
    contacts = organization_contacts({one["owner_org"] for one in found if one.get("owner_org")})
    return [_listed(one, requests.get(one["id"]), contacts) for one in found]


def _listed(
    dataset: dict[str, Any], request: approval.Approval | None, contacts: dict[str, dict[str, str]]
) -> dict[str, Any]:
    owner = dataset.get("organization") or {}
    return {
        "id": dataset["id"],
        "name": dataset["name"],
        "title": dataset.get("title") or "",
        "state": dataset["state"],
        "organization": owner.get("title") or owner.get("name") or "",
        "metadata_modified": dataset["metadata_modified"],
        "missing": list(missing(dataset, contacts.get)),
        "approval": request.state if request else None,
        "asked_by": request.asked_by if request else None,
    }
