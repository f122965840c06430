"""Wiring of the metadata schema: dataset and organisation fields, vocabularies, organisation tree, sample portal."""

from __future__ import annotations

from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig
from ckan.lib.plugins import DefaultTranslation
from ckan.types import Context

from ckanext.hokkaido_core.shared import spoken
from ckanext.hokkaido_schema import (
    duties,
    helpers,
    indexing,
    licences,
    mended,
    naming,
    open_approvals,
    present_names,
    series,
    uploads,
    withholding,
)
from ckanext.hokkaido_schema.logic import (
    action,
    auth,
    batch_knowledge,
    links,
    placement,
    readings,
    second_look,
    validators,
)
from ckanext.hokkaido_schema.permissions import StaffLabels


@tk.blanket.actions(action.functions)
@tk.blanket.auth_functions(auth.functions)
@tk.blanket.blueprints
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.helpers(helpers)
class HokkaidoSchemaPlugin(StaffLabels, p.SingletonPlugin, DefaultTranslation):
    """Describe datasets and organisations in the terms of Hokkaido and its municipalities."""

    p.implements(p.IConfigurer)
    p.implements(p.IConfigurable)
    p.implements(p.ITranslation)
    p.implements(p.IValidators)
    p.implements(p.IUploader, inherit=True)
    p.implements(p.IPackageController, inherit=True)
    p.implements(p.IPermissionLabels)
    p.implements(p.IFacets, inherit=True)

    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")
        tk.add_resource("assets", "hokkaido_schema")

    def configure(self, config: CKANConfig) -> None:
        licences.install(config.get("licenses_group_url"))
        duties.register()
        naming.watch()
        open_approvals.register()

    def get_validators(self) -> dict[str, Any]:
        modules = (validators, readings, links)
        found = {name: getattr(module, name) for module in modules for name in module.__all__}
        found |= {name: getattr(second_look, name) for name in ("hokkaido_second_look", "hokkaido_unless_draft")}
        found |= {name: getattr(batch_knowledge, name) for name in ("hokkaido_free_name", "hokkaido_owner_org")}
        return found | {name: getattr(placement, name) for name in ("hokkaido_parent", "hokkaido_place_in_tree")}

    def get_resource_uploader(self, data_dict: dict[str, Any]) -> None:
        """Read what the file says of itself; storing it stays with the uploader that CKAN or the operator chose."""
        uploads.complete(data_dict)

    def after_dataset_show(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        withholding.from_shown(context, pkg_dict)

    def after_dataset_create(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        mended.tell()

    def after_dataset_update(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        mended.tell()

    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        withholding.from_index(pkg_dict)
        return indexing.prepare(pkg_dict)

    def before_dataset_search(self, search_params: dict[str, Any]) -> dict[str, Any]:
        return series.hide(present_names.in_search(withholding.from_question(search_params)))

    def after_dataset_search(self, search_results: dict[str, Any], search_params: dict[str, Any]) -> dict[str, Any]:
        withholding.from_search(search_results.get("results", []))
        indexing.translate_facets(search_results.get("search_facets", {}), spoken())
        return search_results

    def dataset_facets(self, facets_dict: dict[str, Any], package_type: str) -> dict[str, Any]:
        if package_type == series.SERIES:
            return {"organization": facets_dict["organization"]}
        facets_dict.pop("groups", None)
        return {"vocab_theme": tk._("Theme"), "vocab_bureau": tk._("Subprefectural bureau"), **facets_dict}

    def organization_facets(
        self, facets_dict: dict[str, Any], organization_type: str, package_type: str | None
    ) -> dict[str, Any]:
        return self.dataset_facets(facets_dict, package_type or "dataset")
