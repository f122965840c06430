"""Wiring of the plugin."""

from __future__ import annotations

import ckan.plugins as p


class HokkaidoSchemaPlugin(p.SingletonPlugin):
    """Placeholder wiring; filled by the plugin's own work."""
