"""Parameters of the actions on the plan of openings."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

__all__ = ["opening_list", "opening_update"]

PAGE = 100
MOST = 5000
LONGEST_NOTE = 2000


@validator_args
def opening_update(
    not_empty: Validator,
    ignore: Validator,
    ignore_empty: Validator,
    unicode_safe: Validator,
    hokkaido_day: Validator,
    hokkaido_keep_blank: Validator,
) -> Schema:
    return {
        "holding": [not_empty, unicode_safe],
        "planned_on": [ignore_empty, hokkaido_day],
        "note": [hokkaido_keep_blank, unicode_safe, lambda value: value.strip()[:LONGEST_NOTE]],
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def opening_list(
    ignore: Validator,
    ignore_empty: Validator,
    unicode_safe: Validator,
    natural_number_validator: Validator,
    boolean_validator: Validator,
    default: ValidatorFactory,
) -> Schema:
    return {
        "unit": [ignore_empty, unicode_safe],
        "unplanned": [default(False), boolean_validator],
        "start": [default(0), natural_number_validator],
        "rows": [default(PAGE), natural_number_validator, lambda value: min(value, MOST)],
        "__extras": [ignore],
        "__junk": [ignore],
    }
