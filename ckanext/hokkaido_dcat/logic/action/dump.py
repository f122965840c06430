"""The whole dump."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.hokkaido_dcat.domain.dump import FILES
from ckanext.hokkaido_dcat.domain.profiles import PROFILES
from ckanext.hokkaido_dcat.logic import schema
from ckanext.hokkaido_dcat.service import dump

__all__ = ["hokkaido_feed_dump_build", "hokkaido_feed_dump_show"]


@tk.side_effect_free
@tk.validate_action_data(schema.feed_dump_show)
def hokkaido_feed_dump_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return what is known of a file of the whole dump, as `/catalog/<file>` serves it.

    :param file: `dump.ttl`, `dump.xml`, `dump.jsonld` or `dump.nt`, each also with `.gz`; `dump.sha256`, `void.ttl`.
    :param profile: as of `hokkaido_feed_page_show`.
    :returns: `{url, path, content_type, size, sha256, datasets, triples, position, modified, built_at}`; `path` is
        relative to the folder of dumps, `size` in bytes, the times are ISO 8601.
    :raises ObjectNotFound: there is no dump yet.
    """
    tk.check_access("hokkaido_feed_dump_show", context, data_dict)
    profile, name = PROFILES[data_dict["profile"]], data_dict["file"]
    found = dump.current(profile)
    if found is None or name not in found.files:
        raise tk.ObjectNotFound(tk._("The whole dump is not there yet. It is being written; ask again in a minute."))
    return {
        "url": dump.address(profile, name),
        "path": f"{found.folder}/{name}",
        "content_type": FILES[name],
        "size": found.files[name].size,
        "sha256": found.files[name].sha256,
        "datasets": found.datasets,
        "triples": found.triples,
        "position": found.position,
        "modified": found.modified,
        "built_at": found.built_at,
    }


@tk.validate_action_data(schema.feed_dump_build)
def hokkaido_feed_dump_build(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Build the whole dump of a profile now.

    :param profile: as of `hokkaido_feed_page_show`.
    :returns: `{built, datasets, triples, position}`; `built` is false when another process is building.
    """
    tk.check_access("hokkaido_feed_dump_build", context, data_dict)
    profile = PROFILES[data_dict["profile"]]
    # A folder to write to is the command's to give: a request must not choose where the server writes.
    output = context.get("hokkaido_output")
    made = dump.export(profile, Path(str(output))) if output else dump.build(profile)
    if made is None:
        return {"built": False}
    return {"built": True, "datasets": made.datasets, "triples": made.triples, "position": made.position}
