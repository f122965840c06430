"""Who may note minutes."""

from __future__ import annotations

from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_inventory.domain.burden import Work
from ckanext.hokkaido_inventory.logic.auth import permission

__all__ = ["hokkaido_burden_create"]


def hokkaido_burden_create(context: Context, data_dict: DataDict) -> AuthResult:
    if data_dict.get("work") == Work.REVIEWING:
        return permission.approves_for(context, data_dict)
    return permission.answers_for(context, data_dict)
