"""The catalogue of what can be wrong with a workbook's contents."""

from __future__ import annotations

from ckanext.hokkaido_inventory.domain.file_kinds import FILE_KINDS
from ckanext.hokkaido_inventory.domain.findings import Kind, Severity
from ckanext.hokkaido_inventory.domain.own_kinds import OWN_KINDS
from ckanext.hokkaido_inventory.domain.wording import N_

__all__ = ["KINDS", "kind"]

_E, _W = Severity.ERROR, Severity.WARNING

_CONTENT_KINDS = (
    Kind(
        "unknown_layout",
        _E,
        N_("This workbook is neither the official survey form nor the template of this portal (sheets: %(sheets)s)."),
        N_("Download the template from the page of your unit, copy your answers into it and upload it."),
    ),
    Kind(
        "empty_workbook",
        _E,
        N_("The workbook holds no cell with a value."),
        N_("Check that you chose the right file, save it again in Excel and upload it."),
    ),
    Kind(
        "no_rows",
        _E,
        N_("There is no row with an answer."),
        N_("Write one data set per row, from row %(first)s on. If your unit holds none, say so on its page."),
    ),
    Kind(
        "sheet_missing",
        _E,
        N_("The sheet “%(missing)s” of the form is missing."),
        N_("Use the form with all its sheets; do not delete or rename any of them."),
    ),
    Kind(
        "sheet_unknown",
        _W,
        N_("This sheet does not belong to the form and was not read."),
        N_("Nothing is needed, unless it holds answers: move them to the sheets of the form."),
    ),
    Kind(
        "heading_missing",
        _E,
        N_("The column “%(heading)s” is missing."),
        N_("Put the column back with its heading as in the form, or start again from a fresh form."),
    ),
    Kind(
        "heading_moved",
        _E,
        N_("The heading here should be “%(heading)s” but is “%(value)s”."),
        N_("Put the columns back into the order of the form; do not insert or delete columns."),
    ),
    Kind(
        "heading_unknown",
        _E,
        N_("The column “%(value)s” does not belong to the form."),
        N_("Delete the column, or move its contents to “%(remarks)s”."),
    ),
    Kind(
        "heading_duplicate",
        _E,
        N_("The heading “%(value)s” occurs more than once."),
        N_("Keep one column with this heading and delete the other."),
    ),
    Kind(
        "title_missing",
        _E,
        N_("This row has answers but no name of the data."),
        N_("Write the name into column %(column)s, or empty the row."),
    ),
    Kind(
        "answer_without_row",
        _E,
        N_("There are answers here, but row %(expected)s of sheet “%(other)s” names no data."),
        N_("Write the name into that row of sheet “%(other)s”, or empty this row."),
    ),
    Kind(
        "not_in_list",
        _E,
        N_("“%(value)s” is not an answer to “%(heading)s”."),
        N_("Choose one of: %(choices)s."),
    ),
    Kind(
        "not_a_date",
        _E,
        N_("“%(value)s” in “%(heading)s” is not a date."),
        N_("Write a date such as 2026-04-01 or 令和8年4月1日."),
    ),
    Kind(
        "not_a_number",
        _E,
        N_("“%(value)s” in “%(heading)s” is not a whole number of zero or more."),
        N_("Write digits only, such as 1200."),
    ),
    Kind(
        "precision_lost",
        _E,
        N_("The number in “%(heading)s” has more digits than Excel keeps; its last digits are lost."),
        N_("Set the cell's format to text and type the number anew."),
    ),
    Kind(
        "text_too_long",
        _E,
        N_("The text in “%(heading)s” has %(length)s characters; at most %(limit)s fit."),
        N_("Shorten the text."),
    ),
    Kind(
        "control_character",
        _E,
        N_("The text in “%(heading)s” holds an invisible control character."),
        N_("Type the text anew instead of pasting it."),
    ),
    Kind(
        "formula",
        _E,
        N_("There is a formula in “%(heading)s”; formulas are not read."),
        N_("Replace the formula by its value (copy the cell, then paste as values)."),
    ),
    Kind(
        "cell_error",
        _E,
        N_("The cell in “%(heading)s” shows an error such as #N/A or #REF!."),
        N_("Correct the cell, or empty it."),
    ),
    Kind(
        "number_invalid",
        _E,
        N_("“%(value)s” is not a row number."),
        N_("Keep the number the template gave, or leave the cell empty for a new row."),
    ),
    Kind(
        "number_duplicate",
        _E,
        N_("The number %(value)s was used before, in row %(first)s."),
        N_("Keep the number at the row it belongs to and empty it at the other."),
    ),
    Kind(
        "too_many_rows",
        _E,
        N_("There are more than %(limit)s rows."),
        N_("Split the workbook by unit and upload the parts one by one."),
    ),
    Kind(
        "too_many_columns",
        _E,
        N_("There are more than %(limit)s columns."),
        N_("Delete what stands to the right of the form."),
    ),
    Kind(
        "more_findings",
        _W,
        N_("There are %(count)s more problems that are not listed."),
        N_("Correct those listed first and upload the file again."),
    ),
    Kind(
        "example_row",
        _W,
        N_("“%(value)s” looks like an example of the form; it counts as an answer."),
        N_("If it is only an example, delete the row."),
    ),
    Kind(
        "contradiction",
        _W,
        N_("“%(heading)s” is 有 although “%(other)s” is 無; both were kept as they are."),
        N_("Check the two answers; data with “%(heading)s” has “%(other)s” too."),
    ),
    Kind(
        "title_differs",
        _W,
        N_("The name “%(value)s” is not the name in sheet “%(other)s” (“%(expected)s”); the latter was taken."),
        N_("Check that the answers in this row belong to “%(expected)s”."),
    ),
    Kind(
        "decision_differs",
        _W,
        N_("The sheet shows “%(value)s”, but the answers give “%(expected)s”; the latter was taken."),
        N_("Check the answers; do not type over the computed cells."),
    ),
    Kind(
        "form_code_invalid",
        _W,
        N_("“%(value)s” is not the number of this form (様式番号); it was mistyped or changed."),
        N_("Download the form again when you can: without its number, rows saved meanwhile cannot be told."),
    ),
    Kind(
        "header_differs",
        _W,
        N_("“%(heading)s” is “%(value)s” here but “%(expected)s” on an earlier sheet; the latter was taken."),
        N_("Check the name of the unit and of the person on each sheet."),
    ),
)

#: Every kind of finding by its code.
KINDS: dict[str, Kind] = {item.code: item for item in (*FILE_KINDS, *_CONTENT_KINDS, *OWN_KINDS)}


def kind(code: str) -> Kind:
    """Return the kind with this code; raise KeyError if there is none."""
    return KINDS[code]
