"""What a person is told of a definition workbook: which cell, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Iterable

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_standards.domain.definition_sheet import Problem

__all__ = ["sentences"]


def N_(message: str) -> str:  # noqa: N802  The name is what the extraction of messages looks for.
    """Mark a sentence for the message catalogue without translating it yet."""
    return message


_SENTENCES = {
    "no_headings": N_(
        "The sheet has no row with the heading 項目名 and two or more of 区分, 説明, 形式, 記入例, 英語名 and "
        "物理名. Choose the sheet of the data items."
    ),
    "no_columns": N_("There is no item below the heading 項目名. Choose the sheet of the data items."),
    "no_heading": N_("Item {number} has no 項目名. Write the name of the item."),
    "unknown_mark": N_("“{mark}” is no mark of an obligation. Write ◎ (required), ○ (recommended), or leave it blank."),
    "twice": N_("The item “{heading}” stands in {first} already. Delete one of the two."),
    "too_long": N_("The text has {length} characters; at most {limit} are read. Shorten it."),
}


def sentences(problems: Iterable[Problem], sheet: str) -> list[str]:
    """Return one sentence a problem, with the sheet and the cell in front."""
    told = []
    for problem in problems:
        sentence = tk._(_SENTENCES[problem.code]).format(**problem.params)
        where = f"{sheet}!{problem.cell}" if problem.cell else sheet
        told.append(tk._("{where}: {sentence}").format(where=where, sentence=sentence))
    return told
