"""Where an organisation wants it, nothing becomes public before a second person has looked at it, whatever the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import ckan.plugins.toolkit as tk
from ckan import authz, model
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.hokkaido_schema.service.approval import is_required

__all__ = ["approved", "hokkaido_second_look", "hokkaido_unless_draft", "refusal"]

#: The dataset that somebody is approving in this very call; no request can set it.
_approved: ContextVar[str | None] = ContextVar("hokkaido_approved", default=None)


@contextmanager
def approved(package_id: str) -> Iterator[None]:
    """Let a dataset that was approved become public."""
    token = _approved.set(package_id)
    try:
        yield
    finally:
        _approved.reset(token)


def refusal(context: Context, package_id: str | None, organization_id: str | None) -> str | None:
    """Return why a dataset may not become public now, nothing when it may.

    Machines (harvesters, commands) and system administrators are no editors whose work somebody has to look at.
    """
    if package_id is not None and _approved.get() == package_id:
        return None
    if context.get("ignore_auth") or authz.is_sysadmin(context.get("user")):
        return None
    if not is_required(model.Session(), organization_id):
        return None
    return tk._("This organisation wants a second person to look at it first: ask for approval instead.")


def hokkaido_second_look(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Refuse a save by which a dataset would become public without the approval that its organisation wants."""
    package = context.get("package")
    if not _is_public(data, package):
        return
    stated = data.get(("owner_org",))
    owner = stated if isinstance(stated, str) and stated else package.owner_org if package is not None else None
    # What became public in another organisation's name has not been looked at in this one.
    if package is not None and package.state == "active" and not package.private and package.owner_org == owner:
        return
    message = refusal(context, package.id if package is not None else None, owner)
    if message:
        errors.setdefault(("private",), []).append(message)


def hokkaido_unless_draft(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Require a value, except of a draft: it may lack anything, and lacks it visibly."""
    value = data.get(key)
    is_blank = value is tk.missing or not str(value or "").strip()
    if not is_blank or not _stays_draft(data, context):
        tk.get_validator("not_empty")(key, data, errors, context)
        return
    if value is tk.missing:
        data.pop(key, None)
    else:
        data[key] = ""
    raise tk.StopOnError


def _is_public(data: FlattenDataDict, package: model.Package | None) -> bool:
    private = data.get(("private",))
    if private is None or private is tk.missing:
        private = package.private if package is not None else False
    return not tk.asbool(private) and _state(data, package) == "active"


def _state(data: FlattenDataDict, package: model.Package | None) -> str:
    stated = data.get(("state",))
    if isinstance(stated, str) and stated:
        return stated
    return package.state if package is not None else "active"


def _stays_draft(data: FlattenDataDict, context: Context) -> bool:
    package = context.get("package")
    # CKAN leaves out the state that somebody without the right to set it sends with a new dataset.
    heard = package is not None or "ignore_auth" in context or context.get("allow_state_change")
    heard = heard or authz.is_sysadmin(context.get("user"))
    return bool(heard) and _state(data, package).startswith("draft")
