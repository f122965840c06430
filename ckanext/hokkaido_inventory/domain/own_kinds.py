"""The catalogue of what can be odd about an office's own list."""

from __future__ import annotations

from ckanext.hokkaido_inventory.domain.findings import Kind, Severity
from ckanext.hokkaido_inventory.domain.wording import N_

__all__ = ["OWN_KINDS"]

_E, _W = Severity.ERROR, Severity.WARNING
_IF_DATA = N_("Nothing is needed, unless this is data of your unit: then write its name into the column of the name.")

OWN_KINDS = (
    Kind(
        "undecodable",
        _E,
        N_("The text is in no encoding known here: its byte %(byte)s cannot be read."),
        N_("Open it in Excel, save it as an Excel workbook (.xlsx) or as CSV UTF-8, and upload that file."),
    ),
    Kind(
        "unclosed_quote",
        _E,
        N_("A quotation mark opens in this row and never closes, so that all that follows is one cell."),
        N_("Close the quotation mark in this row, or save the file as an Excel workbook (.xlsx)."),
    ),
    Kind(
        "no_table",
        _E,
        N_("No table was found (sheets: %(sheets)s)."),
        N_("Put the list on a sheet of its own, with one heading row and one data set a row."),
    ),
    Kind(
        "title_unmapped",
        _E,
        N_("No column is taken for the name of the data."),
        N_("Choose the column that names the data."),
    ),
    Kind(
        "field_twice",
        _E,
        N_("The column “%(heading)s” is taken for the same as column %(first)s."),
        N_("Choose one column for each question."),
    ),
    Kind(
        "heading_again",
        _W,
        N_("The heading “%(value)s” stands in column %(first)s already; this column is left out."),
        N_("Nothing is needed, unless this column is the one that is meant: then choose it."),
    ),
    Kind(
        "sheet_of_examples",
        _W,
        N_("This sheet holds examples and was not read."),
        N_("Nothing is needed. Data of your unit belongs on another sheet."),
    ),
    Kind(
        "sheet_not_read",
        _W,
        N_("Only the sheet “%(chosen)s” is taken in; this one was not read."),
        N_("To take this one in, choose it, or upload the file once more for it."),
    ),
    Kind(
        "sheet_hidden_not_read",
        _W,
        N_("This sheet is hidden and was not read; “%(chosen)s” is taken in."),
        N_("To take this one in, choose it, or upload the file once more for it."),
    ),
    Kind(
        "sheet_hidden_read",
        _W,
        N_("This sheet is hidden in the file, and is the one that is taken in."),
        N_("Check that it is the one you mean, or choose another."),
    ),
    Kind(
        "rows_hidden",
        _W,
        N_("%(count)s rows are hidden in the file and are read like the others (rows %(hidden)s)."),
        N_("Check that they belong to the list. If not, delete them in the file and upload it again."),
    ),
    Kind(
        "columns_hidden",
        _W,
        N_("Columns are hidden in the file and are read like the others (columns %(hidden)s)."),
        N_("Check that they belong to the list. If not, choose “leave out” for them under the columns."),
    ),
    Kind(
        "personal_register",
        _W,
        N_("This is a register of files of personal information: its rows are taken as holding personal information."),
        N_("An answer that a row has already is kept. Where it is wrong, correct it on the page of the row."),
    ),
    Kind(
        "note_skipped",
        _W,
        N_("“%(value)s” is a note and was left out (to row %(last)s)."),
        _IF_DATA,
    ),
    Kind(
        "total_skipped",
        _W,
        N_("“%(value)s” is a total and was left out (to row %(last)s)."),
        _IF_DATA,
    ),
    Kind(
        "example_skipped",
        _W,
        N_("“%(value)s” is an example and was left out (to row %(last)s)."),
        _IF_DATA,
    ),
    Kind(
        "heading_repeated",
        _W,
        N_("The headings stand here again; the row was left out (to row %(last)s)."),
        _IF_DATA,
    ),
    Kind(
        "section_skipped",
        _W,
        N_("“%(value)s” is a heading between the rows and was left out (to row %(last)s)."),
        _IF_DATA,
    ),
    Kind(
        "row_continued",
        _W,
        N_("The name is merged with the row above; only the first of these rows was taken (to row %(last)s)."),
        N_("If each row is data of its own, unmerge the cells and write a name into each."),
    ),
    Kind(
        "row_without_title",
        _W,
        N_("The row names no data and was left out (to row %(last)s)."),
        _IF_DATA,
    ),
    Kind(
        "not_understood",
        _W,
        N_("“%(value)s” in “%(heading)s” is no answer to “%(field)s”; it is left blank, its words go to the remarks."),
        N_("Choose the answer on the page of the row, or correct the cell and upload again."),
    ),
    Kind(
        "text_cut",
        _W,
        N_("The text in “%(heading)s” has %(length)s characters; it is cut to %(limit)s, all of it is in the remarks."),
        N_("Shorten the text, or check that the right column was chosen."),
    ),
    Kind(
        "hidden_removed",
        _W,
        N_("The text in “%(heading)s” held invisible control characters, which were taken out."),
        N_("Check that the text still says what it should."),
    ),
)
