"""The catalogue of what can be wrong with a file before any cell of it is read."""

from __future__ import annotations

from ckanext.hokkaido_inventory.domain.findings import Kind, Severity
from ckanext.hokkaido_inventory.domain.wording import N_

__all__ = ["FILE_KINDS"]

_SAVE = N_("Open it in Excel or LibreOffice, save it as an Excel workbook (.xlsx) and upload that file.")
_FRESH = N_("Download a fresh form, copy your answers into it and upload it.")


def _error(code: str, message: str, remedy: str) -> Kind:
    return Kind(code, Severity.ERROR, message, remedy)


FILE_KINDS = (
    _error(
        "empty_file", N_("The file is empty (0 bytes)."), N_("Check the file on your computer and choose it again.")
    ),
    _error("file_too_large", N_("The file has %(size)s MiB; at most %(limit)s MiB can be read."), _FRESH),
    _error("html_file", N_("This is a web page, not a workbook, whatever its name says."), _SAVE),
    _error("csv_file", N_("This is a text or CSV file, not a workbook."), _SAVE),
    _error("old_excel_file", N_("This is a workbook of the old Excel format (.xls)."), _SAVE),
    _error(
        "encrypted_file",
        N_("The workbook is protected by a password and cannot be opened here."),
        N_("Remove the password in Excel (File, Info, Protect Workbook), save and upload again."),
    ),
    _error("ods_file", N_("This is an OpenDocument spreadsheet (.ods)."), _SAVE),
    _error("xlsb_file", N_("This is a binary Excel workbook (.xlsb)."), _SAVE),
    _error(
        "macro_file",
        N_("The workbook holds macros, whatever its name says."),
        N_("Save it without macros as an Excel workbook (.xlsx) and upload that file."),
    ),
    _error("pdf_file", N_("This is a PDF file, not a workbook."), _FRESH),
    _error(
        "not_a_workbook",
        N_("This file is neither an Excel workbook nor a list as text (CSV), whatever its name says."),
        _SAVE,
    ),
    _error(
        "damaged_file",
        N_("The file is damaged or was not transferred completely."),
        N_("Open it in Excel to see whether it is whole, save it again and upload it."),
    ),
    _error("zip_too_many_parts", N_("The workbook consists of more than %(limit)s parts inside."), _FRESH),
    _error("zip_too_large", N_("Unpacked, the workbook is larger than %(limit)s MiB."), _FRESH),
    _error("zip_suspicious", N_("The workbook is packed in a way no spreadsheet program packs (%(part)s)."), _FRESH),
    _error("doctype", N_("The part %(part)s of the workbook declares a DOCTYPE, which no workbook needs."), _FRESH),
)
