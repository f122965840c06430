"""Who may call the actions on responses."""

from __future__ import annotations

from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_inventory.logic.auth import permission

__all__ = [
    "hokkaido_response_approve",
    "hokkaido_response_extend",
    "hokkaido_response_list",
    "hokkaido_response_return",
    "hokkaido_response_show",
    "hokkaido_response_submit",
]


def hokkaido_response_show(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.knows_response(context, data_dict)


def hokkaido_response_list(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.knows_survey(context, {"id": data_dict.get("survey")})


def hokkaido_response_submit(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.answers_for(context, data_dict)


def hokkaido_response_return(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.returns_for(context, data_dict)


def hokkaido_response_approve(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.approves_for(context, data_dict)


def hokkaido_response_extend(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_this_response(context, data_dict)
