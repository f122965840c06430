"""Parameters of the actions on reviews, delegations and the trail."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

__all__ = [
    "delegation_create",
    "delegation_list",
    "delegation_revoke",
    "review_approve",
    "review_list",
    "trail_list",
]


@validator_args
def review_list(
    ignore_empty: Validator,
    ignore: Validator,
    unicode_safe: Validator,
    natural_number_validator: Validator,
    limit_to_configured_maximum: ValidatorFactory,
    default: ValidatorFactory,
) -> Schema:
    return {
        "survey": [ignore_empty, unicode_safe],
        "q": [ignore_empty, unicode_safe],
        "start": [default(0), natural_number_validator],
        "rows": [default(50), natural_number_validator, limit_to_configured_maximum("", 200)],
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def review_approve(
    not_empty: Validator, ignore: Validator, unicode_safe: Validator, int_validator: Validator
) -> Schema:
    return {
        "responses": {
            "survey": [not_empty, unicode_safe],
            "unit": [not_empty, unicode_safe],
            "version": [not_empty, int_validator],
            "__extras": [ignore],
        },
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def delegation_create(
    not_empty: Validator, ignore: Validator, unicode_safe: Validator, hokkaido_day: Validator
) -> Schema:
    return {
        "unit": [not_empty, unicode_safe],
        "to": [not_empty, unicode_safe],
        "starts_on": [not_empty, hokkaido_day],
        "ends_on": [not_empty, hokkaido_day],
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def delegation_revoke(not_empty: Validator, ignore: Validator, unicode_safe: Validator) -> Schema:
    return {"id": [not_empty, unicode_safe], "__extras": [ignore], "__junk": [ignore]}


@validator_args
def delegation_list(ignore: Validator) -> Schema:
    return {"__extras": [ignore], "__junk": [ignore]}


@validator_args
def trail_list(
    not_empty: Validator,
    ignore_empty: Validator,
    ignore: Validator,
    unicode_safe: Validator,
    natural_number_validator: Validator,
    limit_to_configured_maximum: ValidatorFactory,
    default: ValidatorFactory,
) -> Schema:
    return {
        "survey": [not_empty, unicode_safe],
        "unit": [ignore_empty, unicode_safe],
        "start": [default(0), natural_number_validator],
        "rows": [default(200), natural_number_validator, limit_to_configured_maximum("", 5000)],
        "__extras": [ignore],
        "__junk": [ignore],
    }
