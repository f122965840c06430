"""Repairing the table of a resource: the difference first, then a second resource that is derived from it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import session_of, spoken
from ckanext.hokkaido_schema.shared import NoFile, open_stored
from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.file_name import file_name
from ckanext.hokkaido_standards.logic import schema
from ckanext.hokkaido_standards.logic.deriving import derived_of, resources_with
from ckanext.hokkaido_standards.service import definition as definitions

__all__ = ["hokkaido_table_repair"]

#: What an answer lists of each kind; the counts in it are exact.
_MOST = 200
#: A workbook of more tables is no dataset's neighbour, but a collection that somebody has to sort.
_MOST_FILES = 20
#: What a workbook hides, and a text file does not.
_HIDDEN = frozenset(("L1-13", "sheet-hidden", "sheet-hidden-column"))


@tk.validate_action_data(schema.table_repair)
def hokkaido_table_repair(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show what a repair changes in the table of a file that was uploaded; on `confirm`, publish the result beside it.

    The file itself stays as it is. Each table becomes a CSV file in a resource of the same dataset, right after the
    first, whose `derived_from` is the id of the resource that it was made from. Done again, it takes the place of the
    one before.

    :param id: id of the resource.
    :param confirm: store the result (optional); nothing is stored unless it is true.
    :param hash: `hash` of the answer in which the difference was shown (optional); a file that has changed since then
        is refused.
    :returns: `resource_id`, `package_id`, `path` (name of the file), `hash` (SHA-256 of it), `standard` (two digits or
        nothing), `changed` (whether there is anything to repair), `counts` (each `rule`, `message`, `count`, exact),
        `changes` (each `rule`, `message`, `sheet`, `row`, `column`, `place`, `before`, `after`, `count`; at most 200 of
        a rule), `left` (what is left to people: findings as `hokkaido_table_check` gives them, at most 200), `notes`
        (what goes to the description: `sheet`, `row`, `place`, `text`, at most 200), `outputs` (the files: `name`,
        `sheet`, `standard`, `rows`, `columns`, and `resource_id`, that of the resource which it replaces or in which it
        is stored, or nothing), `removed` (ids of derived resources that are not made any more), `refusal` (a sentence
        that says why it is not stored on `confirm`; blank where it would be), and `stored`. Rows and columns are those
        of the file as it is; messages are in the language of the request.
    :raises ObjectNotFound: there is no such resource.
    :raises NotAuthorized: the user may not change the dataset, or not have the file.
    :raises ValidationError: the resource has no stored file, a file that is too large or holds no table, or one that
        has changed; or, on `confirm`, for what `refusal` says.
    """
    resource = model.Resource.get(data_dict["id"])
    if resource is None or resource.state != model.State.ACTIVE:
        raise tk.ObjectNotFound(tk._("The file was not found."))
    tk.check_access("hokkaido_table_repair", context, {"id": resource.id})
    dataset = tk.get_action("package_show")(_as_caller(context), {"id": resource.package_id})
    source = next(one for one in dataset["resources"] if one["id"] == resource.id)
    name, content = file_name(source), _content(source)
    # The engine of tables is loaded by those who repair one, and not by every process that starts.
    from ckanext.hokkaido_standards.repair_report import output_dict, repair_dict
    from ckanext.hokkaido_standards.repairing import repair

    knowing = definitions.recognizer(session_of(context))
    title = " ".join(filter(None, (source.get("name"), dataset.get("title"))))
    repaired = repair(name, content, title=title, region=config.region(), recognizer=knowing)
    told = repair_dict(repaired, name, spoken(), _MOST)
    told |= {"resource_id": resource.id, "package_id": dataset["id"], "hash": hashlib.sha256(content).hexdigest()}
    told |= {
        "outputs": [output_dict(one) | {"resource_id": None} for one in repaired.tables],
        "removed": [],
        "stored": False,
    }
    told["refusal"] = _refusal(told, repaired.left)
    before = derived_of(dataset, resource.id)
    for output, known in zip(told["outputs"], before, strict=False):
        output["resource_id"] = known["id"]
    told["removed"] = [one["id"] for one in before[len(repaired.tables) :]]
    if data_dict["confirm"]:
        _refuse(told, str(data_dict.get("hash") or ""))
        resources = resources_with(dataset, source, repaired)
        saved = tk.get_action("package_patch")(_as_caller(context), {"id": dataset["id"], "resources": resources})
        for output, stored in zip(told["outputs"], derived_of(saved, resource.id), strict=True):
            output["resource_id"] = stored["id"]
        told["stored"] = True
    return told


def _as_caller(context: Context) -> Context:
    """Return a fresh context with the rights of the caller; the index may be a moment behind what is stored."""
    trusted = {"ignore_auth": True} if context.get("ignore_auth") else {}
    return Context(user=context.get("user", ""), use_cache=False, **trusted)


def _content(source: dict[str, Any]) -> bytes:
    """Return the bytes of the stored file of a resource."""
    limit = config.check_bytes()
    try:
        stored = open_stored(source)
    except NoFile as error:
        message = tk._(
            "Only a file that was uploaded here can be repaired; this one lies at another site. Download it, upload it "
            "to this dataset, and try again."
        )
        raise tk.ValidationError({"id": [message]}) from error
    if stored.size > limit:
        message = tk._(
            "The file is larger than {limit} MB. Divide it, or have it repaired by the office of the portal."
        )
        raise tk.ValidationError({"id": [message.format(limit=limit >> 20)]})
    return stored.head(limit)


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
