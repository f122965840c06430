"""The feed as オープンデータ一覧."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_dcat.logic import schema
from ckanext.hokkaido_dcat.service import changes, opendata_list, reading
from ckanext.hokkaido_schema.shared import opendata_list_headings

__all__ = ["hokkaido_opendata_list"]


@tk.side_effect_free
@tk.validate_action_data(schema.opendata_list)
def hokkaido_opendata_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return public datasets as rows of オープンデータ一覧 (45 columns), some 200 datasets at a time.

    :param organization: name or id of the one organisation that is asked for.
    :param after: `next` of the answer before; 0 for the beginning.
    :returns: `{headings, rows, next, etag, modified}`; `next` is null at the end, `etag` changes with the list, and
        `modified` is ISO 8601 in UTC or null.
    :raises ObjectNotFound: there is no such organisation.
    """
    tk.check_access("hokkaido_opendata_list", context, data_dict)
    session = model.Session()
    organization = None
    if data_dict["organization"]:
        found = reading.organization(session, data_dict["organization"])
        if found is None:
            raise tk.ObjectNotFound(tk._("There is no such organisation."))
        organization = found["id"]
    rows, following = opendata_list.batch(session, data_dict["after"], organization)
    stands = changes.standing(session)
    return {
        "headings": list(opendata_list_headings()),
        "rows": rows,
        "next": following,
        "etag": f"list-{stands.position}-{stands.at.timestamp() if stands.at else 0:.6f}",
        "modified": stands.at.isoformat() if stands.at else None,
    }
