"""Why rows and files are not in the one table, in words."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

__all__ = ["file_reason_words", "reason_names", "reason_words"]


def reason_names() -> dict[str, str]:
    """Return what the reasons for leaving rows out are called."""
    return {
        "misfit": tk._("Too many values"),
        "total": tk._("Row of totals"),
        "no-key": tk._("Nothing names it"),
        "no-municipality": tk._("Municipality not known"),
        "double": tk._("There twice"),
        "replaced": tk._("Replaced by a newer file"),
    }


def reason_words() -> dict[str, str]:
    """Return what the reasons for leaving rows out mean, and what to do."""
    return {
        "misfit": tk._(
            "The row has more values than there are headings, so values stand in wrong columns. Put values with commas "
            "into quotation marks."
        ),
        "total": tk._("The row sums up others; it is no record of its own."),
        "no-key": tk._("The row has neither an identifier nor a name nor a place. Fill one of them in."),
        "no-municipality": tk._(
            "Neither the row nor its publisher says which municipality it is of. Fill in the code of the local "
            "government, or have the publisher's code entered on this portal."
        ),
        "double": tk._("The same row is in the table already, from this file or another one."),
        "replaced": tk._("A newer file has the same record; that one counts."),
    }


def file_reason_words() -> dict[str, str]:
    """Return why a file gives no row, and what to do."""
    return {
        "headings": tk._(
            "The name of the file tells the standard, but its headings are others. Use the headings of the empty table."
        ),
        "empty": tk._("The file has headings and no row."),
        "metadata": tk._("The file describes another file and holds no records."),
        "mended": tk._("Its rows are in the table as the mended file has them, which was made from it."),
        "lost": tk._(
            "The file lies at another site, and was not there when it was asked for again. Write its new address into "
            "the dataset, or upload the file."
        ),
        "joined": tk._("The file is a one table itself; its rows are counted in the files that they are from."),
        "pending": tk._("The file is being read again. Look again in a few minutes."),
    }
