"""Shell of the plugin for data requests, votes, round tables, use cases and priority.

It registers nothing yet: no page, no action, no setting. It is loadable so that an operator's `ckan.plugins` line
already has its final form.
"""

from __future__ import annotations

import ckan.plugins as p


class HokkaidoDemandPlugin(p.SingletonPlugin):
    """Load without effect until its capability is delivered."""
