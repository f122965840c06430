"""The dataset 保有データ一覧: made and renewed from the public copy, as often as it is asked for."""

from __future__ import annotations

import hashlib
import io
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context
from werkzeug.datastructures import FileStorage

from ckanext.hokkaido_core.shared import now, outbox
from ckanext.hokkaido_inventory.config import default_licence, office_organization
from ckanext.hokkaido_inventory.domain.deadline import today
from ckanext.hokkaido_inventory.logic.contact import contact_of
from ckanext.hokkaido_inventory.service import inventory_list
from ckanext.hokkaido_inventory.workbook.inventory_list import workbook
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = ["LIST_MESSAGE", "renew"]

LIST_MESSAGE = inventory_list.MESSAGE

_SUFFIXES = {"CSV": "csv", "XLSX": "xlsx", "JSON-LD": "jsonld"}
_NOTES = {
    "CSV": "文字コードは UTF-8（BOM 付き）です。表計算ソフトで数式とみなされる文字列の先頭には「'」を付けています。",
    "XLSX": "CSV と同じ内容の Excel ファイルです。",
    "JSON-LD": "DCAT の目録です。データごとのページのアドレスを IRI にしています。",
}


@outbox.handler(LIST_MESSAGE)
def renew(payload: dict[str, Any]) -> None:
    """Make the dataset of a fiscal year's list, or bring it up to date.

    The id of the dataset follows from the year, and it becomes public in the same step in which it gets its file: an
    attempt that stops half-way is finished by the next one. A list that is up to date already is left alone.
    """
    year = int(payload["year"])
    context = _context()
    session, site = model.Session(), tk.config["ckan.site_url"]
    rows = inventory_list.table(session, year, site)
    content = _fitting(year, "CSV", inventory_list.csv_file(rows))
    office = tk.get_action("organization_show")(dict(context), {"id": office_organization()})
    fields = inventory_list.metadata(
        year, owner_org=office["id"], licence=default_licence(), contact=contact_of(context, office["id"])
    )
    dataset = _dataset(context, year, fields)
    resources = dataset.get("resources", [])
    known = {resource["format"]: resource for resource in resources}
    if _is_up_to_date(dataset, known, content):
        return
    contents = {
        "CSV": content,
        "XLSX": _fitting(year, "XLSX", workbook(inventory_list.COLUMNS, rows)),
        "JSON-LD": _fitting(year, "JSON-LD", inventory_list.json_ld(session, year, site)),
    }
    files = [
        _file(year, form, one) | ({"id": known[form]["id"]} if form in known else {}) for form, one in contents.items()
    ]
    tk.get_action("package_patch")(
        dict(context),
        fields
        | {
            "id": dataset["id"],
            "private": False,
            "state": model.State.ACTIVE,
            "issued": dataset.get("issued") or today(now()).isoformat(),
            "resources": files,
        },
    )


def _is_up_to_date(dataset: dict[str, Any], known: dict[str, dict[str, Any]], content: bytes) -> bool:
    """The three files say the same, so the first one speaks for all."""
    same = known.get("CSV", {}).get("hash") == hashlib.sha256(content).hexdigest()
    return same and known.keys() == _NOTES.keys() and not dataset["private"]


def _dataset(context: Context, year: int, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the dataset of the year; one that does not exist yet is made, private and without its file."""
    dataset_id = inventory_list.dataset_id(year)
    if model.Package.get(dataset_id) is None:
        name = inventory_list.dataset_name(year)
        free = name if model.Package.get(name) is None else f"{name}-{dataset_id[:8]}"
        return tk.get_action("package_create")(
            dict(context), fields | {"id": dataset_id, "name": free, "type": "dataset", "private": True}
        )
    return tk.get_action("package_show")(dict(context), {"id": dataset_id})


def _name(year: int, form: str) -> str:
    return f"{inventory_list.dataset_name(year)}.{_SUFFIXES[form]}"


def _fitting(year: int, form: str, content: bytes) -> bytes:
    """Return the content, packed when the portal takes no file as large as that; the same content packs alike."""
    if len(content) <= tk.config["ckan.max_resource_size"] * 2**20:
        return content
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo(_name(year, form)), content, ZIP_DEFLATED)
    return buffer.getvalue()


def _file(year: int, form: str, content: bytes) -> dict[str, Any]:
    packed = form != "XLSX" and content.startswith(b"PK\x03\x04")
    name = f"{_name(year, form)}.zip" if packed else _name(year, form)
    media_type = "application/zip" if packed else vocabulary("formats").get(form)["media_type"]
    fields = {
        "upload": FileStorage(io.BytesIO(content), filename=name, content_type=media_type),
        "url": name,
        "url_type": "upload",
        "name": f"保有データ一覧（{form}）",
        "description": _NOTES[form],
        "format": form,
        "mimetype": media_type,
        "language": ["ja"],
    }
    return fields | ({} if form == "XLSX" else {"encoding": "UTF-8"})


def _context() -> Context:
    """Return a context of the portal itself."""
    site_user = tk.get_action("get_site_user")({"ignore_auth": True}, {})
    return Context(user=site_user["name"], ignore_auth=True)
