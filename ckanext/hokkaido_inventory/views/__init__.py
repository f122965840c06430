"""Pages of the inventory survey; each parses the request, calls an action, and renders or redirects."""

from __future__ import annotations

from ckanext.hokkaido_inventory.views.answer import answer
from ckanext.hokkaido_inventory.views.board import board
from ckanext.hokkaido_inventory.views.changes import changes
from ckanext.hokkaido_inventory.views.confirmation import confirmation
from ckanext.hokkaido_inventory.views.grid import grid
from ckanext.hokkaido_inventory.views.holding import holding
from ckanext.hokkaido_inventory.views.intake import intake
from ckanext.hokkaido_inventory.views.invitation import invitation
from ckanext.hokkaido_inventory.views.opening import opening
from ckanext.hokkaido_inventory.views.people import people
from ckanext.hokkaido_inventory.views.remark import remark
from ckanext.hokkaido_inventory.views.reminder import reminder
from ckanext.hokkaido_inventory.views.response import response
from ckanext.hokkaido_inventory.views.review import review
from ckanext.hokkaido_inventory.views.round import round_
from ckanext.hokkaido_inventory.views.seed import seed
from ckanext.hokkaido_inventory.views.similar import similar
from ckanext.hokkaido_inventory.views.survey import survey
from ckanext.hokkaido_inventory.views.trail import trail
from ckanext.hokkaido_inventory.views.workbook import workbook

__all__ = [
    "answer",
    "board",
    "changes",
    "confirmation",
    "grid",
    "holding",
    "intake",
    "invitation",
    "opening",
    "people",
    "remark",
    "reminder",
    "response",
    "review",
    "round_",
    "seed",
    "similar",
    "survey",
    "trail",
    "workbook",
]
