"""Checking tables: at once, for whoever tries, and in the background where a file is large."""

from __future__ import annotations

import threading
from typing import IO, Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import session_of, spoken, tasks, throttle, unit_of_work
from ckanext.hokkaido_standards import config, waiting_files
from ckanext.hokkaido_standards.service import definition as definitions

__all__ = ["hokkaido_table_check", "hokkaido_table_check_show", "hokkaido_table_check_start", "hokkaido_table_try"]

#: Kind of the task that checks a large file; its payload is `{"file"}`, a name in `waiting_files`.
CHECK_TASK = "standards.check"
_NAME = "table"
#: Of those whom nobody knows, one at a time in each process: a file that was made to take long holds one thread alone.
_trying = threading.BoundedSemaphore()
#: The next one waits so long, in seconds.
_PATIENCE = 3.0


@tk.side_effect_free
def hokkaido_table_check(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Check a table against its standard data set and the rules of machine-readability; nothing is stored.

    :param upload: the file, as a form sends it.
    :param content: the bytes of the file, for callers in the same process, instead of `upload`.
    :param name: name of the file, which may tell its standard; that of the upload unless given.
    :param title: title of the dataset or file, which may tell its standard, too.
    :returns: `path`, `standard` (two digits or nothing), `dialect` (`current`, `legacy`, `english`, `other`),
        `encoding`, `rows`, `columns`, `score` (stars, 0 to 5), `rules` (the 30 official ones, kept or not), `counts` by
        rule, `tables`, `findings` and `questions` that only people can answer; in the language of the request.
    :raises ValidationError: when there is no file, or one that is too large to be waited for.
    """
    tk.check_access("hokkaido_table_check", context, data_dict)
    return _checked(context, data_dict, config.check_bytes())


@tk.side_effect_free
def hokkaido_table_try(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Check a table for whoever asks, without logging in; nothing is stored, and nobody may ask too often.

    :param upload: the file, as a form sends it.
    :returns: as `hokkaido_table_check`.
    :raises ValidationError: when there is no file, one that is too large, or the visitor has asked too often.
    """
    tk.check_access("hokkaido_table_try", context, data_dict)
    try:
        throttle.count("table-try", config.try_per_hour())
    except throttle.TooOften as error:
        message = tk._("Too many files were checked within an hour. Wait a while and try once more, or log in.")
        raise tk.ValidationError({"often": [message]}) from error
    if not _trying.acquire(timeout=_PATIENCE):
        message = tk._("Other files are being checked just now. Wait a moment and try once more.")
        raise tk.ValidationError({"often": [message]})
    try:
        return _checked(context, {"upload": data_dict.get("upload")}, config.try_bytes())
    finally:
        _trying.release()


def hokkaido_table_check_start(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Have a large file checked in the background; it is thrown away when that is done.

    :param upload: the file, as a form sends it, as large as files of the portal may be.
    :param title: title of the dataset or file, which may tell its standard.
    :returns: `{id}`, to ask `hokkaido_table_check_show` for.
    :raises ValidationError: when there is no file, one that is too large for the portal, or too many wait already.
    """
    tk.check_access("hokkaido_table_check_start", context, data_dict)
    stream, name = _upload(data_dict)
    limit = tk.config["ckan.max_resource_size"] << 20
    if _size(stream) > limit:
        raise tk.ValidationError({"upload": [_too_large(limit)]})
    told = {"name": name, "title": str(data_dict.get("title") or ""), "language": spoken()}
    user = model.User.get(context.get("user"))
    try:
        payload = {"file": waiting_files.hand_over(stream, told)}
    except waiting_files.Full as error:
        message = tk._(
            "Many large files are being checked just now. You can save the file; it is checked after saving."
        )
        raise tk.ValidationError({"upload": [message]}) from error
    with unit_of_work(context) as session:
        title = tk._("Check of a table")
        return {"id": tasks.start(session, CHECK_TASK, payload, owner_id=user.id if user else None, title=title)}


@tk.side_effect_free
def hokkaido_table_check_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show how far the check of a large file is, to whoever asked for it.

    :param id: as `hokkaido_table_check_start` returned it.
    :returns: `{state, message, report}`: `state` is `waiting`, `running`, `done` or `failed`; `report`, as
        `hokkaido_table_check` returns it, is there for an hour after it is done, and nothing before and after.
    :raises ObjectNotFound: when there is no such check of the caller's.
    """
    tk.check_access("hokkaido_table_check_show", context, data_dict)
    task = tasks.find(session_of(context), str(data_dict.get("id") or ""), CHECK_TASK)
    if task is None:
        raise tk.ObjectNotFound(tk._("There is no such check."))
    found = waiting_files.report(task.payload["file"]) if task.state == "done" else None
    return {"state": str(task.state), "message": task.message, "report": found}


def _checked(context: Context, data_dict: DataDict, limit: int) -> dict[str, Any]:
    content, name = _file(data_dict, limit)
    # The engine of tables is loaded by those who check one, and not by every process that starts.
    from ckanext.hokkaido_standards.checking import check

    title = str(data_dict.get("title") or "")
    knowing = definitions.recognizer(session_of(context))
    return check(name, content, title=title, region=config.region(), recognizer=knowing).as_dict(spoken())


def _file(data_dict: DataDict, limit: int) -> tuple[bytes, str]:
    """Return the bytes and the name of the file."""
    content, name = data_dict.get("content"), _NAME
    if not isinstance(content, bytes):
        stream, name = _upload(data_dict)
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise tk.ValidationError({"upload": [_too_large(limit)]})
    return content, str(data_dict.get("name") or name)


def _upload(data_dict: DataDict) -> tuple[IO[bytes], str]:
    upload = data_dict.get("upload")
    if not getattr(upload, "stream", None) or not upload.filename:
        raise tk.ValidationError({"upload": [tk._("Choose the file that is to be checked.")]})
    return upload.stream, upload.filename


def _size(stream: IO[bytes]) -> int:
    size = stream.seek(0, 2)
    stream.seek(0)
    return size


def _too_large(limit: int) -> str:
    message = tk._("The file is larger than {limit} MB. Divide it, or have it checked by the office of the portal.")
    return message.format(limit=limit >> 20)
