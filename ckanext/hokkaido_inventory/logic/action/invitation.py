"""Actions on invitations: asking people to take a duty, and taking it."""

from __future__ import annotations

import re
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now, outbox
from ckanext.hokkaido_inventory.config import invitation_days
from ckanext.hokkaido_inventory.domain.duty import Duty
from ckanext.hokkaido_inventory.domain.findings import Finding, has_errors, ordered
from ckanext.hokkaido_inventory.domain.refusal_people import AccountExists, AlreadyInvited, OtherAddress, WrongAddress
from ckanext.hokkaido_inventory.domain.roster import MAX_BYTES, is_address, normal_address, read_roster
from ckanext.hokkaido_inventory.jobs.invitation import INVITATION_MESSAGE
from ckanext.hokkaido_inventory.logic.dictize.people import guest_dict, invitation_dict
from ckanext.hokkaido_inventory.logic.invitation_secret import secret_of
from ckanext.hokkaido_inventory.logic.people import places_of
from ckanext.hokkaido_inventory.logic.schema import people as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.model import Invitation
from ckanext.hokkaido_inventory.service import invitation as invitations
from ckanext.hokkaido_inventory.service import membership
from ckanext.hokkaido_inventory.service.unit import find_unit, units_by_id

__all__ = [
    "hokkaido_invitation_accept",
    "hokkaido_invitation_create",
    "hokkaido_invitation_import",
    "hokkaido_invitation_resend",
    "hokkaido_invitation_revoke",
    "hokkaido_invitation_show",
]

_NOT_IN_A_NAME = re.compile(r"[^a-z0-9_-]+")
MIN_NAME, MAX_NAME = 2, 80


