"""Wiring of the plugin for standard data sets: recognition and checks of tables."""

from __future__ import annotations

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig
from ckan.lib.plugins import DefaultTranslation

from ckanext.hokkaido_standards import config as settings
from ckanext.hokkaido_standards.logic import action, auth


@tk.blanket.actions(action.functions)
@tk.blanket.auth_functions(auth.functions)
@tk.blanket.cli
@tk.blanket.config_declarations
class HokkaidoStandardsPlugin(p.SingletonPlugin, DefaultTranslation):
    """Check tables against the standard data sets of municipalities and the rules of machine-readability."""

    p.implements(p.IConfigurable)
    p.implements(p.ITranslation)

    def configure(self, config: CKANConfig) -> None:
        settings.region()
