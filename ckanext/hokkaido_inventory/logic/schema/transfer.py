"""Parameters of the action of a reorganisation."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.hokkaido_inventory.domain.duty import SuccessionKind

__all__ = ["unit_transfer"]


@validator_args
def unit_transfer(  # noqa: PLR0913, PLR0917 - validators come as parameters.
    not_empty: Validator,
    ignore: Validator,
    ignore_empty: Validator,
    ignore_missing: Validator,
    unicode_safe: Validator,
    boolean_validator: Validator,
    one_of: ValidatorFactory,
    default: ValidatorFactory,
    hokkaido_day: Validator,
    hokkaido_unit_list: Validator,
) -> Schema:
    return {
        "kind": [not_empty, one_of([kind.value for kind in SuccessionKind])],
        "from_units": [not_empty, hokkaido_unit_list],
        "to_unit": [not_empty, unicode_safe],
        "holdings": [ignore_missing, hokkaido_unit_list],
        "effective_on": [ignore_empty, hokkaido_day],
        "dry_run": [default(False), boolean_validator],
        "__extras": [ignore],
        "__junk": [ignore],
    }
