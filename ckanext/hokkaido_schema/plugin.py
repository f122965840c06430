"""Wiring of the metadata schema: dataset and organisation fields, vocabularies, organisation tree, sample portal."""

from __future__ import annotations

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig
from ckan.lib.plugins import DefaultTranslation


class HokkaidoSchemaPlugin(p.SingletonPlugin, DefaultTranslation):
    """Describe datasets and organisations in the terms of Hokkaido and its municipalities."""

    p.implements(p.IConfigurer)
    p.implements(p.ITranslation)

    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")
