"""Files with descriptions of datasets: reading any that is understood, and writing them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context

from ckanext.hokkaido_core.domain import text_table
from ckanext.hokkaido_core.domain.csv_cell import neutralise
from ckanext.hokkaido_core.domain.file_faults import Fault
from ckanext.hokkaido_core.domain.list_columns import NotAList
from ckanext.hokkaido_schema import shared
from ckanext.hokkaido_schema.domain.from_ckan import Shape, read_dataset
from ckanext.hokkaido_schema.domain.from_list import read_list
from ckanext.hokkaido_schema.domain.hidden import HiddenPart
from ckanext.hokkaido_schema.domain.record import Note, Record
from ckanext.hokkaido_schema.known_words import codes
from ckanext.hokkaido_schema.workbook import columns, hidden, reading, writing

__all__ = ["FORMATS", "Described", "NotUnderstood", "as_jsonl", "as_list", "as_workbook", "datasets_of", "read"]

FORMATS = {
    "workbook": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "list": ("csv", "text/csv; charset=utf-8"),
    "jsonl": ("jsonl", "application/x-ndjson; charset=utf-8"),
}
_PAGE = 200


class NotUnderstood(Exception):
    """The file as a whole is not read; the message says why and what to do next."""


@dataclass(frozen=True, slots=True)
class Described:
    """What a file says, and what of it whoever opens the file does not see."""

    records: list[Record]
    hidden: list[HiddenPart] = field(default_factory=list)


def read(content: bytes) -> Described:
    """Return what a file says, whatever of the three kinds it is; its content tells, not its name.

    :raises NotUnderstood: when it is none of them.
    """
    if content.startswith(b"PK"):
        return _workbook(content)
    decoded = text_table.decode(content) if content else Fault("empty_file")
    if isinstance(decoded, Fault):
        raise _not_understood(decoded)
    text = decoded[0].lstrip("\ufeff").replace("\0", "")
    if text.lstrip()[:1] == "{":
        return Described(_lines(text))
    if text.lstrip()[:1] == "<":
        raise _not_understood(Fault("html_file"))
    rows, faults = text_table.read_rows(text)
    if faults:
        raise _not_understood(faults[0])
    return Described(_list(rows))


def _not_understood(fault: Fault) -> NotUnderstood:
    sentence = fault.sentence(tk._)
    if fault.line:
        sentence = tk._("Line {line}: {message}").format(line=fault.line, message=sentence)
    return NotUnderstood(sentence)


def _workbook(content: bytes) -> Described:
    found = reading.sheets(content)
    if isinstance(found, Fault):
        raise _not_understood(found)
    of_dataset, of_file = _columns()
    own = reading.read_own(found, of_dataset, of_file, codes)
    if own is not None:
        return Described(own, hidden.hidden_parts(content, found, (columns.DATASETS, columns.FILES)))
    # A sheet that people see is meant rather than one that they do not.
    unseen = hidden.hidden_sheets(content)
    chosen = next((name for name in sorted(found, key=unseen.__contains__) if found[name]), "")
    return Described(_list(found.get(chosen, [])), hidden.hidden_parts(content, found, (chosen,)))


def _list(rows: Any) -> list[Record]:
    try:
        return read_list(rows, codes)
    except NotAList as error:
        message = tk._(
            "No row of headings was found. Hand in オープンデータ一覧 (CSV or Excel), the workbook of this page, or"
            " JSON lines of CKAN datasets."
        )
        raise NotUnderstood(message) from error


def _lines(text: str) -> list[Record]:
    shape = _shape()
    records = []
    # A text holds characters at which `splitlines` would cut, though they are none of a JSON line's end.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            # The database takes no NUL; a text that holds one is meant without it (UP-15).
            source = json.loads(line.replace("\\u0000", ""))
            # Nor does it take NaN, infinity or half a character, all of which Python reads.
            json.dumps(source, ensure_ascii=False, allow_nan=False).encode()
        except (ValueError, RecursionError):
            record = Record(number, refused=True)
            record.refusals.append(Note("", "json", line[:200]))
            records.append(record)
            continue
        records.append(read_dataset(number, source, shape, codes))
    return records


def _fields() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    schema = tk.h.scheming_get_dataset_schema("dataset")
    return schema["dataset_fields"], schema["resource_fields"]


def _columns() -> tuple[list[columns.Column], list[columns.Column]]:
    of_dataset, of_file = _fields()
    return columns.columns(of_dataset, "name"), columns.columns(of_file)


def _shape() -> Shape:
    of_dataset, of_file = _fields()
    lists = {column.field for column in columns.columns(of_dataset) if column.kind in {"codes", "list"}}
    groups = {field["field_name"] for field in of_dataset if "repeating_subfields" in field}
    names = (frozenset(field["field_name"] for field in fields) for fields in (of_dataset, of_file))
    return Shape(*names, frozenset(lists), frozenset(groups))


def datasets_of(organization_id: str, ids: Iterable[str] = ()) -> Iterator[dict[str, Any]]:
    """Return the datasets of an organisation, drafts among them, as `package_show` gives them; those chosen only."""
    query = model.Session.query(model.Package.id).filter(
        model.Package.owner_org == organization_id,
        model.Package.state.in_(("active", "draft")),
        model.Package.type == "dataset",
    )
    if chosen := list(ids):
        query = query.filter(model.Package.id.in_(chosen))
    show: Context = {"user": "", "ignore_auth": True, "use_cache": False}
    for (dataset_id,) in query.order_by(model.Package.metadata_created, model.Package.id).all():
        yield tk.get_action("package_show")(Context(**show), {"id": dataset_id})


def as_workbook(datasets: Iterable[dict[str, Any]]) -> bytes:
    """Return the workbook of datasets."""
    return writing.write(datasets, *_columns(), shared.vocabulary_word)


def as_list(datasets: Iterable[dict[str, Any]], organization: dict[str, Any]) -> bytes:
    """Return datasets as オープンデータ一覧: CSV, UTF-8 with a byte order mark, lines ending as RFC 4180 has them."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(shared.opendata_list_headings())
    for dataset in datasets:
        # A page of its own elsewhere must not get lost; the public list of the feed names the portal's page.
        page = dataset.get("url") or tk.h.url_for("dataset.read", id=dataset["name"], qualified=True)
        tags = [tag["name"] for tag in dataset.get("tags") or ()]
        told = {**dataset, "organization": organization, "tags": tags, "page": page}
        for row in shared.opendata_list_rows(told):
            writer.writerow([neutralise(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def as_jsonl(datasets: Iterable[dict[str, Any]]) -> bytes:
    """Return datasets as JSON, one a line."""
    return "".join(json.dumps(dataset, ensure_ascii=False) + "\n" for dataset in datasets).encode()
