"""Many rows in one request: each read as a single one is, every fault of every row named at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ckan.plugins.toolkit as tk
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.refusal import StaleVersion, UnknownRow
from ckanext.hokkaido_inventory.domain.row import Content
from ckanext.hokkaido_inventory.logic.dictize.response import answer_dict
from ckanext.hokkaido_inventory.logic.given_answers import read_given
from ckanext.hokkaido_inventory.logic.refusal import said, sentence
from ckanext.hokkaido_inventory.model import Response
from ckanext.hokkaido_inventory.service import answer as answers
from ckanext.hokkaido_inventory.service.row_writing import Writing
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = ["MAX_ROWS", "read_rows", "require_rows"]

#: More than this in one request is a workbook.
MAX_ROWS = 1000


def require_rows(requested: Sequence[Mapping[str, Any]]) -> None:
    """Raise `ValidationError` when a request names no row, or too many."""
    if not requested:
        raise tk.ValidationError({"rows": [tk._("Give at least one row.")]})
    if len(requested) > MAX_ROWS:
        text = tk._("Give at most %(limit)d rows at a time; take more in as a workbook.")
        raise tk.ValidationError({"rows": [text % {"limit": MAX_ROWS}]})


def read_rows(
    session: Session, viewer: Viewer, response: Response, requested: Sequence[Mapping[str, Any]]
) -> list[Writing]:
    """Return what each row shall say.

    :raises ValidationError: with `rows`, a list of `{row, id, errors, current}` of the rows that cannot be taken, `row`
        counted from zero and `current` the stored row where somebody else changed it (CC-01).
    """
    stored = answers.of_response(session, viewer, response.id)
    by_id = {row.answer.id: row for row in stored}
    by_number = {row.number: row for row in stored}
    writings: list[Writing] = []
    faults: list[dict[str, Any]] = []
    claimed: set[str] = set()
    for place, given in enumerate(requested):
        row = by_id.get(given.get("id") or "") or by_number.get(given.get("number") or 0)
        errors: dict[str, Any] = {}
        content = Content()
        for step in (_unknown(given, row), _twice(row, claimed), _stale(given, row)):
            errors |= step
        if not errors:
            content, errors = _content(given, row)
        if errors:
            faults.append(
                {
                    "row": place,
                    "id": given.get("id") or None,
                    "errors": errors,
                    "current": answer_dict(row) if row and "version" in errors else None,
                }
            )
        writings.append(Writing(row, content))
    if faults:
        raise tk.ValidationError({"message": [_summary(faults)], "rows": faults})
    return writings


def _content(given: Mapping[str, Any], row: answers.Row | None) -> tuple[Content, dict[str, Any]]:
    try:
        content = (answers.content_of(row.answer) if row else Content()).given(read_given(dict(given)))
    except tk.ValidationError as error:
        return Content(), error.error_dict
    return content, {} if content.title else {"title": [tk._("Write the name of the data.")]}


def _unknown(given: Mapping[str, Any], row: answers.Row | None) -> dict[str, Any]:
    meant = given.get("id") or given.get("number") is not None
    return said(UnknownRow()) if meant and row is None else {}


def _twice(row: answers.Row | None, claimed: set[str]) -> dict[str, Any]:
    if row is None:
        return {}
    if row.answer.id in claimed:
        return {"id": [tk._("The same row stands in the request twice. Put its answers together.")]}
    claimed.add(row.answer.id)
    return {}


def _stale(given: Mapping[str, Any], row: answers.Row | None) -> dict[str, Any]:
    try:
        if row:
            answers.require_version(row.answer, given.get("version"))
    except StaleVersion as refusal:
        return {"version": [sentence(refusal)]}
    return {}


def _summary(faults: Sequence[Mapping[str, Any]]) -> str:
    text = tk.ungettext(
        "{count} row could not be saved, so nothing was stored. Correct what is named under “rows” and send it again.",
        "{count} rows could not be saved, so nothing was stored. Correct what is named under “rows” and send it again.",
        len(faults),
    )
    return text.format(count=len(faults))
