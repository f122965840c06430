"""Parameters of the actions on answers and workbooks."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.hokkaido_inventory.domain.questions import QUESTIONS
from ckanext.hokkaido_inventory.domain.standing import SAYABLE
from ckanext.hokkaido_inventory.logic.schema.intake import intake_choices
from ckanext.hokkaido_inventory.logic.schema.response import response_show

__all__ = [
    "OFFICIAL",
    "TEMPLATE",
    "answer_bulk_update",
    "answer_confirm",
    "answer_delete",
    "answer_show",
    "answer_update",
    "workbook_import",
    "workbook_show",
]

#: The forms in which a unit's rows go out.
TEMPLATE, OFFICIAL = "template", "official"


@validator_args
def answer_update(
    ignore_empty: Validator, unicode_safe: Validator, int_validator: Validator, hokkaido_keep_blank: Validator
) -> Schema:
    return (
        {question.key: [hokkaido_keep_blank] for question in QUESTIONS}
        | response_show()
        | {
            "id": [ignore_empty, unicode_safe],
            "number": [ignore_empty, int_validator],
            "version": [ignore_empty, int_validator],
        }
    )


@validator_args
def answer_bulk_update(
    ignore: Validator,
    ignore_empty: Validator,
    unicode_safe: Validator,
    int_validator: Validator,
    hokkaido_keep_blank: Validator,
) -> Schema:
    row = {question.key: [hokkaido_keep_blank] for question in QUESTIONS} | {
        "id": [ignore_empty, unicode_safe],
        "number": [ignore_empty, int_validator],
        "version": [ignore_empty, int_validator],
        "__extras": [ignore],
        "__junk": [ignore],
    }
    return response_show() | {"rows": row, "key": [ignore_empty, unicode_safe]}


@validator_args
def answer_confirm(
    not_empty: Validator,
    ignore_empty: Validator,
    ignore_missing: Validator,
    int_validator: Validator,
    hokkaido_id_list: Validator,
    one_of: ValidatorFactory,
) -> Schema:
    return response_show() | {
        "change": [not_empty, one_of([word.value for word in SAYABLE])],
        # An empty list means no row, never all of them.
        "ids": [ignore_missing, hokkaido_id_list],
        "version": [ignore_empty, int_validator],
    }


@validator_args
def answer_delete(
    not_empty: Validator, ignore: Validator, ignore_empty: Validator, unicode_safe: Validator, int_validator: Validator
) -> Schema:
    return {
        "id": [not_empty, unicode_safe],
        "version": [ignore_empty, int_validator],
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def answer_show(not_empty: Validator, ignore: Validator, unicode_safe: Validator) -> Schema:
    return {"id": [not_empty, unicode_safe], "__extras": [ignore], "__junk": [ignore]}


@validator_args
def workbook_import(not_empty: Validator, boolean_validator: Validator, default: ValidatorFactory) -> Schema:
    return intake_choices() | {"upload": [not_empty], "dry_run": [default(False), boolean_validator]}


@validator_args
def workbook_show(default: ValidatorFactory, one_of: ValidatorFactory) -> Schema:
    return response_show() | {"form": [default(TEMPLATE), one_of([TEMPLATE, OFFICIAL])]}
