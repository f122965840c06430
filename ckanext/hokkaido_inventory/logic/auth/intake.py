"""Who may call the actions on files on their way into a response: whoever answers for the unit."""

from __future__ import annotations

from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_inventory.logic.auth import permission

__all__ = [
    "hokkaido_intake_confirm",
    "hokkaido_intake_create",
    "hokkaido_intake_drop",
    "hokkaido_intake_mark",
    "hokkaido_intake_show",
    "hokkaido_intake_update",
]


def hokkaido_intake_create(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.answers_for(context, data_dict)


def hokkaido_intake_show(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.answers_for(context, data_dict)


def hokkaido_intake_update(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.answers_for(context, data_dict)


def hokkaido_intake_confirm(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.answers_for(context, data_dict)


def hokkaido_intake_drop(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.answers_for(context, data_dict)


def hokkaido_intake_mark(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.answers_for(context, data_dict)
