"""Reorganisation: organisations merged and renamed, with redirects from their old addresses and a history."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import session_of, unit_of_work
from ckanext.hokkaido_schema.domain.merging import MergeObstacle, merge_obstacle
from ckanext.hokkaido_schema.domain.tree import Tree, Unit
from ckanext.hokkaido_schema.service import reorganization
from ckanext.hokkaido_schema.service.reindexing import ask_to_reindex
from ckanext.hokkaido_schema.service.tree import organization_tree

__all__ = ["hokkaido_organization_merge", "hokkaido_organization_rename"]


def hokkaido_organization_merge(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Merge organisations into another one: datasets, series, people and the organisations below move, all or nothing.

    The old ones are closed; their addresses lead to the new one. Data of the survey is moved by
    `hokkaido_unit_transfer`.

    :param from_organizations: ids or names of the organisations that end
    :param to_organization: id or name of the one that goes on
    :param dry_run: true to be told what would happen (optional)
    :returns: `{from_organizations, to_organization, datasets: [{id, name, title}], series: [...], people: [{name,
        fullname}], children: [{id, name, title}], stored}`
    """
    tk.check_access("hokkaido_organization_merge", context, data_dict)
    actor = model.User.get(context.get("user"))
    dry_run = tk.asbool(data_dict.get("dry_run") or False)
    with unit_of_work(context) as session:
        tree = organization_tree(session)
        olds, new = _units(tree, data_dict)
        done = reorganization.merge(session, [unit.id for unit in olds], new.id, actor_id=actor.id if actor else None)
        told = _told(session, tree, done)
        if dry_run:
            session.rollback()
    return {
        "from_organizations": [_unit(unit) for unit in olds],
        "to_organization": _unit(new),
        **told,
        "stored": not dry_run,
    }


def hokkaido_organization_rename(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Give an organisation another title, and another name in addresses; the old name leads to the new one.

    :param id: id or name of the organisation
    :param title: the new title
    :param name: the new end of the address (optional, it stays)
    :returns: `{id, name, title, former_name, former_title}`
    """
    tk.check_access("hokkaido_organization_rename", context, data_dict)
    session = session_of(context)
    unit = organization_tree(session).find(str(data_dict.get("id") or ""))
    if unit is None:
        raise tk.ObjectNotFound(tk._("The organisation “{name}” was not found.").format(name=data_dict.get("id")))
    title, name = str(data_dict.get("title") or "").strip(), str(data_dict.get("name") or "").strip() or unit.name
    if not title:
        raise tk.ValidationError({"title": [tk._("Write the new title.")]})
    if (title, name) == (unit.title, unit.name):
        raise tk.ValidationError({"title": [tk._("Title and address are the same as before.")]})
    actor = model.User.get(context.get("user"))
    detail = {"name": unit.name, "title": unit.title, "new_name": name, "new_title": title}
    with unit_of_work(context):
        # CKAN's own action commits, and these lines with it.
        reorganization.record(session, unit.id, "renamed", detail, actor.id if actor else None)
        ask_to_reindex(session, reorganization.dataset_ids(session, unit.id))
        asking: Context = {"user": context.get("user", ""), "ignore_auth": context.get("ignore_auth", False)}
        tk.get_action("organization_patch")(asking, {"id": unit.id, "title": title, "name": name})
    return {"id": unit.id, "name": name, "title": title, "former_name": unit.name, "former_title": unit.title}


def _units(tree: Tree, data_dict: DataDict) -> tuple[list[Unit], Unit]:
    named = tk.aslist(data_dict.get("from_organizations") or [])
    olds = [_find(tree, name, "from_organizations") for name in dict.fromkeys(named)]
    new = _find(tree, data_dict.get("to_organization"), "to_organization")
    problem = merge_obstacle(tree, [unit.id for unit in olds], new.id)
    if problem is not None:
        raise tk.ValidationError({"from_organizations": [_said(problem)]})
    return olds, new


def _find(tree: Tree, name: Any, field: str) -> Unit:
    unit = tree.find(str(name or ""))
    if unit is None:
        raise tk.ValidationError({field: [tk._("Choose an organisation from the list.")]})
    return unit


def _said(problem: MergeObstacle) -> str:
    return {
        MergeObstacle.NOTHING: tk._("Choose the organisations that end."),
        MergeObstacle.ITSELF: tk._("An organisation cannot be merged into itself. Take it out of the ones that end."),
        MergeObstacle.BELOW: tk._(
            "The organisation that goes on stands below one that ends. Move it elsewhere in the tree first."
        ),
        MergeObstacle.CHILD: tk._(
            "An organisation below one that ends cannot stand below the one that goes on. Move it first."
        ),
    }[problem]


def _told(session: Session, tree: Tree, done: reorganization.Merger) -> dict[str, Any]:
    packages = session.query(model.Package).filter(model.Package.id.in_([*done.datasets, *done.series]))
    named = [{"id": one.id, "name": one.name, "title": one.title or one.name, "type": one.type} for one in packages]
    people = session.query(model.User).filter(model.User.id.in_(done.people))
    return {
        "datasets": [one for one in named if one["id"] in set(done.datasets)],
        "series": [one for one in named if one["id"] in set(done.series)],
        "people": [{"name": one.name, "fullname": one.fullname or one.name} for one in people],
        "children": [_unit(tree.units[child]) for child in done.children if child in tree.units],
    }


def _unit(unit: Unit) -> dict[str, str]:
    return {"id": unit.id, "name": unit.name, "title": unit.title}
