"""`/catalog/status`: how the feed stands, for harvesters, editors and everybody else."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from flask import Blueprint, request

from ckanext.hokkaido_core.shared import pager
from ckanext.hokkaido_dcat import addresses
from ckanext.hokkaido_dcat.domain.profiles import DEFAULT

__all__ = ["status"]

status = Blueprint("hokkaido_dcat_status", __name__)

PAGE_SIZE = 50


def index() -> str:
    """Show the figures of the whole portal."""
    summary = tk.get_action("hokkaido_feed_summary_show")({}, {})
    links = {
        "pages": {profile: addresses.page("ttl", profile, 1) for profile in summary["dumps"]},
        "dumps": {profile: _file("hokkaido_dcat_dump.download", profile) for profile in summary["dumps"]},
        "changes": _at("hokkaido_dcat_changes.stream"),
        "deletions": _at("hokkaido_dcat_changes.deletions"),
        "list": _at("hokkaido_opendata_list.as_csv"),
    }
    return tk.render("hokkaido_dcat/status/index.html", {"summary": summary, "links": links})


def _at(endpoint: str, **arguments: str) -> str:
    return tk.url_for(endpoint, _external=True, locale="default", **arguments)


def _file(endpoint: str, profile: str) -> str:
    return _at(endpoint, name="dump.ttl.gz", **({} if profile == DEFAULT.name else {"profile": profile}))


def organization(organization: str) -> str:
    """Show the datasets of one organisation with their scores, the fewest points first."""
    try:
        described = tk.get_action("organization_show")({}, {"id": organization})
        number = tk.h.get_page_number(request.args)
        asked = {"organization": described["id"], "limit": PAGE_SIZE, "offset": (number - 1) * PAGE_SIZE}
        found = tk.get_action("hokkaido_feed_quality_list")({}, asked)
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("There is no such organisation."))
    links = pager(found["items"], number, found["count"], PAGE_SIZE)
    values = {"organization": described, "found": found, "pager": links}
    return tk.render("hokkaido_dcat/status/organization.html", values)


status.add_url_rule(addresses.STATUS, view_func=index)
status.add_url_rule(f"{addresses.STATUS}/<organization>", view_func=organization)
