"""Who may have the file of a resource: whoever sees it, unless its dataset is restricted (制限付き公開, 非公開)."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import authz, model
from ckan.types import Context

from ckanext.hokkaido_schema.domain.access import access_rights_of, is_closed

__all__ = ["check_fetch", "is_for_all", "may_fetch", "may_have_files", "owners_whose_files"]


def check_fetch(context: Context, resource_id: str) -> None:
    """Do nothing for those who may have the file.

    :raises NotAuthorized: when the user may not see the resource, or may see it but not have its file.
    :raises ObjectNotFound: when there is no such resource.
    """
    tk.check_access("hokkaido_resource_fetch", context, {"id": resource_id})


def may_fetch(context: Context, resource_id: str) -> bool:
    """Tell whether the user of the context may have the file of a resource."""
    try:
        check_fetch(context, resource_id)
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return False
    return True


def is_for_all(resource_id: str) -> bool:
    """Tell whether everybody may have a file: its dataset is public and not restricted."""
    resource = model.Resource.get(resource_id)
    package = model.Package.get(resource.package_id) if resource else None
    if package is None or package.private or package.state != "active":
        return False
    return not is_closed((package.extras or {}).get("access_rights"))


def may_have_files(context: Context, dataset: dict[str, Any] | model.Package) -> bool:
    """Tell whether the user of the context may have the files of a dataset that they see.

    :param dataset: as stored, or as CKAN shows it; with `access_rights` and `owner_org`.
    """
    if isinstance(dataset, model.Package):
        dataset = {"owner_org": dataset.owner_org, "access_rights": (dataset.extras or {}).get("access_rights")}
    if context.get("ignore_auth") or not is_closed(access_rights_of(dataset)):
        return True
    owner, user = dataset.get("owner_org"), context.get("user", "")
    if not owner:
        # CKAN leaves datasets without an owner behind where an organisation is purged.
        return authz.is_sysadmin(user)
    return authz.has_user_permission_for_group_or_org(owner, user, "read")


def owners_whose_files(context: Context) -> set[str] | None:
    """Return the organisations whose restricted files the user may have; nothing means all of them.

    A list of datasets asks this once, instead of asking for each of its datasets.
    """
    user = context.get("user", "")
    if context.get("ignore_auth") or authz.is_sysadmin(user):
        return None
    if not user:
        return set()
    found = tk.get_action("organization_list_for_user")({"user": user}, {"permission": "read"})
    return {organization["id"] for organization in found}
