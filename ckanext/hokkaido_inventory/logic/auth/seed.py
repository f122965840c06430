"""Who may draft rows."""

from __future__ import annotations

from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_inventory.logic.auth import permission

__all__ = ["hokkaido_response_seed"]


def hokkaido_response_seed(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.answers_for(context, data_dict)
