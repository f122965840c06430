"""Parameters of the actions on reminders."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator

__all__ = ["reminder_list", "reminder_send"]


@validator_args
def reminder_list(ignore: Validator) -> Schema:
    return {"__extras": [ignore], "__junk": [ignore]}


@validator_args
def reminder_send(
    not_empty: Validator, ignore: Validator, unicode_safe: Validator, hokkaido_unit_list: Validator
) -> Schema:
    return {
        "survey": [not_empty, unicode_safe],
        "units": [not_empty, hokkaido_unit_list],
        "__extras": [ignore],
        "__junk": [ignore],
    }
