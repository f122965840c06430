"""Whom to ask about data: the contact that an organisation gives of itself."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import Context

__all__ = ["contact_of"]

_FIELDS = {"name": "contact_name", "email": "contact_email", "phone": "contact_phone", "url": "contact_url"}


def contact_of(context: Context, organisation_id: str) -> dict[str, str]:
    """Return name, e-mail, phone and page of an organisation's contact; the name falls back to its title."""
    organisation = tk.get_action("organization_show")(
        Context(user=context.get("user", ""), ignore_auth=True),
        {
            "id": organisation_id,
            "include_users": False,
            "include_groups": False,
            "include_tags": False,
            "include_followers": False,
            "include_dataset_count": False,
        },
    )
    found = {name: organisation.get(field) or "" for name, field in _FIELDS.items()}
    found["name"] = found["name"] or organisation["title"] or organisation["name"]
    return {name: value for name, value in found.items() if value}
