"""Permission labels: by them CKAN decides who finds and sees a dataset, in the search as on its page."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.lib.plugins import DefaultPermissionLabels

from ckanext.hokkaido_schema.domain.access import STAFF_KINDS, STAFF_LABEL, Audience

__all__ = ["StaffLabels", "is_staff"]


class StaffLabels(DefaultPermissionLabels):
    """CKAN's own labels, and one for what all staff may see (庁内)."""

    def get_dataset_labels(self, dataset_obj: model.Package) -> list[str]:
        """Return the labels of a dataset; that of the staff for a private one whose editors chose it."""
        labels = super().get_dataset_labels(dataset_obj)
        shared = (dataset_obj.extras or {}).get("audience") == Audience.STAFF
        if shared and dataset_obj.private and dataset_obj.state == model.State.ACTIVE:
            labels.append(STAFF_LABEL)
        return labels

    def get_user_dataset_labels(self, user_obj: Any) -> list[str]:
        """Return the labels of a person."""
        labels = super().get_user_dataset_labels(user_obj)
        if user_obj and not user_obj.is_anonymous and is_staff(user_obj.id):
            labels.append(STAFF_LABEL)
        return labels


def is_staff(user_id: str) -> bool:
    """Tell whether a person belongs to a unit of government."""
    member, group = model.Member.__table__, model.Group.__table__
    statement = sa.select(
        sa.exists().where(
            member.c.group_id == group.c.id,
            member.c.table_name == "user",
            member.c.table_id == user_id,
            member.c.state == "active",
            group.c.state == "active",
            group.c.is_organization,
            group.c.extras["kind"].astext.in_(STAFF_KINDS),
        )
    )
    return model.Session.execute(statement).scalar_one()
