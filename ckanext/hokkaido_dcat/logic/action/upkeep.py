"""Upkeep of the feed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_dcat.service import dump, health, store

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


def hokkaido_feed_rebuild(context: Context, data_dict: DataDict) -> dict[str, int]:
    """Write every dataset again; places on the pages and tombstones stay.

    Each batch of datasets is a transaction of its own, so that editors do not wait and a stop loses little.

    :returns: `{written, withdrawn, failed}`, numbers of datasets; what was right already is not counted.
    """
    tk.check_access("hokkaido_feed_rebuild", context, data_dict)
    session = model.Session()
    # The command passes a function that draws its progress bar; a request cannot.
    progress = cast("Callable[[int, int], None]", context.get("hokkaido_progress", lambda _done, _all: None))
    counts = {"written": 0, "withdrawn": 0, "failed": 0}
    batches = health.batches(session)
    total, done = sum(map(len, batches)), 0
    for batch in batches:
        outcome = store.refresh(session, batch)
        session.commit()
        for name in counts:
            counts[name] += len(getattr(outcome, name))
        done += len(batch)
        progress(done, total)
    return counts
