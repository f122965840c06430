"""The feed at ckanext-dcat's own addresses.

What ckanext-dcat offers beyond the plain feed (`q`, `fq`, `modified_since`, `profiles`) is still answered by
ckanext-dcat, so that nothing that worked before is gone.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import ckan.plugins.toolkit as tk
from ckanext.dcat import utils as stock
from flask import Blueprint, Response, request
from werkzeug.exceptions import Forbidden
from werkzeug.http import http_date

from ckanext.hokkaido_dcat import addresses, caching
from ckanext.hokkaido_dcat.domain.profiles import DEFAULT, named
from ckanext.hokkaido_dcat.domain.writers import EXTENSIONS

__all__ = ["feed"]

feed = Blueprint("hokkaido_dcat", __name__)

#: Questions that the store does not answer yet.
STOCK_QUESTIONS = frozenset({"q", "fq", "modified_since", "profiles"})

#: Younger than this, a change cannot be told from another in the same second by a time in whole seconds.
_SETTLED = timedelta(seconds=2)


def catalog(extension: str) -> Response:
    """Serve a page of the catalogue."""
    if STOCK_QUESTIONS & request.args.keys() and extension in stock.CONTENT_TYPES:
        return _with_charset(stock.read_catalog_page(extension), extension)
    data = {"format": extension, "profile": _profile(), "page": request.args.get("page") or 1}
    return _answer("hokkaido_feed_page_show", data)


def dataset(dataset_id: str, extension: str) -> Response:
    """Serve what the feed says of a dataset, given by its id or name.

    A dataset that is not in the feed is ckanext-dcat's to show to those who may see it, and 404 for all others.
    """
    ours_only = extension not in stock.CONTENT_TYPES
    if "profiles" in request.args and not ours_only:
        return _stock_dataset(dataset_id, extension)
    try:
        return _answer("hokkaido_feed_dataset_show", {"id": dataset_id, "format": extension, "profile": _profile()})
    except tk.ObjectNotFound:
        if ours_only or not tk.current_user.is_authenticated:
            raise
        return _stock_dataset(dataset_id, extension)


def _profile() -> str:
    """Return the name of the profile that is asked for; an unknown one is left to the action to refuse."""
    asked = request.args.get("profile", DEFAULT.name)
    found = named(asked)
    return found.name if found else asked


def _stock_dataset(dataset_id: str, extension: str) -> Response:
    """Let ckanext-dcat answer, without telling a stranger that a private dataset exists."""
    try:
        response = stock.read_dataset_page(dataset_id, extension)
    except Forbidden as error:
        raise tk.ObjectNotFound(tk._("The feed has no such dataset. It may not be public.")) from error
    return caching.private(_with_charset(response, extension))


def _with_charset(response: Response, extension: str) -> Response:
    """Say what the bytes are: ckanext-dcat does not, and clients take text without a charset for ISO 8859-1."""
    response.content_type = EXTENSIONS[extension][1]
    return response


def _answer(action: str, data: dict[str, Any]) -> Response:
    # A proxy that compresses makes a tag weak; for this question weak and strong are the same (RFC 9110, 13.1.2).
    known = list(request.if_none_match.as_set(include_weak=True))
    try:
        document = tk.get_action(action)({}, {**data, "known": known})
    except tk.ValidationError as error:
        return _plain(tk._("This is not a page of the feed: {details}").format(details=error.error_summary), 400)
    response = Response(document["content"] or "", content_type=document["content_type"])
    response.set_etag(document["etag"])
    modified = _last_modified(document["modified"])
    if modified:
        response.headers["Last-Modified"] = http_date(_announced(modified))
    if document["content"] is None or (not known and _unmodified_since(modified)):
        response = _not_modified(response)
    return caching.shared(response)


def _last_modified(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value).astimezone(UTC).replace(microsecond=0) if value else None


def _announced(modified: datetime) -> datetime:
    """Return the time to announce: for what is young, a second earlier, so that it is asked for again."""
    return modified if datetime.now(UTC) - modified >= _SETTLED else modified - timedelta(seconds=1)


def _unmodified_since(modified: datetime | None) -> bool:
    return bool(modified and request.if_modified_since and request.if_modified_since >= modified)


def _not_modified(response: Response) -> Response:
    response.status_code = 304
    response.set_data(b"")
    response.headers.pop("Content-Length", None)
    return response


def _plain(message: str, status: int) -> Response:
    return Response(message + "\n", status=status, content_type="text/plain; charset=utf-8")


def not_found(error: tk.ObjectNotFound) -> Response:
    """Answer a harvester in plain text, not with a page for people."""
    return _plain(str(error), 404)


feed.register_error_handler(tk.ObjectNotFound, not_found)
for _extension in EXTENSIONS:
    _given = {"extension": _extension}
    feed.add_url_rule(addresses.catalog_path().replace("{_format}", _extension), view_func=catalog, defaults=_given)
    feed.add_url_rule(f"/dataset/<dataset_id>.{_extension}", view_func=dataset, defaults=_given)
