"""Wiring of the inventory survey."""

from __future__ import annotations

from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig
from ckan.lib.plugins import DefaultTranslation

from ckanext.hokkaido_inventory import duties, listed, possessions, tracking


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.helpers
@tk.blanket.validators
class HokkaidoInventoryPlugin(p.SingletonPlugin, DefaultTranslation):
    """Survey rounds, holdings, their review and their way to a public dataset."""

    p.implements(p.IConfigurable)
    p.implements(p.IConfigurer)
    p.implements(p.IDomainObjectModification)
    p.implements(p.ITranslation)

    def configure(self, _config: CKANConfig) -> None:
        duties.register()
        listed.register()
        possessions.register()

    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")
        tk.add_resource("assets", "hokkaido_inventory")

    def notify(self, entity: Any, _operation: str) -> None:
        tracking.note(entity)
