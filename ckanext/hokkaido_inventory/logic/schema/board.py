"""Parameters of the actions on the response board."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.hokkaido_inventory.domain.board import SORTS, Group
from ckanext.hokkaido_inventory.domain.response_state import ResponseState

__all__ = ["board_extend", "board_show"]

_STATES = ["unanswered", "late", *(state.value for state in ResponseState)]
_SORTS = [*SORTS, *(f"-{name}" for name in SORTS)]


@validator_args
def board_show(
    not_empty: Validator,
    ignore: Validator,
    ignore_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    one_of: ValidatorFactory,
) -> Schema:
    return {
        "survey": [not_empty, unicode_safe],
        "group": [default(Group.TREE.value), one_of([group.value for group in Group])],
        "at": [ignore_empty, unicode_safe],
        "state": [ignore_empty, one_of(_STATES)],
        "bureau": [ignore_empty, unicode_safe],
        "q": [ignore_empty, unicode_safe],
        "sort": [ignore_empty, one_of(_SORTS)],
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def board_extend(
    not_empty: Validator,
    ignore: Validator,
    unicode_safe: Validator,
    hokkaido_day: Validator,
    hokkaido_unit_list: Validator,
) -> Schema:
    return {
        "survey": [not_empty, unicode_safe],
        "units": [not_empty, hokkaido_unit_list, not_empty],
        "deadline": [not_empty, hokkaido_day],
        "__extras": [ignore],
        "__junk": [ignore],
    }
