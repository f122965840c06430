"""Wiring of the plugin for standard data sets: what they are, empty tables of them, recognition and checks."""

from __future__ import annotations

from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.common import CKANConfig
from ckan.lib.plugins import DefaultTranslation

from ckanext.hokkaido_standards import config as settings
from ckanext.hokkaido_standards import duties, tracking
from ckanext.hokkaido_standards.logic import action, auth


@tk.blanket.actions(action.functions)
@tk.blanket.auth_functions(auth.functions)
@tk.blanket.blueprints
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.helpers
class HokkaidoStandardsPlugin(p.SingletonPlugin, DefaultTranslation):
    """Show the standard data sets of municipalities, and check tables against them and the rules of readability."""

    p.implements(p.IConfigurable)
    p.implements(p.IConfigurer)
    p.implements(p.IDomainObjectModification)
    p.implements(p.IOrganizationController, inherit=True)
    p.implements(p.ITranslation)

    def configure(self, config: CKANConfig) -> None:
        settings.region()
        duties.register()

    def notify(self, entity: Any, operation: str) -> None:
        tracking.note(entity)

    def edit(self, entity: model.Group) -> None:
        tracking.organization_changed(entity.id)

    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")
        tk.add_resource("assets", "hokkaido_standards")
