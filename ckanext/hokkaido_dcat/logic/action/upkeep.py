"""Upkeep of the feed."""

from __future__ import annotations

from typing import Any, cast

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_dcat import rebuild
from ckanext.hokkaido_dcat.logic import schema
from ckanext.hokkaido_dcat.service import dump, health

__all__ = ["hokkaido_feed_check", "hokkaido_feed_rebuild", "hokkaido_feed_status_show"]


@tk.side_effect_free
def hokkaido_feed_status_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return counts and times of the feed.

    :returns: `{published, withdrawn, waiting, public, dirty, with_problems, last_change, dumps}`; all but the last two
        are numbers of datasets, `public` those that should be in the feed; `dumps` is the state of the whole dump by
        profile.
    """
    tk.check_access("hokkaido_feed_status_show", context, data_dict)
    session = model.Session()
    return {**health.status(session), "dumps": dump.state(session)}


@tk.side_effect_free
def hokkaido_feed_check(context: Context, data_dict: DataDict) -> dict[str, list[str]]:
    """Compare every dataset with what the feed says of it; raw SQL and changed settings leave differences.

    :returns: `{missing, surplus, stale, faulty}`, each a list of dataset ids.
    """
    tk.check_access("hokkaido_feed_check", context, data_dict)
    return health.check(model.Session()).as_dict()


@tk.validate_action_data(schema.feed_rebuild)
def hokkaido_feed_rebuild(context: Context, data_dict: DataDict) -> dict[str, int]:
    """Write every dataset again; places on the pages and tombstones stay.

    Each batch of datasets is a transaction of its own, so that editors do not wait and a stop loses little: the next
    rebuild goes on from there.

    :param restart: begin anew instead; default false.
    :param jobs: processes that share the work; default 1.
    :returns: `{written, withdrawn, failed, skipped}`, numbers of datasets; what was right already is not counted,
        `skipped` were done before the last rebuild was stopped.
    """
    tk.check_access("hokkaido_feed_rebuild", context, data_dict)
    # The command passes a function that draws its progress bar; a request cannot.
    progress = cast("rebuild.Progress", context.get("hokkaido_progress", lambda _done, _all: None))
    return rebuild.rebuild(model.Session(), jobs=data_dict["jobs"], restart=data_dict["restart"], progress=progress)
