"""Parameters of the actions on surveys."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

__all__ = [
    "survey_archive",
    "survey_close",
    "survey_create",
    "survey_list",
    "survey_open",
    "survey_publish",
    "survey_reopen",
    "survey_show",
    "survey_update",
    "unit_list",
]


@validator_args
def survey_create(  # noqa: PLR0913, PLR0917 - validators come as parameters.
    not_empty: Validator,
    ignore: Validator,
    ignore_empty: Validator,
    unicode_safe: Validator,
    int_validator: Validator,
    boolean_validator: Validator,
    default: ValidatorFactory,
    hokkaido_day: Validator,
    hokkaido_unit_list: Validator,
) -> Schema:
    return {
        "title": [not_empty, unicode_safe],
        "fiscal_year": [not_empty, int_validator],
        "deadline": [not_empty, hokkaido_day],
        "instructions": [ignore_empty, unicode_safe],
        "units": [not_empty, hokkaido_unit_list],
        "open": [default(False), boolean_validator],
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def survey_update(
    not_empty: Validator,
    ignore: Validator,
    ignore_missing: Validator,
    unicode_safe: Validator,
    int_validator: Validator,
    hokkaido_day: Validator,
    hokkaido_unit_list: Validator,
) -> Schema:
    return {
        "id": [not_empty, unicode_safe],
        "title": [ignore_missing, not_empty, unicode_safe],
        "fiscal_year": [ignore_missing, not_empty, int_validator],
        "deadline": [ignore_missing, not_empty, hokkaido_day],
        "instructions": [ignore_missing, unicode_safe],
        "units": [ignore_missing, not_empty, hokkaido_unit_list],
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def survey_step(not_empty: Validator, ignore: Validator, unicode_safe: Validator) -> Schema:
    return {"id": [not_empty, unicode_safe], "__extras": [ignore], "__junk": [ignore]}


@validator_args
def survey_show(boolean_validator: Validator, default: ValidatorFactory) -> Schema:
    return survey_step() | {"responses": [default(True), boolean_validator]}


@validator_args
def survey_list(ignore_empty: Validator, ignore: Validator, unicode_safe: Validator) -> Schema:
    return {"state": [ignore_empty, unicode_safe], "__extras": [ignore], "__junk": [ignore]}


@validator_args
def survey_reopen(
    not_empty: Validator,
    ignore: Validator,
    ignore_empty: Validator,
    unicode_safe: Validator,
    hokkaido_day: Validator,
) -> Schema:
    return {
        "id": [not_empty, unicode_safe],
        "deadline": [ignore_empty, hokkaido_day],
        "__extras": [ignore],
        "__junk": [ignore],
    }


survey_open = survey_close = survey_publish = survey_archive = survey_step


@validator_args
def unit_list(ignore: Validator) -> Schema:
    return {"__extras": [ignore], "__junk": [ignore]}
