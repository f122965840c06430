"""Loading a definition workbook in place of the shipped columns of a set, and undoing it."""

from __future__ import annotations

import hashlib
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.domain.file_faults import Fault
from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_core.domain.workbook_guard import DEFAULT_LIMITS
from ckanext.hokkaido_core.shared import unit_of_work
from ckanext.hokkaido_standards.definitions import standards
from ckanext.hokkaido_standards.domain.definition import Form, Standard
from ckanext.hokkaido_standards.domain.definition_sheet import SheetRead, read_sheet
from ckanext.hokkaido_standards.domain.redefining import agreement
from ckanext.hokkaido_standards.logic import schema
from ckanext.hokkaido_standards.logic.action.standard import found_standard
from ckanext.hokkaido_standards.logic.problems import sentences
from ckanext.hokkaido_standards.service import definition as definitions
from ckanext.hokkaido_standards.workbook.definition import Sheets, chosen_sheet, sheets

__all__ = ["hokkaido_standard_load", "hokkaido_standard_unload"]

#: A workbook of which fewer headings are the set's is that of another set.
_LEAST = 0.3
_LONGEST = 300


@tk.validate_action_data(schema.standard_load)
def hokkaido_standard_load(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Load a definition workbook in the official layout; it takes the place of the shipped columns of the current form.

    :param id: two digits of the set.
    :param upload: the workbook (.xlsx).
    :param sheet: name of its sheet (optional; found by the name of the set, or as the only one that defines something).
    :param source: where the workbook is from, such as its title and version (optional).
    :param dry_run: say what would happen, and store nothing (optional).
    :param force: load it although its headings look like those of another set (optional).
    :returns: `{standard, sheet, columns, new, missing, left_out, obligations, stored}`: the number of columns, headings
        that the shipped form lacks and that the workbook lacks, cells whose lines were taken for notes.
    :raises ObjectNotFound: no set has these digits.
    :raises ValidationError: the workbook is not read or wrong; every cell that is wrong is named.
    """
    tk.check_access("hokkaido_standard_load", context, data_dict)
    code = found_standard(context, data_dict["id"]).code
    shipped, upload = standards()[code], data_dict["upload"]
    content = _content(upload)
    sheet, read = _read(content, shipped, data_dict)
    if not data_dict["dry_run"]:
        with unit_of_work(context) as session:
            definitions.load(
                session,
                code,
                read.columns,
                file=(getattr(upload, "filename", "") or "")[:_LONGEST],
                sheet=sheet,
                source=data_dict["source"].strip()[:_LONGEST],
                digest=hashlib.sha256(content).hexdigest(),
                by=context["user"],
            )
    return {**_compared(shipped, read), "standard": code, "sheet": sheet, "stored": not data_dict["dry_run"]}


@tk.validate_action_data(schema.standard_unload)
def hokkaido_standard_unload(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Let the shipped columns of a set hold again; the loading stays in the history.

    :param id: two digits of the set.
    :returns: `{standard, file}`: which workbook was loaded.
    :raises ObjectNotFound: no set has these digits, or none was loaded.
    """
    tk.check_access("hokkaido_standard_unload", context, data_dict)
    code = found_standard(context, data_dict["id"]).code
    with unit_of_work(context) as session:
        row = definitions.withdraw(session, code, context["user"])
        if row is None:
            raise tk.ObjectNotFound(tk._("No definition workbook is loaded for this set."))
        file = row.file
    return {"standard": code, "file": file}


def _content(upload: Any) -> bytes:
    stream = getattr(upload, "stream", None)
    content = stream.read(DEFAULT_LIMITS.file_bytes + 1) if stream is not None else b""
    if not content:
        raise tk.ValidationError({"upload": [tk._("Choose the definition workbook (.xlsx).")]})
    return content


def _read(content: bytes, standard: Standard, asked: DataDict) -> tuple[str, SheetRead]:
    """Return the sheet of a set and what it says; raise `ValidationError` with everything that is wrong."""
    found = sheets(content)
    if isinstance(found, Fault):
        raise tk.ValidationError({"upload": [found.sentence(tk._)]})
    name = chosen_sheet(found, standard, asked["sheet"])
    if name is None:
        raise tk.ValidationError({"sheet": [_which(found, standard, asked["sheet"])]})
    read = read_sheet(found[name])
    if read.problems:
        raise tk.ValidationError({"upload": sentences(read.problems, name)})
    if not asked["force"] and agreement(standard, read.columns) < _LEAST:
        message = tk._(
            "{sheet}: few of the items belong to {standard}. Choose the workbook or sheet of this set; "
            "load it all the same only when you are sure."
        )
        raise tk.ValidationError({"upload": [message.format(sheet=name, standard=standard.ja)]})
    return name, read


def _which(found: Sheets, standard: Standard, wanted: str) -> str:
    names = "、".join(list(found)[:30])
    if wanted:
        return tk._("The workbook has no sheet “{sheet}”. It has: {names}").format(sheet=wanted[:60], names=names)
    message = tk._("It is not clear which sheet defines {standard}. Name one of: {names}")
    return message.format(standard=standard.ja, names=names)


def _compared(shipped: Standard, read: SheetRead) -> dict[str, Any]:
    before = {comparison_key(column.heading): column.heading for column in shipped.forms.get(Form.CURRENT, ())}
    after = {comparison_key(one.heading): one.heading for one in read.columns}
    return {
        "columns": len(read.columns),
        "new": [heading for key, heading in after.items() if key not in before],
        "missing": [heading for key, heading in before.items() if key not in after],
        "left_out": list(read.left_out),
        "obligations": "obligation" in read.parts,
    }
