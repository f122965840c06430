"""Refusals of the rules about people in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_inventory.domain import refusal_people as r

__all__ = ["FIELDS", "SENTENCES"]

FIELDS: dict[type[Exception], str] = {r.AlreadyInvited: "email", r.WrongAddress: "email"}


def _account_exists(_refusal: r.AccountExists) -> str:
    return tk._("There is an account with your address already. Log in with it, and open the link of the mail again.")


def _already_invited(_refusal: r.AlreadyInvited) -> str:
    return tk._(
        "This address has the duty already, or is invited to it. Nothing was sent. You can send the mail again."
    )


def _invitation_closed(_refusal: r.InvitationClosed) -> str:
    return tk._(
        "This invitation cannot be used: it was used already, withdrawn, or the link is not complete. If you have an "
        "account, log in. Otherwise ask whoever invited you for a new invitation."
    )


def _invitation_expired(_refusal: r.InvitationExpired) -> str:
    return tk._("This invitation has expired. Ask whoever invited you to send it again; the same link works then.")


def _last_admin(_refusal: r.LastAdmin) -> str:
    return tk._(
        "This person is the last coordinator or approver of the unit. Give that duty to somebody else first; then you "
        "can take it away here."
    )


def _no_address(_refusal: r.NoAddress) -> str:
    return tk._("This person has no mail address. Ask the administrator of the portal to enter one.")


def _other_address(_refusal: r.OtherAddress) -> str:
    return tk._(
        "You are logged in with another address than the one that was invited. Log out, and open the link again."
    )


def _wrong_address(_refusal: r.WrongAddress) -> str:
    return tk._("This is not a mail address. Write it like name@example.jp.")


SENTENCES: dict[type[Exception], Callable[[Any], str]] = {
    r.AccountExists: _account_exists,
    r.AlreadyInvited: _already_invited,
    r.InvitationClosed: _invitation_closed,
    r.InvitationExpired: _invitation_expired,
    r.LastAdmin: _last_admin,
    r.NoAddress: _no_address,
    r.OtherAddress: _other_address,
    r.WrongAddress: _wrong_address,
}
