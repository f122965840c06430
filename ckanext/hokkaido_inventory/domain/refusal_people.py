"""What the rules about people and invitations can refuse, beside `domain/refusal.py`."""

from __future__ import annotations

from ckanext.hokkaido_inventory.domain.refusal import Refusal

__all__ = [
    "AccountExists",
    "AlreadyInvited",
    "InvitationClosed",
    "InvitationExpired",
    "LastAdmin",
    "NoAddress",
    "OtherAddress",
    "WrongAddress",
]


class AccountExists(Refusal):
    """The address of an invitation has an account, so its owner logs in instead of making a second one."""


class AlreadyInvited(Refusal):
    """Somebody has the duty already, or an open invitation to it."""


class InvitationClosed(Refusal):
    """An invitation was used, withdrawn, or never existed: which, is not told."""


class InvitationExpired(Refusal):
    """The time for accepting an invitation is over."""


class LastAdmin(Refusal):
    """Nobody would be left to approve and to look after the people of the unit."""


class NoAddress(Refusal):
    """A person without a mail address cannot be sent a new password link."""


class OtherAddress(Refusal):
    """Somebody who is logged in opened an invitation that was sent to another address."""


class WrongAddress(Refusal):
    """What was given is no mail address."""
