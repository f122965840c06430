"""What the page of a holding offers besides its own content; siblings add to it (design D21)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from ckanext.hokkaido_core.shared import Registry

__all__ = ["Offer", "holding_offers"]

#: Gets a holding as `hokkaido_holding_show` returns it and gives `{label, url}` of a button, or nothing.
Offer: TypeAlias = Callable[[dict[str, Any]], dict[str, str] | None]

#: Ways to ask for a holding that is not open; the first that answers is shown.
holding_offers: Registry[Offer] = Registry()
