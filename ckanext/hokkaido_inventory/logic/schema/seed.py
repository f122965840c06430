"""Parameters of the action that drafts rows."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.hokkaido_inventory.logic.schema.response import response_show

__all__ = ["response_seed"]


@validator_args
def response_seed(
    not_empty: Validator,
    ignore_empty: Validator,
    unicode_safe: Validator,
    boolean_validator: Validator,
    default: ValidatorFactory,
) -> Schema:
    return response_show() | {
        "source": [not_empty, unicode_safe],
        "upload": [ignore_empty],
        "dry_run": [default(False), boolean_validator],
    }
