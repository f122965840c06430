"""Tables as CSV for people who open them in Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from ckan.types import Response
from flask import make_response

from ckanext.hokkaido_core.domain.csv_cell import neutralise

__all__ = ["csv_answer"]


def csv_answer(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Return a table as a file; no cell is read as a formula (UP-07), and Excel sees that it is UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([neutralise(str(value if value is not None else "")) for value in row] for row in rows)
    response = make_response("\ufeff" + text.getvalue())
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
