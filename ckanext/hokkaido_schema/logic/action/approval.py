"""A second person looks at a dataset before it becomes public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import outbox, session_of, unit_of_work
from ckanext.hokkaido_schema.domain.approval import ApprovalState
from ckanext.hokkaido_schema.jobs.approval import ASKED_MESSAGE, DECIDED_MESSAGE, WITHDRAWN_MESSAGE
from ckanext.hokkaido_schema.logic.caller import as_caller, stored_dataset, user_of
from ckanext.hokkaido_schema.logic.completeness import missing
from ckanext.hokkaido_schema.logic.second_look import approved, refusal
from ckanext.hokkaido_schema.service import approval

__all__ = [
    "bulk_update_public",
    "hokkaido_approval_ask",
    "hokkaido_approval_decide",
    "hokkaido_approval_show",
    "hokkaido_approval_withdraw",
]


def hokkaido_approval_ask(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Ask the other administrators of the organisation to look at a dataset and publish it.

    :param id: id or name of the dataset.
    :param message: a word for them (optional).
    :returns: the request.
    :raises ValidationError: when something is missing, it is public, or somebody has asked already.
    """
    package = stored_dataset(context, data_dict.get("id"))
    tk.check_access("hokkaido_approval_ask", context, {"id": package.id})
    asker = user_of(context)
    _require_private(package)
    if lacking := missing(tk.get_action("package_show")(as_caller(context), {"id": package.id})):
        raise tk.ValidationError(lacking)
    with unit_of_work(context) as session:
        session.execute(model.Package.__table__.select().where(model.Package.id == package.id).with_for_update())
        before = approval.latest(session, package.id)
        if before is not None and before.state == ApprovalState.ASKED:
            raise tk.ValidationError({"message": [tk._("Approval has been asked for already.")]})
        row = approval.ask(session, package.id, asker.id, str(data_dict.get("message") or "").strip())
        outbox.put(session, ASKED_MESSAGE, {"id": row.id})
    return _dictized(row)


