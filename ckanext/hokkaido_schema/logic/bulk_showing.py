"""Many datasets as CKAN's `package_dictize` gives them, with one query for each kind of row, not for each dataset."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.lib import dictization as d
from ckan.lib.dictization import model_dictize
from ckan.types import Context

__all__ = ["dictize"]


def dictize(packages: Sequence[model.Package], context: Context) -> dict[str, dict[str, Any]]:
    """Return datasets by id; equal to what CKAN makes of each alone, which a test holds."""
    ids = [package.id for package in packages]
    entangled = _entangled(ids)
    resources, tags = _resources(ids, context), _tags(ids, context)
    organizations = _organizations({package.owner_org for package in packages if package.owner_org}, context)
    found = {}
    for package in packages:
        if package.id in entangled:
            found[package.id] = model_dictize.package_dictize(package, context)
            continue
        shown = d.table_dictize(package, context)
        shown.pop("plugin_data", None)
        if shown.get("title"):
            shown["title"] = shown["title"].strip()
        shown["resources"], shown["tags"] = resources[package.id], tags[package.id]
        shown["num_resources"], shown["num_tags"] = len(shown["resources"]), len(shown["tags"])
        # In the order in which PostgreSQL keeps them, and gives them to whoever reads them from it.
        extras = sorted((shown["extras"] or {}).items(), key=lambda one: (len(one[0].encode()), one[0]))
        shown["extras"] = [{"key": key, "value": value} for key, value in extras]
        organization = organizations.get(package.owner_org)
        shown["organization"] = dict(organization) if organization else None
        shown |= {"groups": [], "relationships_as_subject": [], "relationships_as_object": []}
        _derive(shown, package)
        found[package.id] = shown
    return found


def _derive(shown: dict[str, Any], package: model.Package) -> None:
    shown["isopen"] = package.isopen()
    shown["type"] = package.type or "dataset"
    licence = package.license
    if licence and licence.url:
        shown["license_url"] = licence.url
    shown["license_title"] = licence.title.split("::")[-1] if licence else package.license_id
    shown["metadata_modified"] = package.metadata_modified.isoformat()
    shown["metadata_created"] = package.metadata_created.isoformat() if package.metadata_created else None


def _entangled(ids: list[str]) -> set[str]:
    """Return the datasets in groups or related to others: few, which CKAN itself shows one by one."""
    member, group, relation = model.member_table, model.group_table, model.package_relationship_table
    in_group = (
        sa.select(member.c.table_id)
        .join(group, group.c.id == member.c.group_id)
        .where(member.c.table_id.in_(ids), group.c.is_organization.is_(False))
    )
    sides = (relation.c.subject_package_id, relation.c.object_package_id)
    related = (sa.select(side).where(side.in_(ids)) for side in sides)
    return set(model.Session.execute(sa.union(in_group, *related)).scalars())


def _resources(ids: list[str], context: Context) -> dict[str, list[dict[str, Any]]]:
    table = model.resource_table
    rows = model.Session.execute(sa.select(table).where(table.c.package_id.in_(ids))).all()
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for resource in model_dictize.resource_list_dictize(rows, context):
        found[resource["package_id"]].append(resource)
    return found


def _tags(ids: list[str], context: Context) -> dict[str, list[dict[str, Any]]]:
    tag, link = model.tag_table, model.package_tag_table
    statement = (
        sa.select(tag, link.c.state, link.c.package_id.label("of_package"))
        .join(link, tag.c.id == link.c.tag_id)
        .where(link.c.package_id.in_(ids))
    )
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rows = model.Session.execute(statement).all()
    for one in d.obj_list_dictize(rows, context, lambda tag: tag["name"]):
        found[one.pop("of_package")].append({**one, "display_name": one["name"]})
    return found


def _organizations(ids: set[str], context: Context) -> dict[str | None, dict[str, Any]]:
    table = model.group_table
    rows = model.Session.execute(sa.select(table).where(table.c.id.in_(ids), table.c.state == "active")).all()
    found: dict[str | None, dict[str, Any]] = {one["id"]: one for one in d.obj_list_dictize(rows, context)}
    for one in found.values():
        del one["extras"]
    return found
