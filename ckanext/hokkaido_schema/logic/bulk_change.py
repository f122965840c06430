"""One change of many datasets: licence, contact, keywords, or publishing; compared first, like a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context

from ckanext.hokkaido_schema.domain.difference import changes, said
from ckanext.hokkaido_schema.domain.exchange_state import Outcome
from ckanext.hokkaido_schema.domain.mending import Mender
from ckanext.hokkaido_schema.domain.record import Note, Record
from ckanext.hokkaido_schema.known_words import codes
from ckanext.hokkaido_schema.logic.bulk_saving import Batch
from ckanext.hokkaido_schema.logic.planning import Plan, message_of

__all__ = ["KINDS", "plan_changes", "sentence", "wanted_change"]

KINDS = ("license", "contact", "tags", "publish")
_CONTACT = ("name", "email", "phone", "url")


def wanted_change(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form asks for, checked as far as it is the same for every dataset.

    :raises ValidationError: when it asks for nothing.
    """
    texts = {key: str(value).strip() for key, value in given.items()}
    if kind == "license" and texts.get("license_id") in model.Package.get_license_register():
        return {"license_id": texts["license_id"]}
    if kind == "contact" and any(texts.get(f"contact_{part}") for part in _CONTACT):
        contact = {part: text for part in _CONTACT if (text := texts.get(f"contact_{part}"))}
        return {"contact": [contact]}
    if kind == "tags" and (texts.get("add_tags") or texts.get("remove_tags")):
        return {"add": _tags(texts.get("add_tags", "")), "remove": _tags(texts.get("remove_tags", ""))}
    if kind == "publish":
        return {"publish": True}
    messages = {
        "license": tk._("Choose a licence from the list."),
        "contact": tk._("Fill in at least one line of the contact."),
        "tags": tk._("Write at least one keyword."),
    }
    raise tk.ValidationError({"change": [messages.get(kind, tk._("Choose what to change."))]})


def _tags(text: str) -> list[str]:
    record = Record(0)
    Mender(record, codes).keywords("tags", text)
    if record.refusals:
        raise tk.ValidationError({"change": [tk._("A keyword has 2 to 100 characters.")]})
    return [tag["name"] for tag in record.dataset.get("tags", [])]


def sentence(kind: str, wanted: Mapping[str, Any]) -> str:
    """Return what a change does, as the title of its exchange."""
    if kind == "license":
        return tk._("Licence: {licence}").format(licence=wanted["license_id"])
    if kind == "contact":
        return tk._("Contact: {contact}").format(contact=said(list(wanted["contact"][0].values())))
    if kind == "tags":
        words = [f"+{tag}" for tag in wanted["add"]] + [f"-{tag}" for tag in wanted["remove"]]
        return tk._("Keywords: {keywords}").format(keywords=" ".join(words))
    return tk._("Publish")


def plan_changes(context: Context, organization_id: str, ids: Sequence[str], wanted: Mapping[str, Any]) -> list[Plan]:
    """Return what a change does to each of the chosen datasets of an organisation."""
    batch = Batch(context)
    query = model.Session.query(model.Package).filter(
        model.Package.id.in_(ids),
        model.Package.owner_org == organization_id,
        model.Package.state.in_(("active", "draft")),
        model.Package.type == "dataset",
    )
    return [_plan(batch, package, wanted, number) for number, package in enumerate(query.order_by("title"), 1)]


def _plan(batch: Batch, package: model.Package, wanted: Mapping[str, Any], number: int) -> Plan:
    show = Context(user="", ignore_auth=True, use_cache=False)
    there = tk.get_action("package_show")(show, {"id": package.id})
    after = {**there, **_changed(there, wanted)}
    plan = Plan(Record(number), Outcome.UNCHANGED, package, before=there, changes=changes(there, after))
    plan.record.dataset["title"] = there.get("title")
    if not plan.changes:
        return plan
    checked = batch.check(dict(after), package)
    if checked.errors:
        told = (Note(field, "type", "", message=message_of(one)) for field, one in checked.errors.items())
        plan.record.refusals += told
        plan.record.refused, plan.outcome = True, Outcome.REFUSED
        return plan
    plan.wanted, plan.data, plan.outcome = after, checked.data, Outcome.UPDATED
    return plan


def _changed(there: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    if "publish" in wanted:
        return {"state": "active", "private": False}
    if "add" not in wanted:
        return dict(wanted)
    names = [tag["name"] for tag in there.get("tags") or () if tag["name"] not in wanted["remove"]]
    names += [name for name in wanted["add"] if name not in names]
    old = {tag["name"]: tag for tag in there.get("tags") or ()}
    return {"tags": [old.get(name, {"name": name}) for name in names]}
