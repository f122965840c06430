"""The person behind a call, as the survey knows people."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context
from flask import g, has_request_context, request

from ckanext.hokkaido_core.shared import now, session_of
from ckanext.hokkaido_inventory.config import office_organization
from ckanext.hokkaido_inventory.domain.deadline import today
from ckanext.hokkaido_inventory.service.delegation import with_lent
from ckanext.hokkaido_inventory.service.viewer import NOBODY, Viewer, read_viewer

__all__ = ["viewer_of"]

_READING = frozenset({"GET", "HEAD"})


def viewer_of(context: Context) -> Viewer:
    """Return who calls.

    While a page is only read, the roles of its reader are read once. For what changes something they are read
    anew each time, so that a role that was taken away is gone at once.
    """
    skips = bool(context.get("ignore_auth"))
    if not has_request_context() or request.method not in _READING:
        return _read(context, skips=skips)
    known: dict[tuple[str, bool], Viewer] = g.setdefault("hokkaido_viewers", {})
    key = (str(context.get("user") or ""), skips)
    if key not in known:
        known[key] = _read(context, skips=skips)
    return known[key]


def _read(context: Context, *, skips: bool) -> Viewer:
    user = model.User.get(context.get("user"))
    if user is None or not user.is_active:
        return Viewer(everything=True) if skips else NOBODY
    session = session_of(context)
    cascading = tk.aslist(tk.config.get("ckan.auth.roles_that_cascade_to_sub_groups"))
    viewer = read_viewer(
        session,
        user.id,
        office=office_organization(),
        cascading=cascading,
        everything=skips or bool(user.sysadmin),
    )
    return with_lent(session, viewer, today(now()), cascading)
