"""Pages of the inventory survey; each parses the request, calls an action, and renders or redirects."""

from __future__ import annotations

from ckanext.hokkaido_inventory.views.answer import answer
from ckanext.hokkaido_inventory.views.board import board
from ckanext.hokkaido_inventory.views.holding import holding
from ckanext.hokkaido_inventory.views.intake import intake
from ckanext.hokkaido_inventory.views.opening import opening
from ckanext.hokkaido_inventory.views.response import response
from ckanext.hokkaido_inventory.views.survey import survey
from ckanext.hokkaido_inventory.views.workbook import workbook

__all__ = ["answer", "board", "holding", "intake", "opening", "response", "survey", "workbook"]
