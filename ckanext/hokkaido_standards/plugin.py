"""Shell of the plugin for standard data sets: recognition, checks, repair and merged tables.

It registers nothing yet: no page, no action, no setting. It is loadable so that an operator's `ckan.plugins` line
already has its final form.
"""

from __future__ import annotations

import ckan.plugins as p


class HokkaidoStandardsPlugin(p.SingletonPlugin):
    """Load without effect until its capability is delivered."""
