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
from werkzeug.http import http_date

from ckanext.hokkaido_dcat import addresses, caching
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
        return stock.read_catalog_page(extension)
    return _answer("hokkaido_feed_page_show", {"format": extension, "page": request.args.get("page") or 1})


def dataset(name: str, extension: str) -> Response:
    """Serve what the feed says of a dataset.

    A dataset that is not in the feed is ckanext-dcat's to show to those who may see it, and 404 for all others.
    """
    if "profiles" in request.args and extension in stock.CONTENT_TYPES:
        return caching.private(stock.read_dataset_page(name, extension))
    try:
        return _answer("hokkaido_feed_dataset_show", {"id": name, "format": extension})
    except tk.ObjectNotFound:
        if tk.current_user.is_authenticated and extension in stock.CONTENT_TYPES:
            return caching.private(stock.read_dataset_page(name, extension))
        raise


def _answer(action: str, data: dict[str, Any]) -> Response:
    known = list(request.if_none_match.as_set())
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


_FORMATS = f"<any({','.join(EXTENSIONS)}):extension>"

feed.register_error_handler(tk.ObjectNotFound, not_found)
feed.add_url_rule(addresses.catalog_path().replace("{_format}", _FORMATS), view_func=catalog)
feed.add_url_rule(f"/dataset/<name>.{_FORMATS}", view_func=dataset)
