"""Tables of the feed."""

from __future__ import annotations

from ckanext.hokkaido_dcat.model.change import Change, Kind
from ckanext.hokkaido_dcat.model.entry import Entry, State
from ckanext.hokkaido_dcat.model.fragment import Fragment
from ckanext.hokkaido_dcat.model.visit import Visit

__all__ = ["Change", "Entry", "Fragment", "Kind", "State", "Visit"]
