"""Parameters of the actions on rows that look alike."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

__all__ = ["holding_similar", "similar_find", "similar_list"]

PAGE = 20
MOST = 100


@validator_args
def holding_similar(not_empty: Validator, ignore: Validator, unicode_safe: Validator) -> Schema:
    return {"id": [not_empty, unicode_safe], "__extras": [ignore], "__junk": [ignore]}


@validator_args
def similar_find(not_empty: Validator, ignore: Validator, unicode_safe: Validator) -> Schema:
    return {"survey": [not_empty, unicode_safe], "__extras": [ignore], "__junk": [ignore]}


@validator_args
def similar_list(natural_number_validator: Validator, default: ValidatorFactory) -> Schema:
    return similar_find() | {
        "start": [default(0), natural_number_validator],
        "rows": [default(PAGE), natural_number_validator, lambda value: min(value, MOST)],
    }
