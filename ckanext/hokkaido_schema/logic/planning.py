"""From a record that was read to what it would do: the dataset it means, what changes, and what cannot be taken."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.types import Context

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_schema.domain.difference import changes, merged, said, without_echoes
from ckanext.hokkaido_schema.domain.exchange_state import Outcome
from ckanext.hokkaido_schema.domain.record import Note, Record
from ckanext.hokkaido_schema.logic.bulk_saving import Batch, Errors

__all__ = ["Plan", "Planner", "message_of"]

#: So often a description is validated again without what was refused.
_ROUNDS = 5
#: What a dataset is called or where it belongs: nothing is stored without it.
_NEEDED = {"title", "owner_org", "private", "type", "__before", "__junk", "state"}


@dataclass(slots=True)
class Plan:
    """What a record would do to the portal.

    :ivar data: the dataset as validators left it, ready to be saved.
    :ivar wanted: the dataset as it was handed to them.
    """

    record: Record
    outcome: Outcome = Outcome.REFUSED
    package: model.Package | None = None
    wanted: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] | None = None
    changes: list[dict[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return the end of the dataset's address."""
        return str(self.data.get("name") or (self.package.name if self.package else "") or "")


class Planner:
    """Plans records of one file, each with the rights of whoever handed it in; `look_up` comes first.

    :param organization: the organisation that all of them belong to, or nothing where each names its own.
    :param public: complete descriptions are published; else all stay drafts.
    :ivar names: ids and names of the datasets that records before have described: none is described twice.
    """

    def __init__(
        self,
        context: Context,
        batch: Batch,
        organization: model.Group | None,
        names: Iterable[str] = (),
        *,
        public: bool,
    ) -> None:
        self._context, self.batch, self._organization, self._public = context, batch, organization, public
        self._may: dict[str, bool] = {}
        self._organizations: dict[str, model.Group] | None = None
        self.names = set(names)
        self._known_by: dict[str, model.Package] = {}

    def plan(self, record: Record, *, clears: bool = False) -> Plan:
        """Return what a record does, with its repairs and refusals on the record.

        :param clears: fields that the record holds blank become blank; else they stay as they are.
        """
        plan = Plan(record)
        if record.refused:
            return plan
        organization = self._owner(record)
        if organization is None or not self._allowed(organization.id):
            code = "organization" if organization is None else "not_yours"
            self._refuse(plan, "owner_org", code, next(iter(record.organization.values()), ""))
            return plan
        there = self._there(record, organization)
        if there is not None and there.owner_org != organization.id:
            # Nothing is told of it: it may be a draft, or private.
            self._refuse(plan, "id", "elsewhere", record.source.get("id") or str(record.dataset.get("name") or ""))
            return plan
        plan.package = there
        if there is not None and {there.id, there.name} & self.names:
            self._refuse(plan, "id", "twice", there.title or there.name)
            return plan
        if there is not None:
            self.names |= {there.id, there.name}
        if not clears or plan.package is None:
            record.dataset = {key: value for key, value in record.dataset.items() if value not in (None, "", [])}
        self._new(plan, organization) if plan.package is None else self._known(plan)
        return plan

    def _refuse(self, plan: Plan, name: str, code: str, value: str) -> None:
        plan.record.refusals.append(Note(name, code, value))
        plan.record.refused = True

    def _owner(self, record: Record) -> model.Group | None:
        if self._organization is not None:
            self._keep_publisher(record, self._organization)
            return self._organization
        known = self._known_organizations()
        for key in ("code", "id", "name", "title"):
            if (text := record.organization.get(key)) and (found := known.get(f"{key}:{comparison_key(text)}")):
                return found
        return None

    def _keep_publisher(self, record: Record, organization: model.Group) -> None:
        """Keep who published it elsewhere, where that is somebody else."""
        title = record.organization.get("title", "")
        known = {comparison_key(text) for text in (organization.title, organization.name) if text}
        code = (organization.extras or {}).get("code")
        same = comparison_key(title) in known or (code and record.organization.get("code") == code)
        if title and not same and not record.dataset.get("creator"):
            record.dataset["creator"] = title
            record.repair("organization", "publisher", title, title)

    def _known_organizations(self) -> dict[str, model.Group]:
        if self._organizations is None:
            found: dict[str, model.Group] = {}
            for one in model.Session.query(model.Group).filter_by(is_organization=True, state="active"):
                code = (one.extras or {}).get("code")
                for key, text in (("id", one.id), ("name", one.name), ("title", one.title), ("code", code)):
                    if text:
                        found.setdefault(f"{key}:{comparison_key(str(text))}", one)
            self._organizations = found
        return self._organizations

    def _allowed(self, organization_id: str) -> bool:
        if organization_id not in self._may:
            context = Context(user=self._context.get("user", ""), ignore_auth=self._context.get("ignore_auth", False))
            try:
                tk.check_access("package_create", context, {"owner_org": organization_id})
            except tk.NotAuthorized:
                self._may[organization_id] = False
            else:
                self._may[organization_id] = True
        return self._may[organization_id]

    def look_up(self, records: Sequence[Record]) -> None:
        """Find the datasets that are there already of many records in one query."""
        page = tk.h.url_for("dataset.read", id="x", qualified=True).removesuffix("x")
        for record in records:
            url = record.source.get("url", "")
            if url.startswith(page):
                record.dataset.pop("url", None)
                record.dataset["name"] = url.removeprefix(page).rstrip("/")
        marks = [mark for record in records if (mark := record.source.get("id"))]
        names = [str(name) for record in records if (name := record.dataset.get("name"))]
        marked = model.Package.extras["identifier"].astext
        query = model.Session.query(model.Package).filter(
            model.Package.state != "deleted",
            sa.or_(model.Package.id.in_(marks), model.Package.name.in_(names), marked.in_(marks)),
        )
        free = set(names)
        for package in query if marks or names else ():
            free.discard(package.name)
            if package.type != "dataset":
                continue
            self._known_by |= {f"id {package.id}": package, f"name {package.name}": package}
            self._known_by[f"{package.owner_org} {(package.extras or {}).get('identifier')}"] = package
        self.batch.knowledge.free_names |= free

    def _there(self, record: Record, organization: model.Group) -> model.Package | None:
        """Return the dataset of this portal that a record describes, nothing for a new one."""
        mark, name = record.source.get("id", ""), record.dataset.get("name")
        keys = (f"id {mark}", f"name {name}", f"{organization.id} {mark}" if mark else "")
        return next((found for key in keys if (found := self._known_by.get(key))), None)

    def _new(self, plan: Plan, organization: model.Group) -> None:
        wanted = {**plan.record.dataset, "type": "dataset", "owner_org": organization.id}
        name = wanted.get("name")
        if name in self.names:
            self._refuse(plan, "name", "twice", str(name))
            return
        wanted |= {"state": "active", "private": False} if self._public else {"state": "draft", "private": True}
        self._validate(plan, wanted)
        if plan.record.refused:
            return
        self.names.add(plan.name)
        plan.outcome = Outcome.DRAFT if plan.wanted["state"] == "draft" else Outcome.CREATED
        plan.changes = changes({}, {key: value for key, value in plan.wanted.items() if key in plan.record.dataset})

    def _known(self, plan: Plan) -> None:
        package, record = plan.package, plan.record
        show = Context(user="", ignore_auth=True, use_cache=False)
        there = tk.get_action("package_show")(show, {"id": package.id if package else None})
        plan.before = there
        page = tk.h.url_for("dataset.read", id=there["name"], qualified=True)
        wanted = merged(there, without_echoes(record.dataset, there, page))
        plan.changes = changes(there, wanted)
        if not plan.changes:
            plan.outcome, plan.wanted = Outcome.UNCHANGED, {}
            return
        self._validate(plan, wanted)
        if not record.refused:
            plan.changes = changes(there, plan.wanted)
            plan.outcome = Outcome.UPDATED if plan.changes else Outcome.UNCHANGED

    def _validate(self, plan: Plan, wanted: dict[str, Any]) -> None:
        """Validate a dataset, and again without what was refused, until the rest passes."""
        for file in wanted.get("resources") or ():
            # CKAN's views read the address of every file without asking whether there is one.
            file.setdefault("url", "")
        for _round in range(_ROUNDS):
            checked = self.batch.check(copy.deepcopy(wanted), plan.package)
            if not checked.errors:
                plan.record.repairs += checked.mended
                plan.wanted, plan.data = wanted, checked.data
                return
            wanted = self._without(plan, wanted, checked.errors)
            if plan.record.refused:
                return
        plan.record.refused = True

    def _without(self, plan: Plan, wanted: dict[str, Any], errors: Errors) -> dict[str, Any]:
        record, left = plan.record, dict(wanted)
        for name, told in errors.items():
            value = left.get(name)
            if name == "resources":
                left["resources"] = _files_without(record, left.get("resources") or [], told)
            elif name == "name" and value:
                record.repair("name", "name", value)
                left.pop("name")
            elif value in (None, "", []) and left.get("state") == "active" and plan.package is None:
                # Something that publishing needs is missing: the description waits as a draft until it is there.
                record.repair(name, "private", "")
                left |= {"state": "draft", "private": True}
            elif name in _NEEDED or (value in (None, "", []) and name not in record.dataset):
                record.refusals.append(Note(name, "type", said(value), message=message_of(told)))
                record.refused = True
            else:
                record.refusals.append(Note(name, "type", said(value), message=message_of(told)))
                self._put_back(plan, left, name)
        return left

    def _put_back(self, plan: Plan, left: dict[str, Any], name: str) -> None:
        value = left.pop(name)
        if plan.before is not None:
            left[name] = plan.before.get(name)
        elif name != "remarks":
            plan.record.keep(_label(name), said(value))
            left["remarks"] = plan.record.dataset["remarks"]


def _files_without(record: Record, files: list[dict[str, Any]], told: Any) -> list[dict[str, Any]]:
    left = []
    for number, file in enumerate(files):
        wrong = told[number] if isinstance(told, list) and number < len(told) else {}
        names = set(wrong) if isinstance(wrong, Mapping) else set()
        for name in sorted(names):
            note = Note(f"resources.{number + 1}.{name}", "type", said(file.get(name)), message=message_of(wrong[name]))
            record.refusals.append(note)
        left.append({key: value for key, value in file.items() if key not in names})
    return left


def _label(name: str) -> str:
    """Return what the form calls a field in Japanese: remarks are part of the description."""
    fields = tk.h.scheming_get_dataset_schema("dataset")["dataset_fields"]
    label = next((field.get("label") for field in fields if field["field_name"] == name), None)
    return str(label.get("ja") or name) if isinstance(label, Mapping) else str(label or name)


def message_of(told: Any) -> str:
    """Return what validators say of a field as sentences."""
    if isinstance(told, Mapping):
        return " ".join(message_of(one) for one in told.values())
    if isinstance(told, list):
        return " ".join(dict.fromkeys(text for one in told if (text := message_of(one))))
    return str(told)
