"""Who may call the actions on answers and workbooks."""

from __future__ import annotations

from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_inventory.logic.auth import permission

__all__ = [
    "hokkaido_answer_bulk_update",
    "hokkaido_answer_confirm",
    "hokkaido_answer_delete",
    "hokkaido_answer_show",
    "hokkaido_answer_update",
    "hokkaido_workbook_import",
    "hokkaido_workbook_show",
]


def hokkaido_answer_show(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.knows_row(context, data_dict)


def hokkaido_answer_update(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.answers_for(context, data_dict)


def hokkaido_answer_bulk_update(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.answers_for(context, data_dict)


def hokkaido_answer_confirm(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.answers_for(context, data_dict)


def hokkaido_answer_delete(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.answers_for_row(context, data_dict)


def hokkaido_workbook_import(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.answers_for(context, data_dict)


def hokkaido_workbook_show(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.knows_response(context, data_dict)
