"""Parameters of the actions on holdings and on the datasets they grow into."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

__all__ = [
    "dataset_publish",
    "holding_promote",
    "holding_promote_many",
    "holding_search",
    "holding_show",
    "inventory_reconcile",
]

PAGE = 20
MOST = 1000


@validator_args
def holding_search(
    ignore: Validator,
    ignore_empty: Validator,
    unicode_safe: Validator,
    natural_number_validator: Validator,
    default: ValidatorFactory,
) -> Schema:
    return {
        "q": [ignore_empty, unicode_safe],
        "unit": [ignore_empty, unicode_safe],
        "decision": [ignore_empty, unicode_safe],
        "status": [ignore_empty, unicode_safe],
        "start": [default(0), natural_number_validator],
        "rows": [default(PAGE), natural_number_validator, lambda value: min(value, MOST)],
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def holding_show(not_empty: Validator, ignore: Validator, unicode_safe: Validator) -> Schema:
    return {"id": [not_empty, unicode_safe], "__extras": [ignore], "__junk": [ignore]}


holding_promote = dataset_publish = holding_show


@validator_args
def holding_promote_many(not_empty: Validator, ignore: Validator, hokkaido_id_list: Validator) -> Schema:
    return {"ids": [not_empty, hokkaido_id_list], "__extras": [ignore], "__junk": [ignore]}


@validator_args
def inventory_reconcile(ignore: Validator, boolean_validator: Validator, default: ValidatorFactory) -> Schema:
    return {"fix": [default(False), boolean_validator], "__extras": [ignore], "__junk": [ignore]}
