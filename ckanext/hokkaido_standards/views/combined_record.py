"""`/combined/<set>/<municipality>/<key>`: one record, for people and as linked data."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint, make_response

from ckanext.hokkaido_core.shared import caching, handle_refusals
from ckanext.hokkaido_standards.config import site_url
from ckanext.hokkaido_standards.domain.turtle import turtle

__all__ = ["combined_record"]

combined_record = Blueprint("hokkaido_combined_record", __name__, url_prefix="/combined")
handle_refusals(combined_record)

#: What a format is called in an address -> its media type.
_FORMATS = {"jsonld": "application/ld+json", "ttl": "text/turtle"}


@combined_record.route("/<standard_id>/<municipality>/<path:key>")
def read(standard_id: str, municipality: str, key: str) -> str | Response:
    """Show a record as a page, or as JSON-LD or Turtle where these are asked for."""
    # What a server has decoded is written as the record's IRI has it.
    iri = f"{site_url()}/combined/{quote(standard_id)}/{quote(municipality)}/{quote(key, safe='~')}"
    shown = tk.get_action("hokkaido_combined_record_show")({}, {"iri": iri})
    wanted = tk.request.args.get("format") or _preferred()
    if wanted in _FORMATS:
        return _as_data(shown, wanted)
    response = make_response(
        tk.render("hokkaido_standards/combined/record.html", {"record": shown, "formats": _FORMATS})
    )
    response.headers["Link"] = ", ".join(
        f'<{iri}?format={name}>; rel="alternate"; type="{media_type}"' for name, media_type in _FORMATS.items()
    )
    response.vary.add("Accept")
    return response


def _preferred() -> str:
    """Return the format that is preferred to a page; a client that takes anything expects a page."""
    accepted = tk.request.accept_mimetypes
    named = {value for value, quality in accepted if quality > 0}
    offered = [name for name, media_type in _FORMATS.items() if media_type in named]
    best = max(offered, key=lambda name: accepted[_FORMATS[name]], default="")
    return best if best and accepted[_FORMATS[best]] >= accepted["text/html"] else ""


def _as_data(shown: dict[str, Any], wanted: str) -> Response:
    etag = f"{shown['mark']}-{wanted}"
    if tk.request.if_none_match.contains_weak(etag):
        response = make_response("", 304)
    elif wanted == "ttl":
        response = make_response(turtle(shown["context"], shown["node"]))
        response.headers["Content-Type"] = "text/turtle; charset=utf-8"
    else:
        document = {"@context": shown["context"]} | shown["node"]
        response = make_response(json.dumps(document, ensure_ascii=False, indent=2))
        response.headers["Content-Type"] = "application/ld+json"
    response.set_etag(etag)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return caching.shared(response, "Accept")
