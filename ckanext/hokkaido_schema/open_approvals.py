"""Datasets that wait for somebody's approval, for the page of a hand-over (design D21)."""

from __future__ import annotations

from collections.abc import Collection

import ckan.plugins.toolkit as tk
from sqlalchemy.orm import Session

from ckanext.hokkaido_schema.possessions import POSSESSIONS, Possession, PossessionKind
from ckanext.hokkaido_schema.service.approval import waiting

__all__ = ["register"]


def register() -> None:
    """Let the hand-over page list what waits for approval."""
    POSSESSIONS.add("schema.approvals", _APPROVALS)


def _find(session: Session, organizations: Collection[str] | None, user_id: str | None) -> list[Possession]:
    return [
        Possession(
            title=dataset.title or dataset.name,
            organization_id=dataset.owner_org,
            url=tk.url_for("dataset.read", id=dataset.name),
        )
        for dataset in waiting(session, organizations, user_id)
    ]


_APPROVALS = PossessionKind(
    label=lambda: tk._("Datasets that wait for approval"),
    advice=lambda: tk._("An administrator of the organisation approves or returns them on the page of the dataset."),
    find=_find,
)
