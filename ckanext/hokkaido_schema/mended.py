"""Editors are told what was read another way than they typed it, on the page that follows their save."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from flask import has_request_context

from ckanext.hokkaido_core.shared import spoken
from ckanext.hokkaido_schema.logic import repairs
from ckanext.hokkaido_schema.vocabularies import vocabulary

__all__ = ["tell"]

#: Dates are shown both ways wherever they stand, so that nobody has to be told of them.
_TOLD = frozenset({"code", "corporate_number", "frequency"})


def tell() -> None:
    """Show the repairs of a save to whoever works in a browser; programs read them elsewhere."""
    if not has_request_context() or tk.request.path.startswith("/api/"):
        return
    for one in repairs.noted():
        if one["kind"] in _TOLD:
            after = (
                vocabulary("frequencies").label(one["after"], spoken()) if one["kind"] == "frequency" else one["after"]
            )
            message = tk._("“{before}” was read as “{after}”. If that is not what you meant, edit it.")
            tk.h.flash_notice(message.format(before=one["before"], after=after))
