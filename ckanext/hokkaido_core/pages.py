"""Links to the pages of a list, with words for those who see no arrows."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib.pagination import Page
from dominate import tags
from markupsafe import Markup

__all__ = ["pager"]

_DOTS = '<li class="disabled"><a href="#">...</a></li>'


def pager(page: Page, **given: Any) -> Markup:
    """Return the links of a list of several pages, nothing for a list of one.

    :param given: what the links keep of the address, such as `q` and `sort`.
    """
    links = str(
        page.pager(
            symbol_previous=_arrow("chevron-left", tk._("Previous page")),
            symbol_next=_arrow("chevron-right", tk._("Next page")),
            **given,
        )
    )
    if not links:
        return Markup()
    # CKAN's three dots are a link that leads nowhere, and nothing says which page is open.
    links = links.replace(_DOTS, '<li class="page-item disabled"><span class="page-link">…</span></li>')
    links = links.replace('<li class="page-item active"><a ', '<li class="page-item active"><a aria-current="page" ')
    return Markup('<nav class="hk-pages" aria-label="{}">{}</nav>').format(tk._("Pages of the list"), Markup(links))  # noqa: S704 - CKAN escaped it.


def _arrow(sign: str, words: str) -> tags.span:
    """Return what CKAN puts into a link: an element, since it escapes text."""
    arrow = tags.i(cls=f"fa-solid fa-{sign}", **{"aria-hidden": "true"})
    return tags.span(arrow, tags.span(words, cls="visually-hidden"), __pretty=False)
