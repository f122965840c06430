"""Mails to people: an invitation to a duty, and the link for a new password."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.mailer import make_key

from ckanext.hokkaido_core import shared
from ckanext.hokkaido_core.shared import now, outbox
from ckanext.hokkaido_inventory.domain.duty import Duty
from ckanext.hokkaido_inventory.domain.letters import Letter, invitation_letter, password_letter
from ckanext.hokkaido_inventory.domain.refusal_people import InvitationClosed, InvitationExpired
from ckanext.hokkaido_inventory.logic.invitation_secret import link_of, secret_of
from ckanext.hokkaido_inventory.service import invitation as invitations
from ckanext.hokkaido_inventory.service.unit import units_by_id

__all__ = ["INVITATION_MESSAGE", "PASSWORD_MESSAGE", "compose", "deliver", "send_password_link"]

#: Kinds of message of the outbox; the payload is `{id}`.
INVITATION_MESSAGE = "inventory.invitation"
PASSWORD_MESSAGE = "inventory.password"  # noqa: S105  A kind of message, no password.


def compose(invitation_id: str) -> Letter | None:
    """Return the mail of an invitation as it is now; nothing when it cannot be accepted any more."""
    session = model.Session()
    try:
        invitation = invitations.require_open(invitations.find(session, invitation_id, lock=True), now())
    except (InvitationClosed, InvitationExpired):
        return None
    # After a change of the portal's key the link is another one, and what is kept of it follows.
    invitation.secret_hash = invitations.hash_of(secret_of(invitation.id))
    unit = units_by_id(session, [invitation.unit_id]).get(invitation.unit_id)
    letter = invitation_letter(
        to=invitation.email,
        fullname=invitation.fullname,
        unit=unit.title if unit else "",
        duty=Duty(invitation.duty),
        until=invitation.expires_at,
        link=link_of(invitation.id),
        site=tk.config["ckan.site_title"],
        message_id=f"invitation-{invitation.id}-{int(invitation.expires_at.timestamp())}",
    )
    session.commit()
    return letter


@outbox.handler(INVITATION_MESSAGE)
def deliver(payload: dict[str, Any]) -> None:
    """Send the mail of an invitation; one that was withdrawn or used meanwhile is not sent."""
    letter = compose(payload["id"])
    if letter is not None:
        _send(letter)


@outbox.handler(PASSWORD_MESSAGE)
def send_password_link(payload: dict[str, Any]) -> None:
    """Send a person the link for a new password: CKAN's own page, and a key that the last mail carries."""
    user = model.User.get(payload["id"])
    if user is None or not user.is_active or not user.email:
        return
    user.reset_key = make_key()
    letter = password_letter(
        to=user.email,
        fullname=user.fullname or user.name,
        name=user.name,
        link=tk.h.url_for("user.perform_reset", id=user.id, key=user.reset_key, qualified=True),
        site=tk.config["ckan.site_title"],
        message_id=f"password-{user.id}-{user.reset_key[:8]}",
    )
    model.Session.commit()
    _send(letter)


def _send(letter: Letter) -> None:
    shared.mailer.send(to=letter.to, subject=letter.subject, body=letter.body, message_id=letter.message_id)