def hokkaido_approval_decide(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Approve a dataset, which publishes it, or return it with a remark.

    :param id: id or name of the dataset.
    :param decision: `approve` or `return`.
    :param version: the `metadata_modified` that the caller has read: nobody approves what they have not seen.
    :param remark: what has to be done; required to return it.
    :returns: the request.
    :raises ValidationError: when nobody has asked, it was changed meanwhile, or something is missing.
    """
    package = stored_dataset(context, data_dict.get("id"))
    tk.check_access("hokkaido_approval_decide", context, {"id": package.id})
    state = {"approve": ApprovalState.APPROVED, "return": ApprovalState.RETURNED}.get(str(data_dict.get("decision")))
    remark = str(data_dict.get("remark") or "").strip()
    if state is None:
        raise tk.ValidationError({"decision": [tk._("Approve it, or return it.")]})
    if state == ApprovalState.RETURNED and not remark:
        raise tk.ValidationError({"remark": [tk._("Write what has to be done before it can be published.")]})
    with unit_of_work(context) as session:
        # Whoever saves at the same moment is waited for, and what they saved has not been seen.
        session.execute(sa.select(model.Package.id).filter_by(id=package.id).with_for_update())
        session.refresh(package)
        row = approval.latest(session, package.id, lock=True)
        if row is None or row.state != ApprovalState.ASKED:
            raise tk.ValidationError({"message": [_why_not_open(row)]})
        if state == ApprovalState.APPROVED and data_dict.get("version") != package.metadata_modified.isoformat():
            changed = tk._("It was changed after you opened it. Look at it once more.")
            raise tk.ValidationError({"version": [changed]})
        approval.decide(row, user_of(context).id, state, remark)
        outbox.put(session, DECIDED_MESSAGE, {"id": row.id})
        if state == ApprovalState.APPROVED:
            # Publishing commits; the decision is written in the same transaction.
            with approved(package.id):
                tk.get_action("hokkaido_dataset_publish")(as_caller(context), {"id": package.id})
    return _dictized(row)


def hokkaido_approval_withdraw(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Take a request for approval back before it is decided; the dataset stays as it is.

    Any editor of the organisation may: whoever asked may be on leave.

    :param id: id or name of the dataset.
    :param remark: a word for those who might have decided (optional).
    :returns: the request.
    :raises ValidationError: when nobody has asked, or it was decided or withdrawn meanwhile; the message tells by whom.
    """
    package = stored_dataset(context, data_dict.get("id"))
    tk.check_access("hokkaido_approval_withdraw", context, {"id": package.id})
    with unit_of_work(context) as session:
        # A decision at the same moment is waited for: one of the two counts.
        session.execute(sa.select(model.Package.id).filter_by(id=package.id).with_for_update())
        row = approval.latest(session, package.id, lock=True)
        if row is None or row.state != ApprovalState.ASKED:
            raise tk.ValidationError({"message": [_why_not_open(row)]})
        remark = str(data_dict.get("remark") or "").strip()
        approval.decide(row, user_of(context).id, ApprovalState.WITHDRAWN, remark)
        outbox.put(session, WITHDRAWN_MESSAGE, {"id": row.id})
    return _dictized(row)


@tk.side_effect_free
def hokkaido_approval_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show whether a dataset needs approval, and what became of the last request.

    :param id: id or name of the dataset.
    :returns: `required`, `may_decide`, `others` (number of administrators who could decide) and `request` (or nothing).
    """
    package = stored_dataset(context, data_dict.get("id"))
    tk.check_access("hokkaido_approval_show", context, {"id": package.id})
    session, reader = session_of(context), user_of(context)
    row = approval.latest(session, package.id)
    try:
        tk.check_access("hokkaido_approval_decide", as_caller(context), {"id": package.id})
        may_decide = row is not None and row.state == ApprovalState.ASKED
    except tk.NotAuthorized:
        may_decide = False
    return {
        "required": approval.is_required(session, package.owner_org),
        "may_decide": may_decide,
        "others": len(approval.approvers(session, package.owner_org, reader.id)),
        "request": _dictized(row) if row is not None else None,
    }


@tk.chained_action
def bulk_update_public(original: Callable[[Context, DataDict], Any], context: Context, data_dict: DataDict) -> Any:
    """Make datasets of an organisation public, unless it wants a second person to look at each.

    :param datasets: ids of the datasets.
    :param org_id: id of the organisation.
    """
    owner = model.Group.get(data_dict.get("org_id") or "")
    if reason := refusal(context, None, owner.id if owner is not None else None):
        raise tk.ValidationError({"approval": [reason]})
    return original(context, data_dict)


def _require_private(package: model.Package) -> None:
    if package.state == model.State.ACTIVE and not package.private:
        raise tk.ValidationError({"message": [tk._("The dataset is public already.")]})


def _why_not_open(row: approval.Approval | None) -> str:
    """Return why there is nothing to decide or to withdraw: what became of the last request, and who did it."""
    told = {
        ApprovalState.APPROVED: tk._("{name} has approved it already, and it was published."),
        ApprovalState.RETURNED: tk._("{name} has returned it already. Read the remark on the page of the dataset."),
        ApprovalState.WITHDRAWN: tk._("{name} has withdrawn the request. It can be asked for again."),
    }
    state = ApprovalState(row.state) if row is not None else None
    if row is None or state not in told:
        return tk._("Nobody is asking for approval of this dataset now.")
    return told[state].format(name=_name(row.decided_by or ""))


def _dictized(row: approval.Approval) -> dict[str, Any]:
    names = {user_id: _name(user_id) for user_id in (row.asked_by, row.decided_by) if user_id}
    return {
        "state": str(row.state),
        "message": row.message,
        "remark": row.remark,
        "asked_by": names.get(row.asked_by, ""),
        "asked_at": row.asked_at.isoformat(),
        "decided_by": names.get(row.decided_by or "", ""),
        "decided_at": row.decided_at.isoformat() if row.decided_at else None,
    }


def _name(user_id: str) -> str:
    user = model.User.get(user_id)
    return (user.fullname or user.name) if user is not None else ""
