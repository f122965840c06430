"""Who may call the actions on surveys."""

from __future__ import annotations

from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_inventory.logic.auth import permission

__all__ = [
    "hokkaido_survey_archive",
    "hokkaido_survey_close",
    "hokkaido_survey_create",
    "hokkaido_survey_extend",
    "hokkaido_survey_list",
    "hokkaido_survey_open",
    "hokkaido_survey_publish",
    "hokkaido_survey_reopen",
    "hokkaido_survey_roll_over",
    "hokkaido_survey_show",
    "hokkaido_survey_update",
    "hokkaido_unit_list",
    "hokkaido_unit_transfer",
]


def hokkaido_survey_create(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_surveys(context, data_dict)


def hokkaido_survey_list(_context: Context, _data_dict: DataDict) -> AuthResult:
    # Whoever is signed in may ask; the gate decides what the list holds.
    return {"success": True}


def hokkaido_survey_show(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.knows_survey(context, data_dict)


def hokkaido_survey_update(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_this_survey(context, data_dict)


def hokkaido_survey_open(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_this_survey(context, data_dict)


def hokkaido_survey_close(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_this_survey(context, data_dict)


def hokkaido_survey_reopen(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_this_survey(context, data_dict)


def hokkaido_survey_roll_over(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_this_survey(context, data_dict)


def hokkaido_survey_extend(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_this_survey(context, data_dict)


def hokkaido_survey_publish(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_this_survey(context, data_dict)


def hokkaido_survey_archive(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_this_survey(context, data_dict)


def hokkaido_unit_list(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_surveys(context, data_dict)


def hokkaido_unit_transfer(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_surveys(context, data_dict)
