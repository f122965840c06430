"""In whose name a command acts."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import click
from ckan.types import Context

__all__ = ["calling_as"]


def calling_as(user: str | None) -> Context:
    """Return the context of a named user, with that user's rights, or of the portal itself."""
    if user is None:
        site_user = tk.get_action("get_site_user")({"ignore_auth": True}, {})
        return Context(user=site_user["name"], ignore_auth=True)
    try:
        known = tk.get_action("user_show")({"ignore_auth": True}, {"id": user})
    except tk.ObjectNotFound as error:
        raise click.BadParameter(tk._("There is no user “%(name)s”.") % {"name": user}, param_hint="--user") from error
    return Context(user=known["name"])
