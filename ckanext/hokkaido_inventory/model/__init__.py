"""Tables of the inventory survey; none of it is a CKAN package."""

from __future__ import annotations

from ckanext.hokkaido_inventory.model.answer import Answer
from ckanext.hokkaido_inventory.model.assignment import Assignment
from ckanext.hokkaido_inventory.model.burden import Burden
from ckanext.hokkaido_inventory.model.delegation import Delegation
from ckanext.hokkaido_inventory.model.event import Event
from ckanext.hokkaido_inventory.model.holding import Holding
from ckanext.hokkaido_inventory.model.intake import Intake
from ckanext.hokkaido_inventory.model.invitation import Invitation
from ckanext.hokkaido_inventory.model.mapping import Mapping
from ckanext.hokkaido_inventory.model.opening import Opening
from ckanext.hokkaido_inventory.model.promotion import Promotion
from ckanext.hokkaido_inventory.model.published import Published
from ckanext.hokkaido_inventory.model.receipt import Receipt
from ckanext.hokkaido_inventory.model.remark import Remark
from ckanext.hokkaido_inventory.model.reminder import Reminder
from ckanext.hokkaido_inventory.model.response import Response
from ckanext.hokkaido_inventory.model.similar import Similar
from ckanext.hokkaido_inventory.model.succession import Succession
from ckanext.hokkaido_inventory.model.survey import Survey
from ckanext.hokkaido_inventory.model.tally import Tally

__all__ = [
    "Answer",
    "Assignment",
    "Burden",
    "Delegation",
    "Event",
    "Holding",
    "Intake",
    "Invitation",
    "Mapping",
    "Opening",
    "Promotion",
    "Published",
    "Receipt",
    "Remark",
    "Reminder",
    "Response",
    "Similar",
    "Succession",
    "Survey",
    "Tally",
]
