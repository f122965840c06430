"""Pages of a list of which an action returns a piece."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib.pagination import Page

__all__ = ["pager"]


def pager(piece: Sequence[Any], number: int, count: int, size: int) -> Page:
    """Return the links between the pages of a list.

    :param piece: what stands on the page at hand.
    :param number: of that page, from 1.
    :param count: of everything in the list.
    :param size: how many stand on a page.
    """
    told = {"collection": piece, "page": number, "item_count": count, "items_per_page": size}
    return Page(url=tk.h.pager_url, presliced_list=True, **told)
