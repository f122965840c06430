"""The change stream, and the list of deletions."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint, Response, request

from ckanext.hokkaido_core.shared import caching
from ckanext.hokkaido_dcat.domain.activity import TYPES

__all__ = ["changes"]

changes = Blueprint("hokkaido_dcat_changes", __name__)


def stream(page: int | None = None, extension: str = "") -> Response:
    """Serve the entrance of the change stream, or one of its pages; without an extension, in the format asked for."""
    known = list(request.if_none_match.as_set(include_weak=True))
    data: dict[str, Any] = {"format": extension or _asked(), "known": known}
    if page is not None:
        data["page"] = page
    try:
        found = tk.get_action("hokkaido_feed_change_page_show")({}, data)
    except tk.ValidationError as error:
        return _plain(
            tk._("This is not a page of the change stream: {details}").format(details=error.error_summary), 400
        )
    except tk.ObjectNotFound as error:
        return caching.shared(_plain(str(error), 404), vary="Accept")
    response = Response(found["content"] or "", content_type=found["content_type"])
    response.set_etag(found["etag"])
    # No Last-Modified: a payload that was erased changes the page without being newer.
    if found["content"] is None:
        response.status_code = 304
        response.headers.pop("Content-Length", None)
    return caching.shared(response, vary="Accept")


def deletions() -> Response:
    """Serve the datasets that left the feed since a time, with the address of what follows."""
    asked = {name: request.args[name] for name in ("since", "after", "limit") if name in request.args}
    if "T" in asked.get("since", ""):
        # The plus sign of an offset that was not encoded arrives as a space.
        asked["since"] = asked["since"].replace(" ", "+")
    try:
        found = tk.get_action("hokkaido_feed_deletion_list")({}, dict(asked))
    except tk.ValidationError as error:
        return _plain(_details(error), 400)
    following = found.pop("after")
    found["next"] = _address({**asked, "after": following}) if following else None
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    response = Response(text, content_type="application/json; charset=utf-8")
    response.set_etag(hashlib.sha256(text.encode()).hexdigest()[:40])
    return caching.shared(response.make_conditional(request.environ))


def _asked() -> str:
    types = {content_type.partition(";")[0]: extension for extension, content_type in TYPES.items()}
    best = request.accept_mimetypes.best_match(list(types), default="application/trig")
    return types[best]


def _address(arguments: dict[str, Any]) -> str:
    return tk.url_for("hokkaido_dcat_changes.deletions", _external=True, locale="default", **arguments)


def _details(error: tk.ValidationError) -> str:
    return tk._("The list of deletions cannot be given: {details}").format(
        details=" ".join(sentence for sentences in error.error_dict.values() for sentence in sentences)
    )


def _plain(message: str, status: int) -> Response:
    return Response(message + "\n", status=status, content_type="text/plain; charset=utf-8")


for _extension in ("", *TYPES):
    _suffix, _given = (f".{_extension}" if _extension else ""), {"extension": _extension}
    changes.add_url_rule(f"/catalog/changes{_suffix}", view_func=stream, defaults=_given)
    changes.add_url_rule(f"/catalog/changes/<int:page>{_suffix}", view_func=stream, defaults=_given)
changes.add_url_rule("/catalog/deletions", view_func=deletions)