@validate_action_data(schema.invitation_create)
def hokkaido_invitation_create(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Invite one person to a duty for a unit; the mail is sent after the transaction.

    :param unit: id or name of the organisation
    :param fullname: name of the person
    :param email: mail address
    :param duty: `coordinator`, `approver`, `respondent` or `deputy`
    :returns: the invitation
    :raises ValidationError: when the address has the duty already, or is invited to it
    """
    tk.check_access("hokkaido_invitation_create", context, data_dict)
    with unit_of_work(context) as session:
        unit = find_unit(session, data_dict["unit"])
        if unit is None:
            raise tk.ObjectNotFound(tk._("The unit was not found."))
        address = normal_address(data_dict["email"])
        if not is_address(address):
            raise WrongAddress
        guest = invitations.Guest(data_dict["fullname"].strip(), address, unit, Duty(data_dict["duty"][0]))
        made = _invite(context, session, [guest])
        if not made:
            raise AlreadyInvited
    return invitation_dict(made[0], {unit.id: unit}, now())


@validate_action_data(schema.invitation_import)
def hokkaido_invitation_import(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Invite everybody of a CSV with name, mail address, unit and duty; the same file again invites nobody.

    The caller may name any unit whose people they look after. All errors of all rows come back at once.

    :param upload: the file (multipart), UTF-8 or CP932
    :param text: its content as text, in place of `upload`
    :param dry_run: true to be told what would happen (optional)
    :returns: `{rows: {new, invited, present}, guests: [{row, fullname, email, unit, duty, kind}], findings, stored}`
    :raises ValidationError: when a row has an error; nobody is invited then
    """
    tk.check_access("hokkaido_invitation_import", context, data_dict)
    viewer = viewer_of(context)
    roster = read_roster(_content(data_dict))
    with unit_of_work(context) as session:
        guests, unknown = invitations.guests_of(roster, places_of(session, viewer))
        findings = ordered([*roster.findings, *unknown])
        said = [finding.to_dict(tk._) | {"message": _with_row(finding)} for finding in findings]
        if has_errors(findings) and not data_dict["dry_run"]:
            wrong = tk._(
                "The list has errors, so nobody was invited. Correct the rows that are named and send it again."
            )
            raise tk.ValidationError({"message": [wrong], "findings": said})
        sorted_out = invitations.sort_out(session, guests, now())
        if not data_dict["dry_run"]:
            _invite(context, session, sorted_out["new"])
    return {
        "rows": {kind: len(found) for kind, found in sorted_out.items()},
        "guests": [guest_dict(guest, kind) for kind, found in sorted_out.items() for guest in found],
        "findings": said,
        "stored": not data_dict["dry_run"],
    }


@validate_action_data(schema.invitation_resend)
def hokkaido_invitation_resend(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Send the mail of an invitation again, with new time to accept it; the link stays the same.

    :param id: id of the invitation
    :returns: the invitation
    """
    tk.check_access("hokkaido_invitation_resend", context, data_dict)
    at = now()
    with unit_of_work(context) as session:
        invitation = _locked(session, data_dict["id"])
        until = invitations.expiry(at, invitation_days())
        invitations.renew(session, invitation, until=until, actor_id=viewer_of(context).user_id)
        outbox.put(session, INVITATION_MESSAGE, {"id": invitation.id}, key=invitation.id)
    return invitation_dict(invitation, units_by_id(session, [invitation.unit_id]), at)


@validate_action_data(schema.invitation_revoke)
def hokkaido_invitation_revoke(context: Context, data_dict: DataDict) -> None:
    """Withdraw an invitation: its link works no more.

    :param id: id of the invitation
    """
    tk.check_access("hokkaido_invitation_revoke", context, data_dict)
    with unit_of_work(context) as session:
        invitations.revoke(session, _locked(session, data_dict["id"]), actor_id=viewer_of(context).user_id, at=now())


@tk.side_effect_free
@validate_action_data(schema.invitation_show)
def hokkaido_invitation_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return what the holder of a link is invited to.

    :param token: the secret of the link
    :returns: `{unit, duty, fullname, expires_at, account}`; `account` is `mine`, `other` (logged in with another
        address), `exists` (log in first) or `none`
    :raises ValidationError: when the link is expired, used, withdrawn, or none at all
    """
    tk.check_access("hokkaido_invitation_show", context, data_dict)
    with unit_of_work(context) as session:
        found = invitations.find_by_secret(session, data_dict["token"])
        invitation = invitations.require_open(found, now())
        shown = invitation_dict(invitation, units_by_id(session, [invitation.unit_id]), now())
        account = _account(context, session, invitation)
    kept = ("unit", "duty", "fullname", "expires_at")
    return {key: shown[key] for key in kept} | {"account": account}


@validate_action_data(schema.invitation_accept)
def hokkaido_invitation_accept(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Take the duty of an invitation; the link works once.

    Who is logged in with the invited address takes it with that account; who has no account gets one.

    :param token: the secret of the link
    :param fullname, password: for a new account
    :returns: `{user: name, unit}`
    """
    tk.check_access("hokkaido_invitation_accept", context, data_dict)
    with unit_of_work(context) as session:
        found = invitations.find_by_secret(session, data_dict["token"], lock=True)
        invitation = invitations.require_open(found, now())
        account = _account(context, session, invitation)
        if account == "other":
            raise OtherAddress
        if account == "exists":
            raise AccountExists
        user = model.User.get(context["user"]) if account == "mine" else _new_user(session, invitation, data_dict)
        if user is None:
            raise tk.NotAuthorized
        invitations.accept(session, invitation, user.id, at=now())
        unit = find_unit(session, invitation.unit_id)
    return {"user": user.name, "unit": unit.name if unit else invitation.unit_id}


def _invite(context: Context, session: Session, guests: list[invitations.Guest]) -> list[Invitation]:
    at = now()
    made = invitations.invite(
        session,
        guests,
        secret=secret_of,
        until=invitations.expiry(at, invitation_days()),
        actor_id=viewer_of(context).user_id,
        at=at,
    )
    for invitation in made:
        outbox.put(session, INVITATION_MESSAGE, {"id": invitation.id}, key=invitation.id)
    return made


def _locked(session: Session, invitation_id: str) -> Invitation:
    invitation = invitations.find(session, invitation_id, lock=True)
    if invitation is None:
        raise tk.ObjectNotFound(tk._("The invitation was not found."))
    return invitation


def _account(context: Context, session: Session, invitation: Invitation) -> str:
    """Tell in whose name the holder of a link acts; an address is told to have an account only to its own owner."""
    user = model.User.get(context.get("user"))
    if user is not None and user.is_active:
        return "mine" if normal_address(user.email or "") == invitation.email else "other"
    return "exists" if membership.user_with_address(session, invitation.email) else "none"


def _new_user(session: Session, invitation: Invitation, data_dict: DataDict) -> model.User | None:
    asked = {
        "name": _free_name(invitation.email),
        "email": invitation.email,
        "fullname": (data_dict.get("fullname") or "").strip() or invitation.fullname,
        "password": data_dict.get("password") or "",
    }
    own = Context(user="", ignore_auth=True, defer_commit=True, session=session, model=model)
    made = tk.get_action("user_create")(own, asked)
    return model.User.get(made["id"])


def _free_name(email: str) -> str:
    """Return a user name made of an address, with a number where it is taken."""
    base = _NOT_IN_A_NAME.sub("-", email.split("@", maxsplit=1)[0]).strip("-_")[:MAX_NAME]
    base = base if len(base) >= MIN_NAME else f"user-{base}".rstrip("-")
    name, number = base, 1
    while model.User.get(name) is not None:
        number += 1
        name = f"{base}-{number}"
    return name


def _content(data_dict: DataDict) -> bytes:
    upload = data_dict.get("upload")
    if upload is not None and hasattr(upload, "read"):
        # One byte more than is allowed tells that it is too large, without loading all of it.
        return upload.read(MAX_BYTES + 1)
    if data_dict.get("text"):
        return data_dict["text"].encode()
    raise tk.ValidationError({"upload": [tk._("Choose the file to upload.")]})


def _with_row(finding: Finding) -> str:
    said = finding.message(tk._)
    if finding.row is None:
        return said
    return tk._("Row %(row)s: %(message)s") % {"row": finding.row, "message": said}
