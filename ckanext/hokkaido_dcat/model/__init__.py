"""Tables of the feed."""

from __future__ import annotations

from ckanext.hokkaido_dcat.model.entry import Entry, State
from ckanext.hokkaido_dcat.model.fragment import Fragment

__all__ = ["Entry", "Fragment", "State"]
