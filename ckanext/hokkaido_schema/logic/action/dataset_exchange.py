"""Descriptions of datasets, many at once: taking them in from a file, and giving them out as one."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.domain.workbook_guard import DEFAULT_LIMITS
from ckanext.hokkaido_schema.domain.exchange_state import ExchangeKind, ExchangeState
from ckanext.hokkaido_schema.domain.hidden import said
from ckanext.hokkaido_schema.logic import describing
from ckanext.hokkaido_schema.logic.taking import take
from ckanext.hokkaido_schema.model import Exchange
from ckanext.hokkaido_schema.service import exchange as exchanges

__all__ = ["content_of", "hokkaido_dataset_export", "hokkaido_dataset_import", "organization_of"]


def hokkaido_dataset_import(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Take descriptions of datasets in: オープンデータ一覧, the workbook of an organisation, or JSON lines of CKAN.

    Complete ones are published when `public` says so; what lacks something that publishing needs becomes a draft, and
    so does everything else. A dataset that is there already is brought up to date; what the file does not say of it
    stays. What was stored is stored batch by batch: the same file with the same options goes on where it was stopped.

    :param upload: the file (multipart), or `content`: its bytes, from Python.
    :param filename: its name, for the record (optional).
    :param organization: id or name of the organisation of all of them; without it each names its own by code or name.
    :param public: publish what is complete (optional, default: no).
    :param dry_run: say what would happen, and store nothing (optional).
    :returns: `exchange` (id, nothing for a dry run), `counts` by outcome, `hidden` (rows, columns and sheets that a
        workbook hides, each with its `message`), and `records`: for each `line, name, title, outcome, repairs[],
        refusals[]`.
    :raises ValidationError: when the file as a whole is not understood.
    """
    tk.check_access("hokkaido_dataset_import", context, data_dict)
    organization = organization_of(data_dict["organization"]) if data_dict.get("organization") else None
    public, dry_run = (tk.asbool(data_dict.get(name, False)) for name in ("public", "dry_run"))
    content = content_of(data_dict)
    try:
        described = describing.read(content)
    except describing.NotUnderstood as error:
        raise tk.ValidationError({"upload": [str(error)]}) from error
    records = described.records
    options = {"organization": organization.id if organization else None, "public": public}
    exchange = None if dry_run else _exchange(context, content, options, data_dict.get("filename"), len(records))
    progress: Any = context.get("hokkaido_progress") or (lambda _done, _total: None)
    reports = take(context, records, organization, exchange, progress, public=public)
    return {
        "exchange": exchange.id if exchange is not None else None,
        "counts": dict(Counter(one["outcome"] for one in reports)),
        "hidden": [said(part.stored(), tk._) for part in described.hidden],
        "records": reports,
    }


def content_of(data_dict: DataDict) -> bytes:
    """Return the bytes of an uploaded file; one that is too large is refused."""
    content = data_dict.get("content")
    if isinstance(content, bytes):
        return content
    stream = getattr(data_dict.get("upload"), "stream", None)
    if stream is None:
        raise tk.ValidationError({"upload": [tk._("Choose the file to take in.")]})
    content = stream.read(DEFAULT_LIMITS.file_bytes + 1)
    if len(content) > DEFAULT_LIMITS.file_bytes:
        limit = DEFAULT_LIMITS.file_bytes // (1 << 20)
        message = tk._("The file has more than {limit} MiB. Split it, or have the administrator import it.")
        raise tk.ValidationError({"upload": [message.format(limit=limit)]})
    return content


def organization_of(name: Any) -> model.Group:
    """Return an organisation by id or name.

    :raises ObjectNotFound: when there is none.
    """
    found = model.Group.get(str(name or ""))
    if found is None or not found.is_organization or found.state != "active":
        raise tk.ObjectNotFound(tk._("The organisation “{name}” was not found.").format(name=name))
    return found


def _exchange(context: Context, content: bytes, options: dict[str, Any], filename: Any, total: int) -> Exchange:
    """Return the exchange of a file: the one that something stopped, or a new one."""
    user = model.User.get(context.get("user") or "")
    mark = json.dumps({**options, "user": user.id if user else None}, sort_keys=True).encode()
    digest = hashlib.sha256(content + mark).hexdigest()
    session = model.Session()
    found = exchanges.unfinished(session, digest)
    if found is None:
        found = Exchange(
            kind=ExchangeKind.FILE,
            title=str(filename or tk._("File without a name")),
            organization_id=options["organization"],
            digest=digest,
            options=options,
            state=ExchangeState.STORING,
            done=0,
            total=total,
            created_by=user.id if user else None,
        )
        session.add(found)
    session.commit()
    return found


@tk.side_effect_free
def hokkaido_dataset_export(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Give out the descriptions of an organisation's datasets, drafts among them, as one file.

    :param organization: id or name of the organisation.
    :param format: `workbook` (default), `list` (オープンデータ一覧) or `jsonl`.
    :param datasets: ids of those that are wanted (optional; all without it).
    :returns: `content`, `content_type` and `filename`; `content` is bytes, and base64 text when called through the API.
    :raises ObjectNotFound: when there is no such organisation.
    """
    tk.check_access("hokkaido_dataset_export", context, data_dict)
    organization = organization_of(data_dict.get("organization"))
    kind = str(data_dict.get("format") or "workbook")
    if kind not in describing.FORMATS:
        raise tk.ValidationError({"format": [tk._("Choose workbook, list or jsonl.")]})
    datasets = describing.datasets_of(organization.id, data_dict.get("datasets") or ())
    if kind == "workbook":
        content = describing.as_workbook(datasets)
    elif kind == "jsonl":
        content = describing.as_jsonl(datasets)
    else:
        show: Context = {"user": "", "ignore_auth": True}
        wanted = {"id": organization.id, "include_users": False, "include_dataset_count": False}
        content = describing.as_list(datasets, tk.get_action("organization_show")(show, wanted))
    ending, content_type = describing.FORMATS[kind]
    return {
        "content": base64.b64encode(content).decode("ascii") if context.get("api_version") else content,
        "content_type": content_type,
        "filename": f"datasets_{organization.name}.{ending}",
    }
