"""Mails about approvals: to those who may decide, and to the person who asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.hokkaido_core import shared
from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_schema.domain.approval import ApprovalState
from ckanext.hokkaido_schema.domain.letters import Letter, asked_letter, decided_letter, withdrawn_letter
from ckanext.hokkaido_schema.model.approval import Approval
from ckanext.hokkaido_schema.service.approval import approvers
from ckanext.hokkaido_schema.service.tree import organization_tree

__all__ = [
    "ASKED_MESSAGE",
    "DECIDED_MESSAGE",
    "WITHDRAWN_MESSAGE",
    "deliver_asked",
    "deliver_decided",
    "deliver_withdrawn",
]

#: Kinds of message of the outbox; the payload is `{id}`.
ASKED_MESSAGE = "schema.approval_asked"
DECIDED_MESSAGE = "schema.approval_decided"
WITHDRAWN_MESSAGE = "schema.approval_withdrawn"


@outbox.handler(ASKED_MESSAGE)
def deliver_asked(payload: dict[str, Any]) -> None:
    """Tell those who may decide; a request that was decided meanwhile needs nobody any more."""
    row = model.Session.get(Approval, payload["id"])
    package = model.Package.get(row.package_id) if row is not None else None
    if row is None or package is None or row.state != ApprovalState.ASKED:
        return
    asker = _name(row.asked_by)
    for user in _readers(package.owner_org, row.asked_by):
        words = _words(package, user) | {"asker": asker, "message": row.message}
        _send(asked_letter(user.email, words, f"approval-{row.id}-{user.id}"))


@outbox.handler(DECIDED_MESSAGE)
def deliver_decided(payload: dict[str, Any]) -> None:
    """Tell the person who asked what became of it."""
    row = model.Session.get(Approval, payload["id"])
    package = model.Package.get(row.package_id) if row is not None else None
    asker = model.User.get(row.asked_by) if row is not None else None
    if row is None or package is None or asker is None or not asker.is_active or not asker.email:
        return
    words = _words(package, asker) | {"decider": _name(row.decided_by), "remark": row.remark}
    is_approved = row.state == ApprovalState.APPROVED
    _send(decided_letter(asker.email, words, f"approval-decided-{row.id}", approved=is_approved))


@outbox.handler(WITHDRAWN_MESSAGE)
def deliver_withdrawn(payload: dict[str, Any]) -> None:
    """Tell those who might have decided, and the person who asked when it was a colleague who withdrew it."""
    row = model.Session.get(Approval, payload["id"])
    package = model.Package.get(row.package_id) if row is not None else None
    if row is None or package is None:
        return
    withdrawer, asker = row.decided_by or "", model.User.get(row.asked_by)
    readers = {user.id: user for user in _readers(package.owner_org, withdrawer)}
    if asker is not None and asker.id != withdrawer and asker.is_active and asker.email:
        readers[asker.id] = asker
    for user in readers.values():
        words = _words(package, user) | {"withdrawer": _name(withdrawer), "remark": row.remark}
        _send(withdrawn_letter(user.email, words, f"approval-withdrawn-{row.id}-{user.id}"))


def _readers(organization_id: str | None, besides: str) -> Iterator[model.User]:
    """Yield the administrators of the organisation, or else of the nearest unit above it that has one."""
    tree = organization_tree(model.Session)
    above = reversed(tree.ancestors(organization_id)) if organization_id else ()
    for unit_id in (organization_id, *(unit.id for unit in above)):
        found = [user for user in approvers(model.Session, unit_id or "", besides) if user.email]
        if found:
            yield from found
            return


def _words(package: model.Package, reader: model.User) -> dict[str, str]:
    link = f"{tk.config['ckan.site_url'].rstrip('/')}/dataset/{package.name}"
    site = tk.config["ckan.site_title"]
    return {
        "reader": reader.fullname or reader.name,
        "site": site,
        "title": package.title or package.name,
        "link": link,
    }


def _name(user_id: str | None) -> str:
    user = model.User.get(user_id) if user_id else None
    return (user.fullname or user.name) if user is not None else ""


def _send(letter: Letter) -> None:
    shared.mailer.send(to=letter.to, subject=letter.subject, body=letter.body, message_id=letter.message_id)
