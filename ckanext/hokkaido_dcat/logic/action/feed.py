"""Reading the feed."""

from __future__ import annotations

from functools import partial
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_dcat import addresses
from ckanext.hokkaido_dcat.domain.profiles import PROFILES
from ckanext.hokkaido_dcat.domain.writers import EXTENSIONS
from ckanext.hokkaido_dcat.logic import schema
from ckanext.hokkaido_dcat.service import pages, schema_org

__all__ = ["hokkaido_feed_dataset_show", "hokkaido_feed_page_show", "hokkaido_feed_schema_org_show"]


@tk.side_effect_free
@tk.validate_action_data(schema.feed_page_show)
def hokkaido_feed_page_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return a page of the feed, as `/catalog.<format>?page=<page>` serves it.

    :param format: extension: `ttl`, `xml`, `jsonld` or `nt` (also `rdf` and `n3`); default `ttl`.
    :param profile: `dcat-ap-3`, `dcat-ap-2` or `dcat-goj`; default the first.
    :param page: number from 1; default 1.
    :param known: entity tags of versions that the caller has; for one of those, `content` is null.
    :returns: `{content_type, content, etag, modified}`; `modified` is ISO 8601 in UTC or null.
    :raises ObjectNotFound: there is no such page.
    """
    tk.check_access("hokkaido_feed_page_show", context, data_dict)
    family, content_type = EXTENSIONS[data_dict["format"]]
    document = pages.catalog_page(
        model.Session(),
        PROFILES[data_dict["profile"]],
        family,
        data_dict["page"],
        partial(addresses.page, data_dict["format"], data_dict["profile"]),
        data_dict["known"],
    )
    if document is None:
        raise tk.ObjectNotFound(tk._("The feed has no such page. Start at page 1 and follow its links."))
    return dictized(document, content_type)


@tk.side_effect_free
@tk.validate_action_data(schema.feed_dataset_show)
def hokkaido_feed_dataset_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return what the feed says of one dataset, as `/dataset/<id>.<format>` serves it.

    :param id: id or name of a dataset.
    :param format: as of `hokkaido_feed_page_show`; so is `profile`.
    :param known: as of `hokkaido_feed_page_show`.
    :returns: as of `hokkaido_feed_page_show`.
    :raises ObjectNotFound: the dataset is not in the feed, because it does not exist or is not public.
    """
    tk.check_access("hokkaido_feed_dataset_show", context, data_dict)
    family, content_type = EXTENSIONS[data_dict["format"]]
    document = pages.dataset_page(
        model.Session(), PROFILES[data_dict["profile"]], family, data_dict["id"], data_dict["known"]
    )
    if document is None:
        raise tk.ObjectNotFound(tk._("The feed has no such dataset. It may not be public."))
    return dictized(document, content_type)


@tk.side_effect_free
@tk.validate_action_data(schema.feed_schema_org_show)
def hokkaido_feed_schema_org_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return a dataset in the words of schema.org, as its page holds it for search engines.

    :param id: id or name of a dataset.
    :returns: JSON-LD.
    :raises ObjectNotFound: the dataset is not in the feed, because it does not exist or is not public.
    """
    tk.check_access("hokkaido_feed_schema_org_show", context, data_dict)
    found = schema_org.shown(model.Session(), data_dict["id"])
    if found is None:
        raise tk.ObjectNotFound(tk._("The feed has no such dataset. It may not be public."))
    return found


def dictized(document: pages.Document, content_type: str) -> dict[str, Any]:
    """Return a document as the actions do."""
    return {
        "content_type": content_type,
        "content": document.body,
        "etag": document.etag,
        "modified": document.modified.isoformat() if document.modified else None,
    }
