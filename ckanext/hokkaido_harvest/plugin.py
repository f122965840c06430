"""Shell of the plugin for harvesters for other portals and the FIWARE broker connection.

It registers nothing yet: no page, no action, no setting. It is loadable so that an operator's `ckan.plugins` line
already has its final form.
"""

from __future__ import annotations

import ckan.plugins as p


class HokkaidoHarvestPlugin(p.SingletonPlugin):
    """Load without effect until its capability is delivered."""
