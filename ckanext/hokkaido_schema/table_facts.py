"""What a table says of itself: columns, rows, title, period, and the standard data set that it looks like."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import IO, Any

from ckanext.hokkaido_core.domain.eras import Span
from ckanext.hokkaido_core.domain.file_title import title_of_file
from ckanext.hokkaido_core.domain.standard_match import Signature, best_match
from ckanext.hokkaido_schema.domain.edition import year_named
from ckanext.hokkaido_schema.domain.table_shape import Column, column_types, heading_row, period_named
from ckanext.hokkaido_schema.vocabularies import vocabulary
from ckanext.hokkaido_schema.workbook.table import read_table

__all__ = ["TableFacts", "described", "look"]

#: A longer line above a table is a note, no title.
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What was found; a file that is no table has a title from its name and nothing else."""

    title: str
    columns: tuple[Column, ...] = ()
    #: Rows under the headings.
    rows: int | None = None
    period: Span | None = None
    #: Code of the vocabulary `standard_datasets`.
    standard: str = ""
    #: The year of the edition as the name of the file has it (令和7年度), where the title does not say it.
    year: str = ""


def look(filename: str, stream: IO[bytes]) -> TableFacts:
    """Look into a file; the stream is left at its beginning."""
    named = title_of_file(filename)
    table = read_table(stream)
    heading = heading_row(table.rows) if table else None
    if table is None or heading is None:
        match = best_match(named, (), _signatures())
        standard = match.code if match else ""
        return TableFacts(named, period=period_named(filename), standard=standard, year=year_named(filename))
    above = [row for row in table.rows[:heading] if any(cell.strip() for cell in row)]
    columns = column_types(table.rows[heading], table.rows[heading + 1 :])
    title = _title_above(above) or named
    match = best_match(title, [column.name for column in columns], _signatures())
    return TableFacts(
        title=match.name if match and title.isascii() else title,
        columns=columns,
        rows=None if table.count is None else table.count - len(above) - 1,
        period=period_named(title, filename, *(cell for row in above for cell in row)),
        standard=match.code if match else "",
        year="" if year_named(title) else year_named(filename),
    )


def described(columns: tuple[Column, ...], known: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return columns as a resource keeps them, with the descriptions that columns of the same name had."""
    words = {str(one.get("name")): str(one.get("description") or "") for one in known if isinstance(one, dict)}
    return [{"name": column.name, "type": column.type, "description": words.get(column.name, "")} for column in columns]


def _title_above(rows: list[list[str]]) -> str:
    for row in rows:
        cells = [cell.strip() for cell in row if cell.strip()]
        if len(cells) == 1 and len(cells[0]) <= _LONGEST_TITLE:
            return cells[0]
    return ""


@cache
def _signatures() -> tuple[Signature, ...]:
    return tuple(
        Signature(item.code, item.ja, tuple(item.get("headings", ())))
        for item in vocabulary("standard_datasets")
        if item.get("headings")
    )
