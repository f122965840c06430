"""Parameters of the actions on files on their way into a response."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.hokkaido_inventory.domain.merging import Side
from ckanext.hokkaido_inventory.logic.schema.response import response_show

__all__ = ["intake_choices", "intake_create", "intake_show", "intake_update"]


@validator_args
def intake_create(not_empty: Validator) -> Schema:
    return response_show() | {"upload": [not_empty]}


@validator_args
def intake_show(not_empty: Validator, unicode_safe: Validator) -> Schema:
    return response_show() | {"id": [not_empty, unicode_safe]}


@validator_args
def intake_choices(
    ignore_empty: Validator,
    unicode_safe: Validator,
    hokkaido_header_rows: Validator,
    hokkaido_mapping: Validator,
    hokkaido_sides: Validator,
    one_of: ValidatorFactory,
) -> Schema:
    return response_show() | {
        "sheet": [ignore_empty, unicode_safe],
        "header_rows": [ignore_empty, hokkaido_header_rows],
        "mapping": [ignore_empty, hokkaido_mapping],
        "choices": [ignore_empty, hokkaido_sides],
        "choice": [ignore_empty, one_of(list(Side))],
    }


def intake_update() -> Schema:
    return intake_choices() | intake_show()
