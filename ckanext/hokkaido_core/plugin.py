"""Wiring of the core: request protection, headers, templates, outbox and clock."""

from __future__ import annotations

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig
from ckan.lib.plugins import DefaultTranslation
from ckan.types import CKANApp

from ckanext.hokkaido_core import body_limit, caching, csrf, duties, headers, startup, static_files


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.helpers
class HokkaidoCorePlugin(p.SingletonPlugin, DefaultTranslation):
    """Load what every other plugin of the suite stands on."""

    p.implements(p.IConfigurer)
    p.implements(p.IConfigurable)
    p.implements(p.IMiddleware, inherit=True)
    p.implements(p.ITranslation)

    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")
        tk.add_public_directory(config, "public")
        tk.add_resource("assets", "hokkaido_core")

    def configure(self, config: CKANConfig) -> None:
        startup.check(config)
        duties.register()

    def make_middleware(self, app: CKANApp, config: CKANConfig) -> CKANApp:
        csrf.protect()
        body_limit.limit(app, config)
        app.after_request(headers.secure)
        app.wsgi_app = caching.KeepCacheHeaders(static_files.KeepCompiledFiles(app.wsgi_app))
        return app
