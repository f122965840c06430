"""Parameters of the actions on holdings and on the datasets they grow into."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.hokkaido_inventory.domain.difference import Kind
from ckanext.hokkaido_inventory.domain.index_query import FACETS, LAST, SORTS
from ckanext.hokkaido_inventory.domain.listing import Listing
from ckanext.hokkaido_inventory.domain.withdrawal import WithdrawalReason

__all__ = [
    "holding_list",
    "holding_promote",
    "holding_promote_many",
    "holding_search",
    "holding_show",
    "holding_withdraw",
    "inventory_difference",
    "inventory_reconcile",
    "inventory_reindex",
]

PAGE = 20
MOST = 1000
#: A file of differences holds so many rows; more is no difference any more but another list.
MOST_DIFFERENCES = 200_000


@validator_args
def holding_search(
    ignore: Validator,
    ignore_empty: Validator,
    unicode_safe: Validator,
    natural_number_validator: Validator,
    default: ValidatorFactory,
    one_of: ValidatorFactory,
) -> Schema:
    return {
        "q": [ignore_empty, unicode_safe],
        "unit": [ignore_empty, unicode_safe],
        **{facet: [ignore_empty, unicode_safe] for facet in FACETS},
        "listing": [ignore_empty, one_of([Listing.PUBLIC.value, Listing.STAFF.value])],
        "sort": [ignore_empty, one_of(list(SORTS))],
        "start": [default(0), natural_number_validator, lambda value: min(value, LAST)],
        "rows": [default(PAGE), natural_number_validator, lambda value: min(value, MOST)],
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def holding_show(not_empty: Validator, ignore: Validator, unicode_safe: Validator) -> Schema:
    return {"id": [not_empty, unicode_safe], "__extras": [ignore], "__junk": [ignore]}


@validator_args
def holding_list(not_empty: Validator, ignore: Validator, hokkaido_id_list: Validator) -> Schema:
    return {"ids": [not_empty, hokkaido_id_list], "__extras": [ignore], "__junk": [ignore]}


holding_promote = holding_show


holding_promote_many = holding_list


@validator_args
def inventory_reconcile(ignore: Validator, boolean_validator: Validator, default: ValidatorFactory) -> Schema:
    return {"fix": [default(False), boolean_validator], "__extras": [ignore], "__junk": [ignore]}


@validator_args
def holding_withdraw(
    not_empty: Validator, ignore: Validator, unicode_safe: Validator, one_of: ValidatorFactory
) -> Schema:
    return {
        "id": [not_empty, unicode_safe],
        "reason": [not_empty, unicode_safe, one_of([reason.value for reason in WithdrawalReason])],
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def inventory_difference(
    ignore: Validator,
    ignore_empty: Validator,
    unicode_safe: Validator,
    natural_number_validator: Validator,
    default: ValidatorFactory,
    one_of: ValidatorFactory,
) -> Schema:
    return {
        "from": [ignore_empty, unicode_safe],
        "to": [ignore_empty, unicode_safe],
        "unit": [ignore_empty, unicode_safe],
        "kind": [ignore_empty, one_of([kind.value for kind in Kind])],
        "start": [default(0), natural_number_validator, lambda value: min(value, MOST_DIFFERENCES)],
        "rows": [default(PAGE), natural_number_validator, lambda value: min(value, MOST_DIFFERENCES)],
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def inventory_reindex(ignore: Validator) -> Schema:
    return {"__extras": [ignore], "__junk": [ignore]}
