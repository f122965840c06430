"""Each one table is a dataset of the catalogue, too, so that search and feed tell of it."""

from __future__ import annotations

import logging
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context

from ckanext.hokkaido_core.domain.japan_time import JAPAN
from ckanext.hokkaido_core.shared import calling_as, now
from ckanext.hokkaido_schema.shared import STANDARD_TAG, tag_of, vocabulary
from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.domain.combined import dataset_id, dataset_name
from ckanext.hokkaido_standards.logic.combined_dictize import EXTENSIONS
from ckanext.hokkaido_standards.service.combined import Table
from ckanext.hokkaido_standards.service.combined_rows import is_gated

__all__ = ["publish"]

log = logging.getLogger(__name__)

#: Licence of a table whose files have different ones: each row says its own.
_MIXED = "other"
#: Ending of an address -> code of the vocabulary of formats.
_FORMATS = {"csv": "CSV", "parquet": "Parquet", "geojson": "GeoJSON", "jsonld": "JSON-LD", "ngsild": "JSON-LD"}
_LISTED = 20


def publish(table: Table, rows: int) -> None:
    """Make the dataset of a table, bring it up to date, or hide it while no file gives a row.

    Its id follows from the standard, and its files are addresses of the portal, which answer with the table as it is
    now: nothing that was withdrawn is kept in the catalogue. One that is up to date already is left alone.
    """
    organization = config.combined_organization()
    known = model.Package.get(dataset_id(table.standard.code))
    if not organization or (known is None and not rows) or (known is not None and known.state != model.State.ACTIVE):
        # One that somebody deleted stays so.
        return
    context = calling_as(None)
    try:
        owner = tk.get_action("organization_show")(Context(**context), {"id": organization})
    except tk.ObjectNotFound:
        log.warning("Standards: there is no organisation %s to publish the one tables; see the settings", organization)
        return
    fields = _fields(table, rows) | {"owner_org": owner["id"], "private": not rows}
    if known is None:
        name = dataset_name(table.standard)
        free = name if model.Package.get(name) is None else f"{name}-{dataset_id(table.standard.code)[:8]}"
        told = {"id": dataset_id(table.standard.code), "name": free, "type": "dataset", "issued": _today()}
        tk.get_action("package_create")(Context(**context), fields | told | {"modified": _today()})
        return
    shown = tk.get_action("package_show")(Context(**context), {"id": known.id})
    if not _is_up_to_date(shown, fields):
        # A file keeps its id, so that links to it stay.
        ids = {one["url"]: one["id"] for one in shown["resources"]}
        files = [one | ({"id": ids[one["url"]]} if one["url"] in ids else {}) for one in fields["resources"]]
        told = {"id": known.id, "modified": _today(), "resources": files}
        tk.get_action("package_patch")(Context(**context), fields | told)


def _is_up_to_date(shown: dict[str, Any], fields: dict[str, Any]) -> bool:
    own = {key: value for key, value in fields.items() if key not in {"resources", "tag_string"}}
    told = [(one["url"], one["datastore_active"]) for one in fields["resources"]]
    same = all(shown.get(key) == value for key, value in own.items())
    return same and [(one["url"], bool(one.get("datastore_active"))) for one in shown["resources"]] == told


def _today() -> str:
    return now().astimezone(JAPAN).date().isoformat()


def _fields(table: Table, rows: int) -> dict[str, Any]:
    standard = table.standard
    licences = {part.licence_id for part in table.giving}
    licence = next(iter(licences)) if len(licences) == 1 else _MIXED
    return {
        "title": f"{standard.ja}（全市町村を統合した表）",
        "title_en": f"{standard.en} (one table of all municipalities)",
        "notes": _notes(table, rows),
        "notes_en": (
            f"The files of the municipal standard open data set {standard.code} that municipalities publish on this "
            f"portal, joined into one table. Each row names its source and the licence of its file."
        ),
        "license_id": licence if licence in vocabulary("licences").codes else _MIXED,
        "language": ["ja"],
        "frequency": "IRREG",
        "tag_string": ",".join((STANDARD_TAG, tag_of(standard.ja), "統合表")),
        "resources": [_resource(standard.code, standard.ja, extension) for extension in EXTENSIONS],
    }


def _notes(table: Table, rows: int) -> str:
    publishers = list(dict.fromkeys(part.publisher for part in table.giving))
    more = f"ほか{len(publishers) - _LISTED}団体" if len(publishers) > _LISTED else ""
    return (
        f"このポータルで公開されている自治体標準オープンデータセット「{table.standard.ja}」のファイルを、1つの表にまとめたものです"
        f"（{rows:,}行、{len(table.giving)}ファイル）。もとのファイルが変わると、表も自動で変わります。\n\n"
        "行ごとに、出典（ファイル、行番号）、検査した日時、ライセンス、出典表示の文を載せています。"
        "利用の際は、行ごとのライセンスに従って出典を表示してください。\n\n"
        f"出典：{'、'.join(publishers[:_LISTED])}{more}"
    )


def _resource(code: str, title: str, extension: str) -> dict[str, Any]:
    label, _media_type = EXTENSIONS[extension]
    return {
        "url": f"{config.site_url()}/combined/{code}.{extension}",
        "name": f"{title}（{label}）",
        "format": _FORMATS[extension],
        "mimetype": EXTENSIONS[extension][1],
        "language": ["ja"],
        # Its rows are brought there right after this, and searched through the gate.
        "datastore_active": extension == "csv" and is_gated(),
    }
