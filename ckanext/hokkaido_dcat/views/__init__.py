"""Pages of the feed."""

from __future__ import annotations

from ckanext.hokkaido_dcat.views.feed import feed

__all__ = ["feed"]
