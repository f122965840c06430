"""What can be wrong with a file before any cell of it is read, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

__all__ = ["FILE_FAULTS", "Fault"]


def N_(message: str) -> str:  # noqa: N802  The name is what the extraction of messages looks for.
    """Mark a sentence for the message catalogue without translating it yet."""
    return message


_SAVE = N_("Open it in Excel or LibreOffice, save it as an Excel workbook (.xlsx) and upload that file.")
_FRESH = N_("Download a fresh form, copy your answers into it and upload it.")

_SAID = (
    ("empty_file", N_("The file is empty (0 bytes)."), N_("Check the file on your computer and choose it again.")),
    ("file_too_large", N_("The file has %(size)s MiB; at most %(limit)s MiB can be read."), _FRESH),
    ("html_file", N_("This is a web page, not a workbook, whatever its name says."), _SAVE),
    ("csv_file", N_("This is a text or CSV file, not a workbook."), _SAVE),
    ("old_excel_file", N_("This is a workbook of the old Excel format (.xls)."), _SAVE),
    (
        "encrypted_file",
        N_("The workbook is protected by a password and cannot be opened here."),
        N_("Remove the password in Excel (File, Info, Protect Workbook), save and upload again."),
    ),
    ("ods_file", N_("This is an OpenDocument spreadsheet (.ods)."), _SAVE),
    ("xlsb_file", N_("This is a binary Excel workbook (.xlsb)."), _SAVE),
    (
        "macro_file",
        N_("The workbook holds macros, whatever its name says."),
        N_("Save it without macros as an Excel workbook (.xlsx) and upload that file."),
    ),
    ("pdf_file", N_("This is a PDF file, not a workbook."), _FRESH),
    (
        "not_a_workbook",
        N_("This file is neither an Excel workbook nor a list as text (CSV), whatever its name says."),
        _SAVE,
    ),
    (
        "damaged_file",
        N_("The file is damaged or was not transferred completely."),
        N_("Open it in Excel to see whether it is whole, save it again and upload it."),
    ),
    ("zip_too_many_parts", N_("The workbook consists of more than %(limit)s parts inside."), _FRESH),
    ("zip_too_large", N_("Unpacked, the workbook is larger than %(limit)s MiB."), _FRESH),
    ("zip_suspicious", N_("The workbook is packed in a way no spreadsheet program packs (%(part)s)."), _FRESH),
    ("doctype", N_("The part %(part)s of the workbook declares a DOCTYPE, which no workbook needs."), _FRESH),
)

_OF_THE_TABLE = (
    (
        "undecodable",
        N_("The text is in no encoding known here: its byte %(byte)s cannot be read."),
        N_("Open it in Excel, save it as an Excel workbook (.xlsx) or as CSV UTF-8, and upload that file."),
    ),
    (
        "unclosed_quote",
        N_("A quotation mark opens in this row and never closes, so that all that follows is one cell."),
        N_("Close the quotation mark in this row, or save the file as an Excel workbook (.xlsx)."),
    ),
    (
        "too_many_rows",
        N_("There are more than %(limit)s rows."),
        N_("Split the workbook by unit and upload the parts one by one."),
    ),
    (
        "too_many_columns",
        N_("There are more than %(limit)s columns."),
        N_("Delete what stands to the right of the form."),
    ),
)

#: Code -> what is wrong, and what to do next; of the file as a whole.
FILE_FAULTS: Mapping[str, tuple[str, str]] = {code: (message, remedy) for code, message, remedy in _SAID}
_ALL = {**FILE_FAULTS, **{code: (message, remedy) for code, message, remedy in _OF_THE_TABLE}}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file is not read: the code, values for its sentence, and the line where that is known."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    line: int | None = None

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """Return what is wrong and what to do next."""
        message, remedy = _ALL[self.code]
        return f"{translate(message) % self.params} {translate(remedy)}"
