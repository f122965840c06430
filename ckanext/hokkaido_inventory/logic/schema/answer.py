"""Parameters of the actions on answers and workbooks."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.hokkaido_inventory.domain.questions import QUESTIONS
from ckanext.hokkaido_inventory.logic.schema.intake import intake_choices
from ckanext.hokkaido_inventory.logic.schema.response import response_show

__all__ = ["answer_delete", "answer_show", "answer_update", "workbook_import", "workbook_show"]


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


workbook_show = response_show
