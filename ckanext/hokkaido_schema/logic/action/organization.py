"""Reading the tree of organisations and the vocabularies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import session_of
from ckanext.hokkaido_schema import mended
from ckanext.hokkaido_schema.service.reorganization import successor
from ckanext.hokkaido_schema.service.tree import organization_tree
from ckanext.hokkaido_schema.vocabularies import UnknownVocabulary, vocabulary

__all__ = [
    "hokkaido_organization_tree_list",
    "hokkaido_vocabulary_show",
    "organization_create",
    "organization_show",
    "organization_update",
]


@tk.side_effect_free
def hokkaido_organization_tree_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """List the organisations with their place in the tree, each right under its parent.

    :param root: id or name of the organisation to begin under (optional; without it the whole forest).
    :returns: dictionaries with `id`, `name`, `title`, `kind`, `parent` (id or nothing) and `depth`.
    :raises ObjectNotFound: when there is no such root.
    """
    tk.check_access("hokkaido_organization_tree_list", context, data_dict)
    tree = organization_tree(model.Session)
    if not data_dict.get("root"):
        return [{**asdict(unit), "depth": depth} for unit, depth in tree.listed()]
    root = tree.find(data_dict["root"])
    if root is None:
        raise tk.ObjectNotFound(tk._("The organisation “{name}” was not found.").format(name=data_dict["root"]))
    above = len(tree.ancestors(root.id))
    return [
        {**asdict(unit), "depth": len(tree.ancestors(unit.id)) - above} for unit in (root, *tree.descendants(root.id))
    ]


@tk.side_effect_free
def hokkaido_vocabulary_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show a controlled vocabulary with its source, its date and all its items.

    :param id: name of the vocabulary, such as `themes` or `municipalities`.
    :raises ObjectNotFound: when there is no such vocabulary.
    """
    tk.check_access("hokkaido_vocabulary_show", context, data_dict)
    name = str(data_dict.get("id") or "")
    try:
        found = vocabulary(name)
    except UnknownVocabulary as error:
        raise tk.ObjectNotFound(tk._("The vocabulary “{name}” was not found.").format(name=name)) from error
    return {
        "name": found.name,
        "about": found.about,
        "source": found.source,
        "date": found.date,
        "licence": found.licence,
        "items": [{"code": item.code, "ja": item.ja, "en": item.en, "iri": item.iri, **item.more} for item in found],
    }


@tk.chained_action
def organization_create(original: Callable[[Context, DataDict], Any], context: Context, data_dict: DataDict) -> Any:
    """Make an organisation as CKAN does, and tell whoever works in a browser what was read another way than typed."""
    made = original(context, data_dict)
    mended.tell()
    return made


@tk.chained_action
def organization_update(original: Callable[[Context, DataDict], Any], context: Context, data_dict: DataDict) -> Any:
    """Change an organisation as CKAN does, and tell whoever works in a browser what was read another way than typed."""
    changed = original(context, data_dict)
    mended.tell()
    return changed


@tk.chained_action
@tk.side_effect_free
def organization_show(original: Callable[[Context, DataDict], Any], context: Context, data_dict: DataDict) -> Any:
    """Show an organisation as CKAN does; by a former name or the id of one that was merged, what it has become.

    :param id: id or name of the organisation, present or former.
    :raises ObjectNotFound: when no organisation has or had it.
    """
    reference = data_dict.get("id")
    try:
        return original(context, data_dict)
    except (tk.ObjectNotFound, tk.NotAuthorized):
        # Whoever shows it in order to change it means this one and no other.
        if not isinstance(reference, str) or context.get("for_update"):
            raise
        if (found := successor(session_of(context), reference)) is None:
            raise
    return original(context, {**data_dict, "id": found.id})
