"""Wiring of the feed: the store that follows every save, its pages, its upkeep."""

from __future__ import annotations

from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.common import CKANConfig
from ckan.lib.plugins import DefaultTranslation
from ckan.types import CKANApp

from ckanext.hokkaido_dcat import duties, startup, tracking
from ckanext.hokkaido_dcat.front import FeedFront


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.helpers
class HokkaidoDcatPlugin(p.SingletonPlugin, DefaultTranslation):
    """Serve the portal's datasets as DCAT-AP."""

    p.implements(p.IConfigurable)
    p.implements(p.IConfigurer)
    p.implements(p.IDomainObjectModification)
    p.implements(p.IMiddleware, inherit=True)
    p.implements(p.IOrganizationController, inherit=True)
    p.implements(p.ITranslation)

    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")
        tk.add_resource("assets", "hokkaido_dcat")

    def configure(self, config: CKANConfig) -> None:
        startup.check(config)
        duties.register()

    def notify(self, entity: Any, operation: str) -> None:
        tracking.note(entity, operation)

    def edit(self, entity: model.Group) -> None:
        tracking.organization_changed(entity.id)

    def make_middleware(self, app: CKANApp, config: CKANConfig) -> CKANApp:
        app.wsgi_app = FeedFront(app.wsgi_app, app)
        return app
