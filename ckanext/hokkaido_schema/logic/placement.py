"""Where an organisation stands in the tree: the validators of the organisation form's parent field."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import authz, model
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.hokkaido_schema.domain.tree import Obstacle, Tree, obstacle
from ckanext.hokkaido_schema.service.tree import DEFAULT_KIND, organization_tree

__all__ = ["check_parent", "hokkaido_parent", "hokkaido_place_in_tree", "may_administer"]


def _(text: str) -> str:
    return tk._(text)


#: Where the field waits until every validator has run: CKAN still checks the parents that a patch sends along.
_WANTED = ("__hokkaido_parent",)


def hokkaido_parent(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Keep the field `parent` from being stored as a field of its own; the hierarchy is CKAN's own `groups`."""
    value = data.pop(key, tk.missing)
    if value is not tk.missing and value is not None:
        data[_WANTED] = value
    raise tk.StopOnError


def hokkaido_place_in_tree(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Check the place that an organisation is to have, whichever way the parent was given."""
    _apply_field(data)
    group, parents, kind = context.get("group"), _parents(data), _kind(data)
    if group is not None and _stays(group, parents, kind):
        return
    tree = organization_tree(model.Session)
    unit_id = group.id if group is not None else None
    unit = tree.units.get(unit_id or "")
    stored = unit.parent if unit else None
    if parents is None:
        parents = [stored] if stored else []
    problem = _problem(tree, unit_id, kind or (unit.kind if unit else DEFAULT_KIND), parents)
    if problem is None and not _may_move(context, tree, stored, parents):
        problem = _("You can move an organisation only between units that you administer.")
    if problem is not None:
        errors[("parent",)] = [*errors.get(("parent",), []), problem]


def _stays(group: model.Group, parents: list[str] | None, kind: str | None) -> bool:
    """Tell whether neither place nor kind changes: CKAN validates an organisation each time it shows one, too."""
    if kind not in (None, (group.extras or {}).get("kind") or DEFAULT_KIND):
        return False
    if parents is None:
        return True
    above = (
        sa.select(model.Group.id, model.Group.name)
        .join(model.Member, model.Member.table_id == model.Group.id)
        .where(model.Member.group_id == group.id, model.Member.table_name == "group", model.Member.state == "active")
    )
    stored = model.Session.execute(above).all()
    if not stored or not parents:
        return not stored and not parents
    return len(stored) == 1 and {*parents} <= {*stored[0]}


def _apply_field(data: FlattenDataDict) -> None:
    """Write what the field `parent` said where CKAN keeps the hierarchy; a blank makes a root."""
    wanted = data.pop(_WANTED, None)
    if wanted is None:
        return
    for old in [key for key in data if key[0] == "groups"]:
        del data[old]
    if wanted:
        data["groups", 0, "name"] = wanted
    else:
        data[("groups",)] = []


def check_parent(tree: Tree, unit_id: str | None, kind: str, parent: str) -> str | None:
    """Return, as a sentence for the user, why a unit cannot stand under a parent, or nothing."""
    return {
        None: None,
        Obstacle.ROOT_KIND: _("A municipality or a prefecture stands on its own: leave the parent blank."),
        Obstacle.UNKNOWN: _("The parent organisation was not found. Choose it from the list."),
        Obstacle.SELF: _("An organisation cannot be its own parent. Choose another one."),
        Obstacle.CYCLE: _("The parent you chose stands below this organisation. Choose another one."),
    }[obstacle(tree, unit_id, kind, parent)]


def may_administer(context: Context, organization_id: str) -> bool:
    """Tell whether the user is an administrator of an organisation, by its own role or one above."""
    if context.get("ignore_auth"):
        return True
    return authz.has_user_permission_for_group_or_org(organization_id, context.get("user", ""), "admin")


def _parents(data: FlattenDataDict) -> list[str] | None:
    """Return the parents that the data names; nothing when it does not speak of them."""
    if data.get(("groups",)) == []:
        return []
    found = [value for key, value in data.items() if key[0] == "groups" and key[-1] in {"name", "id"} and value]
    named = [value for value in found if isinstance(value, str)]
    return named or None


def _kind(data: FlattenDataDict) -> str | None:
    """Return the kind that the data names, if it does."""
    given: Any = data.get(("kind",))
    if not isinstance(given, str):
        # The value has already become an extra when this runs.
        given = next(
            (data.get((*key[:2], "value")) for key, value in data.items() if key[0] == "extras" and value == "kind"),
            None,
        )
    return given or None


def _problem(tree: Tree, unit_id: str | None, kind: str, parents: list[str]) -> str | None:
    distinct = {unit.id if (unit := tree.find(name)) else name for name in parents}
    if len(distinct) > 1:
        return _("An organisation has one parent only.")
    return next((problem for name in distinct if (problem := check_parent(tree, unit_id, kind, name))), None)


def _may_move(context: Context, tree: Tree, stored: str | None, parents: list[str]) -> bool:
    wanted = {unit.id for name in parents if (unit := tree.find(name))}
    before = {stored} if stored else set()
    return all(may_administer(context, unit_id) for unit_id in wanted ^ before)
