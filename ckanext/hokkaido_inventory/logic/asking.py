"""Where somebody can ask for data that is not open: with whoever has registered an offer, else with the unit itself."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_inventory.offers import holding_offers
from ckanext.hokkaido_inventory.service.holding import Status

__all__ = ["way_to_ask"]


def way_to_ask(holding: dict[str, Any], contact: dict[str, str]) -> dict[str, str] | None:
    """Return label and address of the button that asks for a holding; nothing when it is open or nobody can be asked.

    :param holding: as `holding_dict` gives it.
    :param contact: of the unit that holds it.
    """
    if holding["status"] == Status.PUBLISHED:
        return None
    for offer in holding_offers:
        found = offer(holding)
        if found:
            return found
    if contact.get("url", "").startswith(("https://", "http://")):
        return {"label": tk._("Ask the unit for this data"), "url": contact["url"]}
    if contact.get("email"):
        subject = quote(tk._("Question about data held: {title}").format(title=holding["title"]))
        return {"label": tk._("Ask the unit for this data"), "url": f"mailto:{contact['email']}?subject={subject}"}
    return None
