"""Keeps the names that organisations had, however they are changed: by the page, the form of CKAN or the API."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy import event
from sqlalchemy.engine import Connection

from ckanext.hokkaido_schema.model import FormerName
from ckanext.hokkaido_schema.service.reorganization import keep_name

__all__ = ["watch"]


def watch() -> None:
    """Listen to what changes organisations; listening twice is the same as once."""
    if not event.contains(model.Group, "before_update", _keep_former_name):
        event.listen(model.Group, "before_update", _keep_former_name)


def _keep_former_name(_mapper: Any, connection: Connection, group: model.Group) -> None:
    before = sa.inspect(group).attrs.name.history.deleted
    if group.is_organization and before and before[0] != group.name:
        keep_name(connection, before[0], group.id)
        # A name that is in use again leads nowhere else.
        connection.execute(sa.delete(FormerName).where(FormerName.name == group.name))
