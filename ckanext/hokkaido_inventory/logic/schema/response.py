"""Parameters of the actions on responses."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

__all__ = [
    "response_approve",
    "response_extend",
    "response_list",
    "response_return",
    "response_show",
    "response_submit",
]


@validator_args
def response_show(not_empty: Validator, ignore: Validator, unicode_safe: Validator) -> Schema:
    return {
        "survey": [not_empty, unicode_safe],
        "unit": [not_empty, unicode_safe],
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def response_list(not_empty: Validator, ignore: Validator, unicode_safe: Validator) -> Schema:
    return {"survey": [not_empty, unicode_safe], "__extras": [ignore], "__junk": [ignore]}


@validator_args
def response_submit(
    not_empty: Validator,
    ignore_empty: Validator,
    unicode_safe: Validator,
    int_validator: Validator,
    boolean_validator: Validator,
    default: ValidatorFactory,
    hokkaido_minutes: Validator,
) -> Schema:
    return response_show() | {
        "version": [not_empty, int_validator],
        "none_held": [default(False), boolean_validator],
        "signer": [ignore_empty, unicode_safe],
        "minutes": [ignore_empty, hokkaido_minutes],
    }


@validator_args
def response_approve(not_empty: Validator, int_validator: Validator) -> Schema:
    return response_show() | {"version": [not_empty, int_validator]}


@validator_args
def response_return(
    not_empty: Validator,
    ignore: Validator,
    ignore_empty: Validator,
    unicode_safe: Validator,
) -> Schema:
    remark = {
        "answer": [ignore_empty, unicode_safe],
        "field": [ignore_empty, unicode_safe],
        "text": [not_empty, unicode_safe],
        "__extras": [ignore],
    }
    return response_approve() | {"remark": [ignore_empty, unicode_safe], "remarks": remark}


@validator_args
def response_extend(not_empty: Validator, hokkaido_day: Validator) -> Schema:
    return response_show() | {"deadline": [not_empty, hokkaido_day]}
