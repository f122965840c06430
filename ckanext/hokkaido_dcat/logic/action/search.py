"""Searching the feed."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.search import SearchError
from ckan.types import Context, DataDict

from ckanext.hokkaido_dcat import addresses, config
from ckanext.hokkaido_dcat.domain.page import Cut
from ckanext.hokkaido_dcat.domain.profiles import PROFILES
from ckanext.hokkaido_dcat.domain.writers import EXTENSIONS
from ckanext.hokkaido_dcat.logic import schema
from ckanext.hokkaido_dcat.logic.action.feed import dictized
from ckanext.hokkaido_dcat.service import pages
from ckanext.hokkaido_dcat.service.reading import PUBLIC_TYPES

__all__ = ["hokkaido_feed_search"]

#: New datasets come last, so that what is added during a harvest moves nothing.
_ORDER = "metadata_created asc, id asc"


@tk.side_effect_free
@tk.validate_action_data(schema.feed_search)
def hokkaido_feed_search(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return a page of the datasets that a search finds, as `/catalog.<format>?q=…` serves it.

    :param q: as of `package_search`; so is `fq`.
    :param modified_since: ISO 8601; only datasets whose description changed then or later. Without offset it is UTC.
    :returns: as of `hokkaido_feed_page_show`, whose other parameters this action takes too.
    :raises ObjectNotFound: there is no such page.
    :raises ValidationError: the search cannot be understood.
    """
    tk.check_access("hokkaido_feed_search", context, data_dict)
    size, number = config.page_size(), data_dict["page"]
    found = _found(data_dict, size, number)
    total = found["count"]
    cut = Cut.of(number=number, size=size, highest=total, total=total)
    if number > cut.last:
        raise tk.ObjectNotFound(tk._("The feed has no such page. Start at page 1 and follow its links."))
    family, content_type = EXTENSIONS[data_dict["format"]]
    questions = {name: data_dict[name] for name in ("q", "fq", "modified_since") if data_dict[name] not in ("", "*:*")}
    document = pages.found_page(
        model.Session(),
        PROFILES[data_dict["profile"]],
        family,
        cut,
        [one["id"] for one in found["results"]],
        partial(addresses.page, data_dict["format"], data_dict["profile"], **questions),
        data_dict["known"],
    )
    if document is None:
        raise tk.ObjectNotFound(tk._("The feed has no such page. Start at page 1 and follow its links."))
    return dictized(document, content_type)


def _found(asked: DataDict, size: int, number: int) -> dict[str, Any]:
    """Ask the search index as a visitor, whoever asks: the feed says the same to all."""
    types = " OR ".join(f'"{one}"' for one in sorted(PUBLIC_TYPES))
    filters = [f"dataset_type:({types})"]
    if asked["modified_since"]:
        filters.append(f"metadata_modified:[{_since(asked['modified_since'])} TO *]")
    question = {
        "q": asked["q"],
        "fq": asked["fq"],
        "fq_list": filters,
        "fl": "id",
        "rows": size,
        "start": size * (number - 1),
        "sort": _ORDER,
    }
    try:
        return tk.get_action("package_search")({"user": "", "auth_user_obj": None}, question)
    except (SearchError, tk.ValidationError) as error:
        raise tk.ValidationError(
            {"q": [tk._("The search cannot be understood. Check the brackets and quotation marks of q and fq.")]}
        ) from error


def _since(value: str) -> str:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise tk.ValidationError(
            {"modified_since": [tk._("This is not a date. Write it as 2026-04-01 or 2026-04-01T09:00:00+09:00.")]}
        ) from error
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
