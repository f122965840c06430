"""Who may call the actions on the response board and the burden ledger: the survey office."""

from __future__ import annotations

from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_inventory.logic.auth import permission

__all__ = ["hokkaido_board_extend", "hokkaido_board_show", "hokkaido_burden_list"]


def hokkaido_board_show(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_this_survey(context, {"id": data_dict.get("survey")})


def hokkaido_board_extend(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_this_survey(context, {"id": data_dict.get("survey")})


def hokkaido_burden_list(context: Context, data_dict: DataDict) -> AuthResult:
    return permission.runs_this_survey(context, {"id": data_dict.get("survey")})
