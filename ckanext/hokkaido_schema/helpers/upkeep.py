"""Words and looks of the upkeep: links, what is to be done, roles, the history of an organisation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.hokkaido_core.domain.japan_time import in_japan
from ckanext.hokkaido_core.shared import spoken
from ckanext.hokkaido_schema.domain.link_state import LinkState
from ckanext.hokkaido_schema.domain.upkeep import Kind
from ckanext.hokkaido_schema.service import link as links
from ckanext.hokkaido_schema.service import reorganization

__all__ = [
    "hokkaido_broken_links",
    "hokkaido_dataset_state",
    "hokkaido_link_looks",
    "hokkaido_link_reason",
    "hokkaido_organization_history",
    "hokkaido_role_label",
    "hokkaido_short_moment",
    "hokkaido_successor",
    "hokkaido_upkeep_kinds",
]


def _(text: str) -> str:
    return tk._(text)


def hokkaido_upkeep_kinds() -> dict[str, dict[str, str]]:
    """Return the name, colour and sign of each kind of thing to do."""
    return {
        Kind.BROKEN.value: {"label": _("Broken link"), "tone": "bad", "icon": "link-slash"},
        Kind.STALE.value: {"label": _("Update overdue"), "tone": "warn", "icon": "clock"},
        Kind.MOVED.value: {"label": _("Link has moved"), "tone": "info", "icon": "share"},
        Kind.DRAFT.value: {"label": _("Draft left alone"), "tone": "plain", "icon": "pencil"},
    }


def hokkaido_link_looks() -> dict[str, dict[str, str]]:
    """Return the name, colour and sign of each state of a link."""
    return {
        LinkState.OK.value: {"label": _("Works"), "tone": "good", "icon": "check"},
        LinkState.MOVED.value: {"label": _("Has moved"), "tone": "info", "icon": "share"},
        LinkState.BROKEN.value: {"label": _("Broken"), "tone": "bad", "icon": "link-slash"},
        LinkState.UNREACHABLE.value: {"label": _("Cannot be checked from here"), "tone": "plain", "icon": "lock"},
        LinkState.UNCHECKED.value: {"label": _("Not checked yet"), "tone": "plain", "icon": "hourglass"},
    }


def hokkaido_link_reason(link: dict[str, Any]) -> str:
    """Say in words what the last look at a link found; nothing when it was fine."""
    reasons = {
        "not-allowed": _("The address leads into a closed network or is not one of the web."),
        "not-resolved": _("The name of the site is not known."),
        "not-reached": _("The site does not answer."),
        "not-trusted": _("The certificate of the site does not hold."),
        "too-slow": _("The site did not answer in time."),
        "too-big": _("The answer was too long."),
        "bad-answer": _("What the site answered cannot be read."),
        "redirects": _("The site leads on and on, or to a page that is not encrypted."),
        "no-file": _("The file is not on the portal. Upload it again."),
    }
    if link["fault"]:
        return reasons.get(link["fault"], link["fault"])
    if link["status"] in {404, 410}:
        return _("The page is gone ({status}).").format(status=link["status"])
    if link["status"] >= 400:  # noqa: PLR2004 - where the faults of HTTP begin.
        return _("The site answers with {status}.").format(status=link["status"])
    return ""


def hokkaido_broken_links(dataset_id: str) -> dict[str, str]:
    """Return the state of those links of a dataset that need somebody, by resource ("" for the dataset's own)."""
    found = links.of_datasets(model.Session(), [dataset_id], [LinkState.BROKEN, LinkState.MOVED])
    return {link.resource_id: link.state for link in reversed(found)}


def hokkaido_short_moment(value: str | datetime, *, hours: bool = False) -> str:
    """Return a moment as the clocks of Japan show it, in the usual short form of the language of the page."""
    moment = in_japan(value if isinstance(value, str) else value.isoformat())
    clock = f" {moment:%H:%M}" if hours else ""
    if spoken() == "ja":
        return f"{moment.year}年{moment.month}月{moment.day}日{clock}"
    return f"{moment:%Y-%m-%d}{clock}"


def hokkaido_role_label(role: str) -> str:
    """Return the name of a role."""
    return {"admin": _("Admin"), "editor": _("Editor"), "member": _("Member")}.get(role, role)


def hokkaido_dataset_state(row: dict[str, Any]) -> dict[str, str]:
    """Return the name and the colour of the state of a dataset."""
    if row["state"] == "draft":
        return {"label": _("Draft"), "tone": "warn"}
    return {"label": _("Private"), "tone": "plain"} if row["private"] else {"label": _("Public"), "tone": "good"}


def hokkaido_organization_history(organization_id: str) -> list[dict[str, Any]]:
    """Return what became of an organisation, newest first; names of people are for its own pages only."""
    told = []
    for event in reorganization.events_of(model.Session(), organization_id):
        if event.kind == "merged" and event.detail["to"] == organization_id:
            text = _("“{title}” was merged into this organisation.").format(title=event.detail["title"])
        elif event.kind == "renamed":
            text = _("Renamed from “{title}”.").format(title=event.detail["title"])
        else:
            continue
        told.append({"day": event.created_at, "text": text})
    return told


def hokkaido_successor(name: str) -> str | None:
    """Return the present name of an organisation that was merged or renamed."""
    found = reorganization.successor(model.Session(), name)
    return found.name if found is not None else None
