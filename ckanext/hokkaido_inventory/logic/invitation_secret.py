"""The secret in the link of an invitation: derived from its id and the portal's key, and stored nowhere.

A retried mail carries the same link, and neither the outbox nor the database holds anything that opens it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

import ckan.plugins.toolkit as tk

__all__ = ["link_of", "secret_of"]


def secret_of(invitation_id: str) -> str:
    """Return the secret of an invitation, 43 letters that go into an address as they are."""
    key = tk.config["SECRET_KEY"].encode()
    digest = hmac.new(key, f"hokkaido_inventory invitation {invitation_id}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def link_of(invitation_id: str) -> str:
    """Return the whole address at which an invitation is accepted."""
    return tk.h.url_for("hokkaido_invitation.read", token=secret_of(invitation_id), qualified=True)
