"""Repairing the table of a resource: the difference first, then a second resource that is derived from it."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.model.types import make_uuid
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import session_of, spoken, tasks, unit_of_work
from ckanext.hokkaido_standards import config, waiting_files
from ckanext.hokkaido_standards.logic import schema
from ckanext.hokkaido_standards.logic.stored_repair import Asked, is_large, repair_stored, source_of

__all__ = ["hokkaido_table_repair", "hokkaido_table_repair_show", "hokkaido_table_repair_start"]

#: Kind of the task that repairs a large file; its payload is `{"resource", "confirm", "hash", "language", "report"}`,
#: `report` being the name in `waiting_files` of what is told.
REPAIR_TASK = "standards.repair"


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
    :raises ValidationError: the resource has no stored file, a file that holds no table, or one that has changed; or,
        on `confirm`, for what `refusal` says. Under the key `large` for a file that is too large to be waited for:
        `hokkaido_table_repair_start` repairs it.
    """
    tk.check_access("hokkaido_table_repair", context, {"id": data_dict["id"]})
    source, dataset = source_of(context, data_dict["id"])
    if is_large(source):
        message = tk._("The file is larger than {limit} MB. It is mended in the background, which takes some minutes.")
        raise tk.ValidationError({"large": [message.format(limit=config.check_bytes() >> 20)]})
    return repair_stored(context, source, dataset, _asked(data_dict), spoken())


@tk.validate_action_data(schema.table_repair)
def hokkaido_table_repair_start(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Have a stored file repaired in the background, however small; what is told is kept for an hour.

    :param id: id of the resource.
    :param confirm: store the result (optional), as `hokkaido_table_repair` does.
    :param hash: as `hokkaido_table_repair` takes it (optional).
    :returns: `{id}`, to ask `hokkaido_table_repair_show` for.
    :raises ObjectNotFound: there is no such resource.
    :raises NotAuthorized: the user may not change the dataset, or not have the file.
    :raises ValidationError: the resource has no stored file, or one that is too large to be repaired here.
    """
    tk.check_access("hokkaido_table_repair_start", context, {"id": data_dict["id"]})
    source, _dataset = source_of(context, data_dict["id"])
    is_large(source)
    asked, user = _asked(data_dict), model.User.get(context.get("user"))
    payload = {"resource": asked.id, "confirm": asked.confirm, "hash": asked.hash}
    payload |= {"language": spoken(), "report": make_uuid()}
    with unit_of_work(context) as session:
        title = tk._("Mending a table")
        return {"id": tasks.start(session, REPAIR_TASK, payload, owner_id=user.id if user else None, title=title)}


@tk.side_effect_free
def hokkaido_table_repair_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show what came of a repair in the background, to whoever asked for it and still may have the file repaired.

    :param id: as `hokkaido_table_repair_start` returned it.
    :returns: `{state, message, resource_id, told}`: `state` is `waiting`, `running`, `done` or `failed`; `told`, as
        `hokkaido_table_repair` returns it, is there for an hour after it is done, and nothing before and after.
    :raises ObjectNotFound: when there is no such repair of the caller's.
    """
    tk.check_access("hokkaido_table_repair_show", context, data_dict)
    task = tasks.find(session_of(context), str(data_dict.get("id") or ""), REPAIR_TASK)
    if task is None:
        raise tk.ObjectNotFound(tk._("There is no such repair."))
    resource_id = task.payload["resource"]
    source_of(context, resource_id)
    told = waiting_files.report(task.payload["report"]) if task.state == "done" else None
    return {"state": str(task.state), "message": task.message, "resource_id": resource_id, "told": told}


def _asked(data_dict: DataDict) -> Asked:
    return Asked(data_dict["id"], bool(data_dict["confirm"]), str(data_dict.get("hash") or ""))
