"""What CKAN announces as new, changed or deleted just before a commit."""

from __future__ import annotations

from typing import Any

from ckan import model
from sqlalchemy.orm import Session, object_session

__all__ = ["dataset_of", "remember"]


def dataset_of(entity: Any) -> str | None:
    """Return the id of the dataset that an object is or belongs to, nothing for other objects."""
    if isinstance(entity, model.Package):
        return entity.id
    return entity.package_id if isinstance(entity, model.Resource) else None


def remember(entity: Any, name: str, noted: str | None) -> None:
    """Note something of an object, under a name, in its session, where a listener of the commit finds it.

    :param noted: nothing is not noted.
    """
    if noted:
        session: Session = object_session(entity) or model.Session()
        session.info.setdefault(name, set()).add(noted)
