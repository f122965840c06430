"""Parameters of the actions on people and invitations."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

__all__ = [
    "invitation_accept",
    "invitation_create",
    "invitation_import",
    "invitation_resend",
    "invitation_revoke",
    "invitation_show",
    "person_list",
    "person_remove",
    "person_reset",
    "person_update",
]


@validator_args
def person_list(ignore_empty: Validator, ignore: Validator, unicode_safe: Validator) -> Schema:
    return {"unit": [ignore_empty, unicode_safe], "__extras": [ignore], "__junk": [ignore]}


@validator_args
def person_remove(not_empty: Validator, ignore: Validator, unicode_safe: Validator) -> Schema:
    return {
        "unit": [not_empty, unicode_safe],
        "user": [not_empty, unicode_safe],
        "__extras": [ignore],
        "__junk": [ignore],
    }


person_reset = person_remove


@validator_args
def person_update(
    not_empty: Validator, ignore: Validator, unicode_safe: Validator, hokkaido_duties: Validator
) -> Schema:
    return {
        "unit": [not_empty, unicode_safe],
        "user": [not_empty, unicode_safe],
        "duties": [not_empty, hokkaido_duties],
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def invitation_create(
    not_empty: Validator, ignore: Validator, unicode_safe: Validator, hokkaido_duties: Validator
) -> Schema:
    return {
        "unit": [not_empty, unicode_safe],
        "fullname": [not_empty, unicode_safe],
        "email": [not_empty, unicode_safe],
        "duty": [not_empty, hokkaido_duties],
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def invitation_import(
    ignore: Validator,
    ignore_empty: Validator,
    ignore_missing: Validator,
    unicode_safe: Validator,
    boolean_validator: Validator,
    default: ValidatorFactory,
) -> Schema:
    return {
        "upload": [ignore_missing],
        "text": [ignore_empty, unicode_safe],
        "dry_run": [default(False), boolean_validator],
        "__extras": [ignore],
        "__junk": [ignore],
    }


@validator_args
def invitation_resend(not_empty: Validator, ignore: Validator, unicode_safe: Validator) -> Schema:
    return {"id": [not_empty, unicode_safe], "__extras": [ignore], "__junk": [ignore]}


invitation_revoke = invitation_resend


@validator_args
def invitation_show(not_empty: Validator, ignore: Validator, unicode_safe: Validator) -> Schema:
    return {"token": [not_empty, unicode_safe], "__extras": [ignore], "__junk": [ignore]}


@validator_args
def invitation_accept(
    not_empty: Validator, ignore: Validator, ignore_missing: Validator, unicode_safe: Validator
) -> Schema:
    return {
        "token": [not_empty, unicode_safe],
        "fullname": [ignore_missing, unicode_safe],
        "password": [ignore_missing, unicode_safe],
        "__extras": [ignore],
        "__junk": [ignore],
    }
