"""Staff turnover: what a person or a section owns, and handing it over."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import session_of, unit_of_work
from ckanext.hokkaido_schema.domain.tree import Tree
from ckanext.hokkaido_schema.logic.looking_after import administered
from ckanext.hokkaido_schema.possessions import POSSESSIONS
from ckanext.hokkaido_schema.service.handover import Role, datasets_of, hand_over, roles_of
from ckanext.hokkaido_schema.service.tree import organization_tree

__all__ = ["hokkaido_handover_show", "hokkaido_handover_update"]


@tk.side_effect_free
def hokkaido_handover_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show all that a person or an organisation owns, as far as the caller administers it.

    :param organization: id or name: only what belongs to it (optional)
    :param user: id or name of a person: only what this person made or is (optional)
    :returns: `{organizations: [{id, name, title}], people: [{id, name, fullname}], roles: [{organization, user, name,
        email, role, active}], datasets: [{id, name, title, type, state, private, organization, creator, modified}],
        others: [{label, advice, things: [{title, organization, url, note}]}]}`; the first two are what the caller can
        choose from
    """
    tk.check_access("hokkaido_handover_show", context, data_dict)
    session = session_of(context)
    tree = organization_tree(session)
    own = administered(context)
    wanted = _wanted(tree, own, data_dict)
    person = _person(data_dict["user"]) if data_dict.get("user") else None
    named = bool(data_dict.get("organization") or person)
    everybody = {role.user_id: role for role in _people(session, own)}
    return {
        "organizations": [
            {"id": unit.id, "name": unit.name, "title": unit.title, "depth": depth}
            for unit, depth in tree.listed()
            if own is None or unit.id in own
        ],
        "people": [{"id": one.user_id, "name": one.name, "fullname": one.fullname} for one in everybody.values()],
        "roles": _roles(session, tree, wanted, person) if named else [],
        "datasets": _datasets(session, tree, wanted, person) if named else [],
        "others": _others(session, tree, wanted, person) if named else [],
    }


def hokkaido_handover_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Give a successor the roles and the drafts of a person, in the organisations that the caller administers.

    :param from_user: id or name of the person who leaves
    :param to_user: id or name of the successor
    :param organization: id or name: only in this one (optional)
    :param keep_roles: true when the person stays for a while (optional)
    :returns: `{roles: [{organization, role}], datasets: number}`
    :raises ValidationError: when there is nothing to hand over, or nobody to take it.
    """
    tk.check_access("hokkaido_handover_update", context, data_dict)
    old, new = _person(data_dict.get("from_user"), "from_user"), _person(data_dict.get("to_user"), "to_user")
    if old.id == new.id:
        raise tk.ValidationError({"to_user": [tk._("Choose somebody else as the successor.")]})
    if not new.is_active:
        raise tk.ValidationError({"to_user": [tk._("The account of the successor is not active.")]})
    actor = model.User.get(context.get("user"))
    with unit_of_work(context) as session:
        tree = organization_tree(session)
        done = hand_over(
            session,
            _wanted(tree, administered(context), data_dict),
            from_id=old.id,
            to_id=new.id,
            keep_roles=tk.asbool(data_dict.get("keep_roles") or False),
            actor_id=actor.id if actor else None,
        )
        if not done.roles and not done.datasets:
            message = tk._("{name} has nothing to hand over in the organisations that you administer.")
            raise tk.ValidationError({"from_user": [message.format(name=old.fullname or old.name)]})
    return {
        "roles": [{"organization": _unit(tree, unit_id), "role": role} for unit_id, role in done.roles],
        "datasets": len(done.datasets),
    }


def _wanted(tree: Tree, own: set[str] | None, data_dict: DataDict) -> set[str] | None:
    if not (name := data_dict.get("organization")):
        return own
    unit = tree.find(name)
    if unit is None or (own is not None and unit.id not in own):
        raise tk.ObjectNotFound(tk._("The organisation “{name}” was not found.").format(name=name))
    return {unit.id}


def _person(name: Any, field: str = "user") -> model.User:
    user = model.User.get(str(name)) if name else None
    if user is None:
        raise tk.ValidationError({field: [tk._("There is no account “{name}”.").format(name=name or "")]})
    return user


def _unit(tree: Tree, unit_id: str | None) -> dict[str, str]:
    unit = tree.units.get(unit_id or "")
    return {"id": unit.id, "name": unit.name, "title": unit.title} if unit else {"id": "", "name": "", "title": ""}


def _people(session: Session, wanted: set[str] | None, user_id: str | None = None) -> list[Role]:
    """Return roles, without those of the portal itself, which CKAN makes a member of what commands make."""
    return [role for role in roles_of(session, wanted, user_id) if role.name != tk.config["ckan.site_id"]]


def _roles(session: Session, tree: Tree, wanted: set[str] | None, person: model.User | None) -> list[dict[str, Any]]:
    return [
        {
            "organization": _unit(tree, role.organization_id),
            "user": role.name,
            "name": role.fullname,
            "email": role.email,
            "role": role.capacity,
            "active": role.active,
        }
        for role in _people(session, wanted, person.id if person else None)
    ]


def _datasets(session: Session, tree: Tree, wanted: set[str] | None, person: model.User | None) -> list[dict[str, Any]]:
    return [
        {name: row[name] for name in ("id", "name", "title", "type", "state", "private", "creator")}
        | {"organization": _unit(tree, row["owner_org"]), "modified": row["metadata_modified"].isoformat()}
        for row in datasets_of(session, wanted, person.id if person else None)
    ]


def _others(session: Session, tree: Tree, wanted: set[str] | None, person: model.User | None) -> list[dict[str, Any]]:
    found = []
    for kind in POSSESSIONS:
        things = kind.find(session, wanted, person.id if person else None)
        if things:
            rows = [
                {"title": one.title, "organization": _unit(tree, one.organization_id), "url": one.url, "note": one.note}
                for one in things
            ]
            found.append({"label": kind.label(), "advice": kind.advice(), "things": rows})
    return found
