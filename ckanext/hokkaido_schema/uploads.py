"""What a stored file says of itself goes into its resource, and stays there while the file does."""

from __future__ import annotations

import io
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_schema.domain.file_kind import kind_of, refusal
from ckanext.hokkaido_schema.domain.resource_form import columns_of
from ckanext.hokkaido_schema.file_facts import FileFacts, examine
from ckanext.hokkaido_schema.table_facts import described, look

__all__ = ["HASH_ALGORITHM", "complete"]

#: Name of SHA-256 in the SPDX terms, as DCAT-AP wants it.
HASH_ALGORITHM = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"

#: What a resource keeps of its file; an editor's form does not carry these fields.
_KEPT = ("size", "hash", "hash_algorithm", "hash_sha1", "mimetype", "format", "encoding", "rows")
#: The others are columns of CKAN's resource table.
_IN_EXTRAS = {"hash_algorithm", "hash_sha1", "encoding", "rows"}


def complete(resource: dict[str, Any]) -> None:
    """Fill in what the file of a resource says, before it is validated and stored.

    A new upload is examined. Without one, the facts of the stored file stay, whatever the request says. A link that
    takes the place of an upload loses them.

    :raises ValidationError: when the content of an upload is nothing that can be published.
    """
    upload, columns = resource.get("upload"), columns_of(resource)
    if columns is not None:
        resource["columns"] = columns
    if isinstance(upload, FileStorage) and upload.filename:
        _measure(upload)
        if refused := refusal(upload.filename, kind_of(upload.stream)):
            raise tk.ValidationError({"upload": [_why(refused).format(name=upload.filename)]})
        _write(resource, examine(upload.filename, upload.stream))
        _write_table(resource, upload)
    elif resource.get("clear_upload"):
        _forget(resource)
    else:
        _restore(resource)


def _measure(upload: FileStorage) -> None:
    """Refuse a file that is larger than the portal takes; CKAN's storages do not look at `ckan.max_resource_size`."""
    size, limit = upload.stream.seek(0, io.SEEK_END), tk.config["ckan.max_resource_size"]
    upload.stream.seek(0)
    if size > limit << 20:
        message = tk._(
            "“{name}” is larger than {limit} MB. Divide it, for instance by year or by area, or compress it."
        )
        raise tk.ValidationError({"upload": [message.format(name=upload.filename, limit=limit)]})


def _why(refused: str) -> str:
    return {
        "empty": tk._("“{name}” is empty (0 bytes). Save it again, check that it opens, and choose it once more."),
        "program": tk._("“{name}” is a program. Only data and documents can be published here."),
        "encrypted": tk._(
            "“{name}” is protected by a password, so that nobody could open it. Take the password off in Excel (File, "
            "Info, Protect Workbook) and choose the file again."
        ),
        "macro": tk._(
            "“{name}” holds macros, which could harm whoever opens it. Save it as a workbook without macros (.xlsx) "
            "and choose that file."
        ),
        "page": tk._(
            "“{name}” is a web page (HTML) and not what its name says. This happens when a log-in page was saved in "
            "place of the file. Get the file again, check that it opens, and choose it once more."
        ),
        "drawing": tk._(
            "“{name}” is a drawing (SVG) under the name of another kind of file. Give it a name that ends in .svg, or "
            "choose the right file."
        ),
    }[refused]


def _write(resource: dict[str, Any], facts: FileFacts) -> None:
    resource.update(size=facts.size, hash=facts.hash, hash_algorithm=HASH_ALGORITHM, hash_sha1=facts.hash_sha1)
    resource["mimetype"] = facts.mimetype
    # A container keeps the name that its editor gave it: a ZIP may be a GTFS feed or a shapefile.
    if facts.format and not (facts.format == "ZIP" and resource.get("format")):
        resource["format"] = facts.format
    resource["encoding"] = facts.encoding or ""
    if facts.compress_format or resource.get("compress_format") == "gzip":
        resource["compress_format"] = facts.compress_format or ""


def _write_table(resource: dict[str, Any], upload: FileStorage) -> None:
    """Write what the new table holds; a column that was there before keeps its description."""
    known = [*_stored_columns(resource), *(resource.get("columns") or [])]
    facts = look(upload.filename or "", upload.stream)
    resource["columns"] = described(facts.columns, known)
    resource["rows"] = "" if facts.rows is None else facts.rows


def _stored_columns(resource: dict[str, Any]) -> list[dict[str, Any]]:
    stored = model.Resource.get(resource["id"]) if resource.get("id") else None
    found = (stored.extras or {}).get("columns") if stored is not None else None
    return found if isinstance(found, list) else []


def _forget(resource: dict[str, Any]) -> None:
    for key in ("size", "hash", "hash_algorithm", "hash_sha1", "mimetype", "encoding", "rows"):
        resource[key] = ""
    resource["columns"] = []


def _restore(resource: dict[str, Any]) -> None:
    if resource.get("url_type") != "upload" or not resource.get("id"):
        return
    stored = model.Resource.get(resource["id"])
    if stored is None or stored.url_type != "upload":
        return
    extras = stored.extras or {}
    for key in _KEPT:
        value = extras.get(key) if key in _IN_EXTRAS else getattr(stored, key)
        if value not in {None, ""} and not (key == "format" and resource.get("format")):
            resource[key] = value
    if resource.get("columns") is None and extras.get("columns"):
        resource["columns"] = extras["columns"]
