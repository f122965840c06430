"""Pages of the inventory survey; each parses the request, calls an action, and renders or redirects."""

from __future__ import annotations

from ckanext.hokkaido_inventory.views.answer import answer
from ckanext.hokkaido_inventory.views.holding import holding
from ckanext.hokkaido_inventory.views.invitation import invitation
from ckanext.hokkaido_inventory.views.people import people
from ckanext.hokkaido_inventory.views.response import response
from ckanext.hokkaido_inventory.views.round import round_
from ckanext.hokkaido_inventory.views.survey import survey
from ckanext.hokkaido_inventory.views.workbook import workbook

__all__ = ["answer", "holding", "invitation", "people", "response", "round_", "survey", "workbook"]
