"""Parameters of the actions on surveys."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

__all__ = [
    "survey_archive",
    "survey_close",
    "survey_create",
    "survey_extend",
    "survey_list",
    "survey_open",
    "survey_publish",
    "survey_reopen",
    "survey_roll_over",
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
    hokkaido_bureaus: Validator,
    hokkaido_unit_list: Validator,
    hokkaido_question_set: Validator,
) -> Schema:
    return {
        "title": [not_empty, unicode_safe],
        "fiscal_year": [not_empty, int_validator],
        "deadline": [not_empty, hokkaido_day],
        "instructions": [ignore_empty, unicode_safe],
        "units": [ignore_empty, hokkaido_unit_list],
        "kinds": [ignore_empty, hokkaido_unit_list],
        "bureaus": [ignore_empty, hokkaido_bureaus],
        "question_set": [ignore_empty, hokkaido_question_set],
        "opens_on": [ignore_empty, hokkaido_day],
        "training": [default(False), boolean_validator],
        "second_stage": [default(False), boolean_validator],
        "open": [default(False), boolean_validator],
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def survey_update(  # noqa: PLR0913, PLR0917 - validators come as parameters.
    not_empty: Validator,
    ignore: Validator,
    ignore_empty: Validator,
    ignore_missing: Validator,
    boolean_validator: Validator,
    hokkaido_bureaus: Validator,
    hokkaido_day_or_none: Validator,
    hokkaido_question_set: Validator,
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
        "kinds": [ignore_empty, hokkaido_unit_list],
        "bureaus": [ignore_empty, hokkaido_bureaus],
        "question_set": [ignore_empty, hokkaido_question_set],
        "opens_on": [ignore_missing, hokkaido_day_or_none],
        "training": [ignore_missing, boolean_validator],
        "second_stage": [ignore_missing, boolean_validator],
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
        "reason": [ignore_empty, unicode_safe],
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def survey_roll_over(  # noqa: PLR0913, PLR0917 - validators come as parameters.
    not_empty: Validator,
    ignore: Validator,
    ignore_empty: Validator,
    unicode_safe: Validator,
    int_validator: Validator,
    boolean_validator: Validator,
    default: ValidatorFactory,
    hokkaido_day: Validator,
) -> Schema:
    return {
        "id": [not_empty, unicode_safe],
        "title": [ignore_empty, unicode_safe],
        "fiscal_year": [ignore_empty, int_validator],
        "deadline": [ignore_empty, hokkaido_day],
        "opens_on": [ignore_empty, hokkaido_day],
        "training": [default(False), boolean_validator],
        "open": [default(False), boolean_validator],
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def survey_extend(
    not_empty: Validator,
    ignore: Validator,
    unicode_safe: Validator,
    hokkaido_day: Validator,
    hokkaido_unit_list: Validator,
) -> Schema:
    return {
        "id": [not_empty, unicode_safe],
        "units": [not_empty, hokkaido_unit_list],
        "deadline": [not_empty, hokkaido_day],
        "__extras": [ignore],
        "__junk": [ignore],
    }


survey_open = survey_close = survey_publish = survey_archive = survey_step


@validator_args
def unit_list(ignore: Validator) -> Schema:
    return {"__extras": [ignore], "__junk": [ignore]}
