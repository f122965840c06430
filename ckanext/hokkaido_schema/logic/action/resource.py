"""CKAN's search for resources, without what leads to the files of restricted datasets."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.lib.dictization import model_dictize
from ckan.types import Context, DataDict

from ckanext.hokkaido_schema.domain.access import AccessRights, is_closed
from ckanext.hokkaido_schema.logic.fetching import may_have_files

__all__ = ["resource_search"]


@tk.side_effect_free
@tk.chained_action
def resource_search(original: Any, context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Search for resources as CKAN does, leaving out those whose files the user may not have.

    Neither results nor count tell of them: by the count alone an address could be guessed letter by letter.
    """
    tk.check_access("resource_search", context, data_dict)
    closed = _withheld(context)
    if not closed or context.get("search_query"):
        return original(context, data_dict)
    whole = {key: value for key, value in data_dict.items() if key not in {"offset", "limit"}}
    found = original({**context, "search_query": True}, whole)["results"]
    visible = [one for one in found if one.package_id not in closed]
    first = int(data_dict.get("offset") or 0)
    limit = data_dict.get("limit")
    page = visible[first:] if limit in (None, "") else visible[first : first + int(limit)]
    return {"count": len(visible), "results": model_dictize.resource_list_dictize(page, context)}


def _withheld(context: Context) -> set[str]:
    """Return the ids of the public datasets whose files the user may not have."""
    package = model.Package.__table__
    rights = package.c.extras["access_rights"].astext
    closed = [one.value for one in AccessRights if is_closed(one)]
    statement = sa.select(package.c.id, package.c.owner_org, rights.label("access_rights")).where(
        rights.in_(closed), package.c.state == "active", sa.not_(package.c.private)
    )
    rows = model.Session.execute(statement).mappings()
    return {row["id"] for row in rows if not may_have_files(context, dict(row))}
