"""Saving many datasets in one transaction, by the validators and hooks of `package_create` and `package_update`.

What these two do for each dataset and what is the same for all is done once: the commit, the request to Solr and its
commit, the look-ups of tags and of the user, and the showing of the dataset, which index and activity share. Feed
fragments come with the commit, as ever. CKAN's signal `action_succeeded` is not sent; the activity, for which CKAN uses
it, is written here.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, cast

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import datapreview, uploader
from ckan.lib import plugins as lib_plugins
from ckan.lib.dictization import model_save
from ckan.lib.search import index_for
from ckan.logic import apply_after_dataset_show_plugins
from ckan.model.types import make_uuid
from ckan.types import Context, Schema
from pysolr import SolrError

from ckanext.hokkaido_schema import solr_batch
from ckanext.hokkaido_schema.domain.record import Note
from ckanext.hokkaido_schema.logic import repairs
from ckanext.hokkaido_schema.logic.batch_knowledge import Knowledge
from ckanext.hokkaido_schema.logic.bulk_showing import dictize
from ckanext.hokkaido_schema.service.reindexing import ask_to_reindex

__all__ = ["Batch", "Checked", "Errors", "Saved"]

Errors = dict[str, Any]

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Checked:
    """What the validators made of a dataset: its data, their errors, and what they mended on the way."""

    data: dict[str, Any]
    errors: Errors
    mended: list[Note]


@dataclass(slots=True)
class Saved:
    """A dataset that a batch has written: its row, whether it is new, and how it is shown once the batch is flushed."""

    package: model.Package
    new: bool
    shown: dict[str, Any] = field(default_factory=dict)


class Batch:
    """Datasets that are saved together; nothing is stored before `commit`.

    :ivar user: whose name the activity bears.
    :ivar knowledge: what need not be asked for each dataset.
    """

    def __init__(self, context: Context) -> None:
        self.user = model.User.get(context.get("user") or "")
        self.saved: list[Saved] = []
        self.knowledge = Knowledge()
        self._context = context
        self._tags: dict[str, model.Tag] = {}
        self._without_views: list[dict[str, Any]] = []

    def check(self, dataset: dict[str, Any], package: model.Package | None = None) -> Checked:
        """Return a dataset as the validators of `package_create` (or `package_update`) leave it, and their errors."""
        plugin = lib_plugins.lookup_package_plugin(dataset["type"])
        context = self._fresh(package)
        with repairs.collecting() as mended:
            if package is None:
                schema: Schema = plugin.create_package_schema()
                found = lib_plugins.plugin_validate(plugin, context, dataset, schema, "package_create")
            else:
                for resource in dataset.get("resources") or ():
                    # What the stored file says of itself stays with its resource, whatever the description says.
                    uploader.get_resource_uploader(resource)
                schema = plugin.update_package_schema()
                found = lib_plugins.plugin_validate(plugin, context, dataset, schema, "package_update")
        return Checked(*found, [Note(one.field, one.kind, one.before, one.after) for one in mended])

    def add(self, data: dict[str, Any], package: model.Package | None = None) -> Saved:
        """Write a dataset that passed `check` into the session."""
        context, new = self._fresh(package), package is None
        data.pop("plugin_data", None)
        if new and self.user:
            data["creator_user_id"] = self.user.id
        self._know_tags(data.get("tags") or ())
        files = data.pop("resources", None) if new else None
        row, _change = model_save.package_dict_save(data, context)
        if files is not None:
            # CKAN asks twice for files that are there already; a new dataset has none.
            data["resources"] = files
            for file in files:
                file["package_id"] = row.id
            row.resources_all[:] = [model_save.resource_dict_save(file, context)[0] for file in files]
        # The time zone is CKAN's: its columns hold UTC without saying so.
        row.metadata_modified = dt.datetime.utcnow()  # noqa: DTZ003
        if new:
            # Each has a moment of its own, so that the order of the file stays the order of the datasets.
            row.metadata_created = row.metadata_modified
            self._belong(row)
        saved = Saved(row, new)
        self.saved.append(saved)
        self._hooks(saved, context, data)
        return saved

    def flush(self) -> None:
        """Write to the database, with activities, and find how the datasets are shown."""
        model.Session.flush()
        self._views()
        index = index_for("Package")
        context = Context(user="", ignore_auth=True, session=model.Session, model=model)
        found = dictize([saved.package for saved in self.saved], context)
        for saved in self.saved:
            default, saved.shown = self._shown(saved.package, found[saved.package.id])
            index.insert_dict(dict(default, with_custom_schema=saved.shown))
        self._activities()

    def commit(self) -> None:
        """Store everything, and make it searchable."""
        with solr_batch.gathered() as found:
            self.flush()
        stored = [saved.package.id for saved in self.saved]
        model.Session.commit()
        # After the commit: what is not stored is never found. Who is killed here is brought along by the next start.
        try:
            found.send()
        except SolrError:
            log.exception("The index does not answer: what was stored is written to it later")
            ask_to_reindex(model.Session(), stored)
            model.Session.commit()

    def _fresh(self, package: model.Package | None) -> Context:
        context = Context(
            user=self._context.get("user", ""),
            ignore_auth=self._context.get("ignore_auth", False),
            defer_commit=True,
            allow_state_change=True,
            session=model.Session,
            model=model,
        )
        if self.user:
            context["auth_user_obj"] = self.user
        if package is not None:
            context["package"] = package
        cast("dict[str, Any]", context)["hokkaido_knowledge"] = self.knowledge
        return context

    def _know_tags(self, tags: Iterable[dict[str, Any]]) -> None:
        """Give tags their ids: two datasets of one batch may bring the same new one."""
        wanted = {tag["name"]: tag for tag in tags if not tag.get("vocabulary_id")}
        unknown = [name for name in wanted if name not in self._tags]
        if unknown:
            found = model.Session.query(model.Tag).filter(
                model.Tag.name.in_(unknown), model.Tag.vocabulary_id.is_(None)
            )
            self._tags |= {tag.name: tag for tag in found}
        for name in unknown:
            if name not in self._tags:
                tag = self._tags[name] = model.Tag(name=name)
                tag.id = make_uuid()
                model.Session.add(tag)
                model.Session.flush([tag])
        for name, tag in wanted.items():
            tag["id"] = self._tags[name].id

    def _belong(self, row: model.Package) -> None:
        if row.owner_org:
            place = {"table_id": row.id, "table_name": "package", "capacity": "organization", "state": "active"}
            model.Session.add(model.Member(**place, group_id=row.owner_org))

    def _hooks(self, saved: Saved, context: Context, data: dict[str, Any]) -> None:
        for number, resource in enumerate(saved.package.resources):
            resource.id = resource.id or make_uuid()
            data["resources"][number]["id"] = resource.id
        data["id"] = saved.package.id
        for item in p.PluginImplementations(p.IPackageController):
            if saved.new:
                item.create(saved.package)
                item.after_dataset_create(context, data)
            else:
                item.edit(saved.package)
                item.after_dataset_update(context, data)
        if saved.new and data.get("resources"):
            self._without_views.append(data)

    def _views(self) -> None:
        """Give new files the views that the settings name, as `package_create` does."""
        context = self._fresh(None)
        context["ignore_auth"] = True
        views = datapreview.get_default_view_plugins()
        for data in self._without_views:
            seen = ({"resource": resource, "package": data} for resource in data["resources"])
            # Most files are only linked, and no view can show those: that is told without asking the database.
            if any(view.can_view(one) for one in seen for view in views):
                datapreview.add_views_to_dataset_resources(context, data)
        self._without_views.clear()

    def _shown(self, row: model.Package, package: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return a dataset as `package_show` does, by CKAN's own schema and by ours."""
        context = Context(user="", ignore_auth=True, for_view=False, session=model.Session, model=model, package=row)
        for item in p.PluginImplementations(p.IPackageController):
            item.read(row)
        for item in p.PluginImplementations(p.IResourceController):
            for resource in package["resources"]:
                item.before_resource_show(resource)
        # CKAN shows it by its default schema, too. That changes nothing, asks the database four times, and is left out;
        # a test compares the index with what CKAN's own reindexing writes.
        # Showing makes new dictionaries of what is inside, and takes entries away from the outer one only.
        default = {name: list(value) if isinstance(value, list) else value for name, value in package.items()}
        plugin = lib_plugins.lookup_package_plugin(package["type"])
        schema = plugin.show_package_schema()
        shown, _errors = lib_plugins.plugin_validate(plugin, context, package, schema, "package_show")
        apply_after_dataset_show_plugins(context, shown)
        return default, shown

    def _activities(self) -> None:
        if not p.plugin_loaded("activity") or not tk.asbool(tk.config.get("ckan.activity_streams_enabled", True)):
            return
        if self.user is None:
            return
        from ckanext.activity.model import Activity

        labels = lib_plugins.get_permission_labels()
        for saved in self.saved:
            kind = "new" if saved.new else "deleted" if saved.package.state == "deleted" else "changed"
            told = {"package": saved.shown, "actor": self.user.name}
            seen_by = labels.get_dataset_labels(saved.package)
            model.Session.add(Activity(self.user.id, saved.package.id, f"{kind} package", told, seen_by))
