"""Rows of オープンデータ一覧 become descriptions in the terms of the schema; nothing that they say gets lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from ckanext.hokkaido_core.domain.codes import InvalidCode, read_code
from ckanext.hokkaido_core.domain.csv_cell import restore
from ckanext.hokkaido_core.domain.list_columns import HEADINGS, Columns, find_columns
from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_schema.domain.mending import Mender, web_address
from ckanext.hokkaido_schema.domain.record import FORMULA, Note, Record
from ckanext.hokkaido_schema.domain.words import Codes, format_like, licence

__all__ = ["FREQUENCY_NOTE", "read_list"]

#: How the list writes a note on the frequency when the remarks hold something else, too.
FREQUENCY_NOTE = "更新頻度の補足"
_BETWEEN_FORMATS = re.compile(r"[;；,，、/／・･]+")
_CONTACT = {
    "contact_name": "name",
    "contact_phone": "phone",
    "contact_extension": "extension",
    "contact_note": "note",
}
_TEXTS = {
    "title": "title",
    "subtitle": "subtitle",
    "description": "notes",
    "universal_menu": "universal_menu",
    "version": "version",
    "provenance": "provenance",
    "creator": "creator",
}
_FILE_TEXTS = {
    "file_id": "identifier",
    "file_title": "name",
    "file_description": "description",
    "file_rights": "rights",
    "file_copyright": "copyright",
}
#: What a row says of a file; a licence alone is one of the dataset.
_OF_A_FILE = {key for key in HEADINGS if key.startswith("file_")} - {"file_licence", "file_api"}
_YES = {"有", "あり", "有り", "○", "yes", "true", "1"}


def read_list(rows: Sequence[Sequence[object]], codes: Codes) -> list[Record]:
    """Return the datasets of a list in its order, each once however many rows it has.

    :param codes: what words mean in the vocabularies.
    :raises NotAList: when no row names at least the title of the data.
    """
    columns = find_columns(rows)
    found: dict[str, list[tuple[int, dict[str, str], dict[str, str]]]] = {}
    for number, row in enumerate(rows[columns.first :], columns.first + 1):
        line = _line(columns, row)
        if line is None:
            continue
        cells, rest = line
        mark = cells.get("id") or f"{cells.get('code', '')} {cells.get('title', '')}"
        key = comparison_key(mark) if mark.strip() and FORMULA not in mark else f"line {number}"
        found.setdefault(key, []).append((number, cells, rest))
    return [_record(lines, codes) for lines in found.values()]


def _line(columns: Columns, row: Sequence[object]) -> tuple[dict[str, str], dict[str, str]] | None:
    if not row or str(row[0] or "").startswith("#"):
        return None
    cells = {key: restore(text) for key, text in columns.cells(row).items()}
    rest = {key.replace("\0", ""): restore(text) for key, text in columns.rest(row).items()}
    return (cells, rest) if any(cells.values()) or rest else None


def _record(lines: list[tuple[int, dict[str, str], dict[str, str]]], codes: Codes) -> Record:
    number, _cells, _rest = lines[0]
    record = Record(number)
    for line, cells, rest in lines:
        _blank_formulas(record, line, cells, rest)
    mender = Mender(record, codes)
    own = _joined(cells for _number, cells, _rest in lines)
    if not own.get("title"):
        record.refusals.append(Note(_heading("title"), "no_title", ""))
        record.refused = True
        return record
    _dataset(mender, own)
    for _number, cells, rest in lines:
        _files(mender, _put_right(record, cells))
        for name, text in rest.items():
            if not text:
                continue
            record.repair(name, "remarks", text)
            record.keep(name, text)
    _licence(mender, [cells.get("file_licence", "") for _number, cells, _rest in lines])
    return record


def _blank_formulas(record: Record, line: int, cells: dict[str, str], rest: dict[str, str]) -> None:
    for names, row in ((HEADINGS, cells), ({}, rest)):
        for key in [key for key, text in row.items() if text == FORMULA]:
            row[key] = ""
            record.refusals.append(Note(f"{names.get(key, (key,))[0]}（{line}）", "formula", ""))


def _joined(rows: Iterable[dict[str, str]]) -> dict[str, str]:
    """Return what the rows of one dataset say of it: the first word of each column."""
    own: dict[str, str] = {}
    for cells in rows:
        for key, text in cells.items():
            if text and not own.get(key):
                own[key] = text
    return own


def _heading(key: str) -> str:
    return HEADINGS[key][0]


def _dataset(mender: Mender, own: dict[str, str]) -> None:
    record, dataset = mender.record, mender.record.dataset
    _organization(record, own)
    if own.get("id"):
        record.source["id"] = dataset["identifier"] = own["id"]
    for key, field in _TEXTS.items():
        mender.text(dataset, field, _heading(key), own.get(key, ""))
    mender.keywords(_heading("keywords"), own.get("keywords", ""))
    mender.themes(_heading("theme"), own.get("theme", ""))
    mender.day(dataset, "issued", _heading("issued"), own.get("issued", ""))
    mender.day(dataset, "modified", _heading("modified"), own.get("modified", ""))
    mender.languages(dataset, _heading("language"), own.get("language", ""))
    mender.frequency(_heading("frequency"), own.get("frequency", ""))
    mender.addresses(dataset, "conforms_to", _heading("conforms_to"), own.get("conforms_to", ""))
    mender.addresses(dataset, "documentation", _heading("documentation"), own.get("documentation", ""))
    mender.areas(_heading("area"), own.get("area", ""))
    mender.periods(_heading("period"), own.get("period", ""))
    _remarks(mender, own.get("remarks", ""))
    _page(mender, own.get("url", ""))
    _contact(mender, own)


def _organization(record: Record, own: dict[str, str]) -> None:
    code = own.get("code", "")
    if code:
        try:
            reading = read_code(code)
        except InvalidCode:
            record.organization["code"] = code
        else:
            record.organization["code"] = reading.code
            if reading.code != code:
                record.repair(_heading("code"), "code", code, reading.code)
    title = own.get("body") or own.get("prefecture")
    if title:
        record.organization["title"] = title


def _remarks(mender: Mender, text: str) -> None:
    kept = []
    for line in text.split("\n"):
        name, colon, rest = line.partition("：")
        if colon and name == FREQUENCY_NOTE:
            mender.record.dataset["frequency_note"] = rest
        else:
            kept.append(line)
    before = mender.record.dataset.get("remarks", "")
    if remarks := "\n".join([*kept, before]).strip():
        mender.record.dataset["remarks"] = remarks


def _page(mender: Mender, text: str) -> None:
    record = mender.record
    url, more = mender.address(_heading("url"), text)
    if url:
        record.source["url"] = record.dataset["url"] = url
    elif text.strip():
        record.refuse(_heading("url"), "url", text)
    for one in more:
        record.keep(_heading("url"), one)


def _contact(mender: Mender, own: dict[str, str]) -> None:
    contact: dict[str, Any] = {}
    for key, field in _CONTACT.items():
        mender.text(contact, field, _heading(key), own.get(key, ""))
    mender.mail(contact, "email", _heading("contact_email"), own.get("contact_email", ""))
    text = own.get("contact_url", "")
    url, _more = mender.address(_heading("contact_url"), text)
    if url:
        contact["url"] = url
    elif text:
        mender.record.refuse(_heading("contact_url"), "url", text)
    if contact:
        mender.record.dataset["contact"] = [contact]


def _put_right(record: Record, cells: dict[str, str]) -> dict[str, str]:
    """Put a format into its own column where it stands in that of the licence or of the status."""
    written, licensed, status = (cells.get(key, "") for key in ("file_format", "file_licence", "file_status"))
    found = licence(written, lambda _vocabulary, _text: ()) if written else None
    if found and found.code != "other" and _formats(licensed):
        record.repair(_heading("file_format"), "swapped", written, licensed)
        return {**cells, "file_format": licensed, "file_licence": written}
    if not written and _formats(status):
        record.repair(_heading("file_format"), "swapped", written, status)
        return {**cells, "file_format": status, "file_status": ""}
    return cells


def _formats(text: str) -> list[str]:
    """Return the formats that a cell names, nothing when a word in it is none."""
    parts = [part for one in _BETWEEN_FORMATS.split(text) if (part := one.strip())]
    return parts if all(format_like(part.replace("(x)", "")) for part in parts) else []


def _files(mender: Mender, cells: dict[str, str]) -> None:
    if not any(cells.get(key) for key in _OF_A_FILE):
        return
    formats = [cells.get("file_format", "")]
    several = [one.strip() for one in _BETWEEN_FORMATS.split(formats[0]) if one.strip()]
    if len(several) > 1 and not cells.get("file_url") and not cells.get("file_download"):
        mender.record.repair(_heading("file_format"), "formats", formats[0], ";".join(several))
        formats = several
    for one in formats:
        mender.record.dataset.setdefault("resources", []).append(_file(mender, {**cells, "file_format": one}))


def _file(mender: Mender, cells: dict[str, str]) -> dict[str, Any]:
    file: dict[str, Any] = {}
    for key, field in _FILE_TEXTS.items():
        mender.text(file, field, _heading(key), cells.get(key, ""))
    mender.text(file, "format", _heading("file_format"), cells.get("file_format", ""))
    mender.choice(file, "status", _heading("file_status"), "statuses", cells.get("file_status", ""))
    mender.size(file, _heading("file_size"), cells.get("file_size", ""))
    mender.day(file, "issued", _heading("file_issued"), cells.get("file_issued", ""))
    mender.day(file, "modified", _heading("file_modified"), cells.get("file_modified", ""))
    mender.addresses(file, "documentation", _heading("file_documentation"), cells.get("file_documentation", ""))
    mender.languages(file, _heading("file_language"), cells.get("file_language", ""))
    mender.addresses(file, "conforms_to", _heading("file_conforms_to"), cells.get("file_conforms_to", ""))
    _file_address(mender, file, cells)
    code = mender.licence(_heading("file_licence"), cells.get("file_licence", ""))
    if code:
        file["license"] = code
        file["licence_words"] = cells["file_licence"]
    if comparison_key(cells.get("file_api", "")) in _YES:
        file["has_api"] = "yes"
    return file


def _file_address(mender: Mender, file: dict[str, Any], cells: dict[str, str]) -> None:
    """Write the address of a file; in the older forms that of its dataset's page is the only one."""
    for key, field in (("file_url", "url"), ("file_download", "download_url")):
        text = cells.get(key, "")
        url, more = mender.address(_heading(key), text)
        if url:
            file[field] = url
        elif text:
            mender.record.refuse(_heading(key), "url", text)
        if more:
            file["description"] = "\n".join([file.get("description", ""), *more]).strip()
    page = mender.record.dataset.get("url", "")
    if not file.get("url") and not file.get("download_url") and "file_url" not in cells and web_address(page):
        file["url"] = page


def _licence(mender: Mender, texts: list[str]) -> None:
    """Take a licence that all files share for that of the dataset, and keep words that say more than the code."""
    dataset = mender.record.dataset
    files: list[dict[str, Any]] = dataset.get("resources", [])
    words = {file.pop("licence_words", "") for file in files}
    shared = {file.get("license") for file in files}
    if not files and (text := next(filter(None, texts), "")):
        code = mender.licence(_heading("file_licence"), text)
        shared, words = {code}, {text}
    if len(shared) == 1 and (code := next(iter(shared))):
        dataset["license_id"] = code
        for file in files:
            del file["license"]
    for text in sorted(words - {""}):
        found = licence(text, mender.codes)
        if found and found.repair in {"licence_words", "licence_version"}:
            _keep_licence_words(mender.record, files, text)


def _keep_licence_words(record: Record, files: list[dict[str, Any]], text: str) -> None:
    without = [file for file in files if not file.get("rights")]
    for file in without:
        file["rights"] = text
    if not without:
        record.keep(_heading("file_licence"), text)
