"""Parameters of the burden ledger."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.hokkaido_inventory.domain.burden import Work
from ckanext.hokkaido_inventory.logic.schema.response import response_show

__all__ = ["burden_create"]


@validator_args
def burden_create(not_empty: Validator, one_of: ValidatorFactory, hokkaido_minutes: Validator) -> Schema:
    return response_show() | {
        "work": [not_empty, one_of([work.value for work in Work])],
        "minutes": [not_empty, hokkaido_minutes],
    }
