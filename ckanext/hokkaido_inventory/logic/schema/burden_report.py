"""Parameters of the action on the burden ledger."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator

__all__ = ["burden_list"]


@validator_args
def burden_list(not_empty: Validator, ignore: Validator, unicode_safe: Validator) -> Schema:
    return {"survey": [not_empty, unicode_safe], "__extras": [ignore], "__junk": [ignore]}
