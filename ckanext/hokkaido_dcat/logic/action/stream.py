"""What changed in the feed."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_dcat.domain.activity import TYPES
from ckanext.hokkaido_dcat.logic import schema
from ckanext.hokkaido_dcat.service import stream

__all__ = ["hokkaido_feed_change_list", "hokkaido_feed_change_page_show", "hokkaido_feed_deletion_list"]


@tk.side_effect_free
@tk.validate_action_data(schema.feed_change_list)
def hokkaido_feed_change_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """Return what happened, oldest first: on a page of the change stream, or the last changes.

    :param page: number from 1; a page holds a hundred positions. Default 1.
    :param last: so many of the last changes instead, at most 1000.
    :returns: `{position, kind, id, iri, at}` each; `kind` is `create`, `update` or `delete`.
    """
    tk.check_access("hokkaido_feed_change_list", context, data_dict)
    if data_dict.get("last"):
        return stream.last_changes(model.Session(), data_dict["last"])
    return stream.changes_of(model.Session(), data_dict["page"])


@tk.side_effect_free
@tk.validate_action_data(schema.feed_change_page_show)
def hokkaido_feed_change_page_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return a page of the change stream as a document, as `/catalog/changes/<page>` serves it.

    :param page: number from 1; without it, the entrance, which leads to every page.
    :param format: `trig` or `jsonld`; default the first.
    :param known: as of `hokkaido_feed_page_show`.
    :returns: as of `hokkaido_feed_page_show`.
    :raises ObjectNotFound: there is no such page.
    """
    tk.check_access("hokkaido_feed_change_page_show", context, data_dict)
    session, extension, known = model.Session(), data_dict["format"], data_dict["known"]
    number = data_dict.get("page")
    found = stream.page(session, number, extension, known) if number else stream.root(session, extension, known)
    if found is None:
        raise tk.ObjectNotFound(tk._("The change stream has no such page yet. Start at /catalog/changes."))
    return {
        "content_type": TYPES[extension],
        "content": found.body,
        "etag": found.etag,
        "modified": found.modified.isoformat() if found.modified else None,
    }


@tk.side_effect_free
@tk.validate_action_data(schema.feed_deletion_list)
def hokkaido_feed_deletion_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return the datasets that left the feed since a time and have not come back.

    :param since: ISO 8601; a time without an offset is UTC. Without it, everything that ever left.
    :param after: position after which to go on; default 0.
    :param limit: at most 1000; default 1000.
    :returns: `{deletions: [{id, iri, at, position}], until, after}`. Ask with `until` next time; when `after` is not
        null there are more, after that position.
    """
    tk.check_access("hokkaido_feed_deletion_list", context, data_dict)
    found = stream.deletions(model.Session(), data_dict.get("since"), data_dict["after"], data_dict["limit"])
    return {"deletions": found.items, "until": found.until, "after": found.after}
