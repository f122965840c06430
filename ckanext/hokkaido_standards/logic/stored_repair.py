"""Repairing the stored file of a resource, in the name of a caller: at once, or in the worker where it is large."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context

from ckanext.hokkaido_core.shared import session_of
from ckanext.hokkaido_schema.shared import NoFile, StoredFile, open_stored
from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.file_name import file_name
from ckanext.hokkaido_standards.logic.deriving import derived_of, resources_with
from ckanext.hokkaido_standards.service import definition as definitions

__all__ = ["Asked", "is_large", "repair_stored", "source_of"]

#: What an answer lists of each kind; the counts in it are exact.
_MOST = 200
#: A workbook of more tables is no dataset's neighbour, but a collection that somebody has to sort.
_MOST_FILES = 20
#: What a workbook hides, and a text file does not.
_HIDDEN = frozenset(("L1-13", "sheet-hidden", "sheet-hidden-column"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A repair that is asked for: of a resource, to be stored or only shown, of the file that had this hash."""

    id: str
    confirm: bool = False
    hash: str = ""


def source_of(context: Context, resource_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a resource and its dataset as they are stored, to those who may have the resource repaired.

    :raises ObjectNotFound: there is no such resource.
    :raises NotAuthorized: the user may not change the dataset, or not have the file.
    """
    resource = model.Resource.get(resource_id)
    if resource is None or resource.state != model.State.ACTIVE:
        raise tk.ObjectNotFound(tk._("The file was not found."))
    tk.check_access("hokkaido_table_repair", context, {"id": resource.id})
    dataset = tk.get_action("package_show")(_as_caller(context), {"id": resource.package_id})
    return next(one for one in dataset["resources"] if one["id"] == resource.id), dataset


def is_large(source: dict[str, Any]) -> bool:
    """Tell whether the file of a resource is repaired by the worker, and by nobody who waits for it.

    :raises ValidationError: it has no stored file, or one that is too large for the worker, too.
    """
    size, most = _stored(source).size, config.stored_bytes()
    if size > most:
        message = tk._(
            "The file is larger than {limit} MB. Divide it, by year or by area, or mend it on your own computer with "
            "“hokkaido-table repair”."
        )
        raise tk.ValidationError({"id": [message.format(limit=most >> 20)]})
    return size > config.check_bytes()


def repair_stored(
    context: Context,
    source: dict[str, Any],
    dataset: dict[str, Any],
    asked: Asked,
    language: str,
    step: Callable[[int, int], None] = lambda _done, _of: None,
) -> dict[str, Any]:
    """Repair the file of a resource as `hokkaido_table_repair` tells, whatever its size.

    :param source: and `dataset`: as `source_of` returned them to the caller.
    :param language: of the messages.
    :param step: is told how many of how many steps are done.
    """
    name, stored = file_name(source), _stored(source)
    content = stored.head(stored.size)
    step(1, 3)
    # The engine of tables is loaded by those who repair one, and not by every process that starts.
    from ckanext.hokkaido_standards.repair_report import output_dict, repair_dict
    from ckanext.hokkaido_standards.repairing import repair

    knowing = definitions.recognizer(session_of(context))
    title = " ".join(filter(None, (source.get("name"), dataset.get("title"))))
    repaired = repair(name, content, title=title, region=config.region(), recognizer=knowing)
    step(2, 3)
    told = repair_dict(repaired, name, language, _MOST)
    told |= {"resource_id": source["id"], "package_id": dataset["id"], "hash": hashlib.sha256(content).hexdigest()}
    told |= {
        "outputs": [output_dict(one) | {"resource_id": None} for one in repaired.tables],
        "removed": [],
        "stored": False,
    }
    told["refusal"] = _refusal(told, repaired.left)
    before = derived_of(dataset, source["id"])
    for output, known in zip(told["outputs"], before, strict=False):
        output["resource_id"] = known["id"]
    told["removed"] = [one["id"] for one in before[len(repaired.tables) :]]
    if asked.confirm:
        _refuse(told, asked.hash)
        resources = resources_with(dataset, source, repaired)
        saved = tk.get_action("package_patch")(_as_caller(context), {"id": dataset["id"], "resources": resources})
        for output, made in zip(told["outputs"], derived_of(saved, source["id"]), strict=True):
            output["resource_id"] = made["id"]
        told["stored"] = True
    return told


def _as_caller(context: Context) -> Context:
    """Return a fresh context with the rights of the caller; the index may be a moment behind what is stored."""
    trusted = {"ignore_auth": True} if context.get("ignore_auth") else {}
    return Context(user=context.get("user", ""), use_cache=False, **trusted)


def _stored(source: dict[str, Any]) -> StoredFile:
    try:
        return open_stored(source)
    except NoFile as error:
        message = tk._(
            "Only a file that was uploaded here can be repaired; this one lies at another site. Download it, upload it "
            "to this dataset, and try again."
        )
        raise tk.ValidationError({"id": [message]}) from error


def _refusal(told: dict[str, Any], left: Iterable[Finding]) -> str:
    """Return why a repair is not stored; nothing where it may be."""
    if not told["outputs"]:
        return tk._("There is no table in the file that could be repaired. The report says why.")
    if not told["changed"]:
        return tk._("There is nothing in the file that a machine can mend.")
    sheets = {one["sheet"] for one in told["outputs"]}
    if any(one.rule in _HIDDEN and one.sheet in sheets for one in left):
        return tk._(
            "The workbook hides rows or columns, which the repaired file would show to everybody. Delete them or show "
            "them in the workbook, then upload it again."
        )
    if len(told["outputs"]) > _MOST_FILES:
        message = tk._("The file holds {number} tables; at most {most} are stored. Divide it into several files first.")
        return message.format(number=len(told["outputs"]), most=_MOST_FILES)
    return ""


def _refuse(told: dict[str, Any], shown: str) -> None:
    """Refuse to store what nobody was shown, or what is not to be stored."""
    if shown and shown != told["hash"]:
        message = tk._("The file has changed since the difference was shown. Look at the difference again.")
        raise tk.ValidationError({"hash": [message]})
    if told["refusal"]:
        raise tk.ValidationError({"id": [told["refusal"]]})
