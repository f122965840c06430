"""Why a file is not shown or converted, in words."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

__all__ = ["why_not"]


def why_not(code: str) -> str:
    """Return the sentence that says why a file is not shown or converted."""
    known = {
        "no_file": tk._("The file is not kept on this portal; it is a link to another site."),
        "too_large": tk._("The file is too large to be shown here. Download it to read it."),
        "zip_too_large": tk._("The worksheet is too large to be shown here. Download it to read it."),
        "no_text": tk._("A file of this kind cannot be shown as a table or a text."),
        "empty_file": tk._("The file is empty."),
        "encrypted_file": tk._("The workbook is protected by a password."),
        "macro_file": tk._("The workbook holds macros and is not opened here."),
        "no_sheet": tk._("The workbook has no worksheet that is not hidden."),
        "no_columns": tk._("The file has no columns, so there is nothing to convert."),
    }
    return known.get(code) or tk._("The file is damaged or not what its name says. The publisher can mend it.")
