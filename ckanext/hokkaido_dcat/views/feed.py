"""The feed at ckanext-dcat's own addresses: what the front does not answer by itself.

Other profiles of ckanext-dcat (`profiles`) are still answered by ckanext-dcat, so that nothing that worked before is
gone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

import ckan.plugins.toolkit as tk
from ckanext.dcat import utils as stock
from flask import Blueprint, Response, request
from werkzeug.exceptions import Forbidden

from ckanext.hokkaido_core.shared import caching
from ckanext.hokkaido_dcat import addresses, negotiation
from ckanext.hokkaido_dcat.domain.profiles import PROFILES
from ckanext.hokkaido_dcat.domain.writers import EXTENSIONS

__all__ = ["feed"]

feed = Blueprint("hokkaido_dcat", __name__)

#: Parameters that narrow the catalogue.
QUESTIONS = ("q", "fq", "modified_since")


def catalog(extension: str) -> Response:
    """Serve a page of the catalogue."""
    if "profiles" in request.args and extension in stock.CONTENT_TYPES:
        return _with_charset(stock.read_catalog_page(extension), extension)
    data = {"format": extension, "page": request.args.get("page") or 1}
    questions = {name: request.args[name] for name in QUESTIONS if request.args.get(name)}
    return _answer("hokkaido_feed_search" if questions else "hokkaido_feed_page_show", {**data, **questions})


def start() -> Response:
    """Show people the list of datasets; RDF is served at the same address by the front."""
    return cast("Response", tk.redirect_to("dataset.search"))


def dataset(dataset_id: str, extension: str) -> Response:
    """Serve what the feed says of a dataset, given by its id or name.

    A dataset that is not in the feed is ckanext-dcat's to show to those who may see it, and 404 for all others.
    """
    ours_only = extension not in stock.CONTENT_TYPES
    if "profiles" in request.args and not ours_only:
        return _stock_dataset(dataset_id, extension)
    try:
        return _answer("hokkaido_feed_dataset_show", {"id": dataset_id, "format": extension})
    except tk.ObjectNotFound:
        if ours_only or not tk.current_user.is_authenticated:
            raise
        return _stock_dataset(dataset_id, extension)


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
    asked = request.args.get("profile")
    profile = negotiation.profile_of(asked, request.headers.get("Accept-Profile"))
    if profile is None:
        names = ", ".join(PROFILES)
        message = tk._("There is no profile {asked}. Ask for one of these: {names}").format(asked=asked, names=names)
        return _plain(message, 400)
    # A proxy that compresses makes a tag weak; for this question weak and strong are the same (RFC 9110, 13.1.2).
    known = list(request.if_none_match.as_set(include_weak=True))
    try:
        document = tk.get_action(action)({}, {**data, "profile": profile.name, "known": known})
    except tk.ValidationError as error:
        return _plain(tk._("This is not a page of the feed: {details}").format(details=error.error_summary), 400)
    response = Response(document["content"] or "", content_type=document["content_type"])
    response.set_etag(document["etag"])
    response.headers["Content-Profile"] = f"<{profile.iri(addresses.base())}>"
    modified = datetime.fromisoformat(document["modified"]) if document["modified"] else None
    if modified:
        response.headers["Last-Modified"] = negotiation.http_time(modified)
    headers = [request.headers.get(name, "") for name in ("If-None-Match", "If-Modified-Since")]
    if document["content"] is None or negotiation.not_modified([document["etag"]], modified, *headers):
        response = _not_modified(response)
    return caching.shared(response, vary=caching.VARY)


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
feed.add_url_rule(addresses.catalog_stem(), view_func=start)
for _extension in EXTENSIONS:
    _given = {"extension": _extension}
    feed.add_url_rule(addresses.catalog_path().replace("{_format}", _extension), view_func=catalog, defaults=_given)
    feed.add_url_rule(f"/dataset/<dataset_id>.{_extension}", view_func=dataset, defaults=_given)
