"""The public copy of one answer: the whole list of what leaves the survey, and its way into the table."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from ckan.model.types import make_uuid
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.domain.disclosure import decide
from ckanext.hokkaido_inventory.domain.fitness import Verdict, suitability
from ckanext.hokkaido_inventory.domain.listing import Listing, listing_of
from ckanext.hokkaido_inventory.model import Published, Survey
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = ["COLUMNS", "WITHHELD", "copy_in", "public_row"]

#: Answers that become a column under their own name as they are.
_AS_ANSWERED = ("reason", "theme", "law", "blocking_step", "machine_readability")
#: What a row loses whose name is withheld; it is only counted, with its decision and its reason.
WITHHELD: Mapping[str, object] = {
    "title": "",
    "description": "",
    "search_text": "",
    **dict.fromkeys(
        ("format", "update_frequency", "theme", "law", "review_on", "blocking_step", "machine_readability"), None
    ),
    "record_count": None,
    "priority": None,
    "listing": Listing.WITHHELD.value,
}
COLUMNS = tuple(column.name for column in Published.__table__.columns)

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def public_row(row: sa.Row[Any], survey: Survey, at: datetime, superseded_by: str | None) -> dict[str, object]:
    """Return the public copy of one answer with every column of the table.

    :param row: title, description and answers with the id, unit and number of the holding.
    """
    answers: dict[str, Any] = row.answers
    copy: dict[str, object] = {
        "id": make_uuid(),
        "survey_id": survey.id,
        "holding_id": row.holding_id,
        "unit_id": row.unit_id,
        "number": row.number,
        "title": row.title,
        "description": row.description,
        "decision": decide(answers).value,
        "format": _code("formats", answers.get("format")),
        "update_frequency": _code("frequencies", answers.get("update_frequency")),
        "review_on": _date(answers.get("review_on")),
        "record_count": answers.get("record_count"),
        "priority": _priority(answers),
        "listing": listing_of(answers).value,
        "search_text": comparison_key(f"{row.title}\n{row.description}"),
        "published_at": at,
        "superseded_by": superseded_by,
        **{key: answers.get(key) for key in _AS_ANSWERED},
    }
    return copy | WITHHELD if copy["listing"] == Listing.WITHHELD else copy


def copy_in(session: Session, rows: Iterable[Mapping[str, object]]) -> int:
    """Write rows by COPY, many times faster than one INSERT each, and return their number."""
    lines = ["\t".join(_cell(row[name]) for name in COLUMNS) for row in rows]
    if lines:
        cursor = session.connection().connection.cursor()
        cursor.copy_expert(
            f"COPY {Published.__tablename__} ({', '.join(COLUMNS)}) FROM STDIN", io.StringIO("\n".join(lines) + "\n")
        )
        cursor.close()
    return len(lines)


def _cell(value: object) -> str:
    if value is None:
        return "\\N"
    return value.translate(_ESCAPES) if isinstance(value, str) else str(value)


def _priority(answers: Mapping[str, object]) -> int | None:
    count = suitability(answers)
    if count.verdict is Verdict.COUNTED:
        return count.number
    return 0 if count.verdict is Verdict.NOT_APPLICABLE else None


def _date(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _code(name: str, value: str | None) -> str | None:
    """Return the code of the vocabulary that a code, a label or another spelling means, else the words themselves."""
    return _codes(name).get(comparison_key(value), value.strip()) if value else None


@cache
def _codes(name: str) -> dict[str, str]:
    return {
        comparison_key(word): item.code
        for item in vocabulary(name)
        for word in (*item.get("also", ()), *item.get("extensions", ()), item.en, item.ja, item.code)
    }
