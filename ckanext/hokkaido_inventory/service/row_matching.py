"""Which row of a response, or which holding of an earlier round, a row of a file means."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.model import Answer, Holding, Response
from ckanext.hokkaido_inventory.service import answer as answers
from ckanext.hokkaido_inventory.workbook.result import RowRead

__all__ = ["Known", "former_titles"]


class Known:
    """What a response and its unit have already, by number and by title, each to be claimed once.

    `last` is the highest number of a filled row when the workbook was made. Above it stand numbers that the template
    printed on its blank rows: somebody else may have been given them since, so they identify nothing. A workbook that
    lost its machine codes has no `last`; its numbers mean rows of the response only.
    """

    def __init__(
        self,
        rows: Sequence[answers.Row],
        unit_holdings: dict[int, Holding],
        titles: dict[str, list[Holding]],
        last: int | None,
    ) -> None:
        self.rows = {row.number: row for row in rows}
        self._numbers = frozenset(self.rows)
        self.holdings = unit_holdings
        self._last = last
        self._by_title: defaultdict[str, deque[answers.Row]] = defaultdict(deque)
        for row in rows:
            self._by_title[comparison_key(row.answer.title)].append(row)
        self._former = {title: deque(found) for title, found in titles.items()}

    def is_known(self, number: int | None) -> bool:
        """Tell whether a number of the file is one that the unit has given to a holding."""
        if self._last is None:
            return number in self._numbers
        return number is not None and number <= self._last and number in self.holdings

    def claim_row(self, read: RowRead) -> answers.Row | None:
        """Return the row of the response that a row of the file means."""
        if self.is_known(read.number):
            return self.rows.pop(read.number or 0, None)
        same = self._by_title.get(_title_key(read)) if self._by_title else None
        while same:
            row = same.popleft()
            if self.rows.get(row.number) is row:
                return self.rows.pop(row.number)
        return None

    def claim_holding(self, read: RowRead) -> Holding | None:
        """Return the holding of an earlier round that a row of the file means."""
        if self.is_known(read.number):
            return self.holdings[read.number or 0]
        former = self._former.get(_title_key(read)) if self._former else None
        return former.popleft() if former else None


def former_titles(session: Session, response: Response) -> dict[str, list[Holding]]:
    """Return the unit's holdings that this response does not speak of, by what earlier rounds called them."""
    spoken = sa.select(Answer.holding_id).where(Answer.response_id == response.id)
    found = session.execute(
        sa.select(Answer.title, Holding)
        .join(Holding, Holding.id == Answer.holding_id)
        .where(Holding.unit_id == response.unit_id, Holding.id.not_in(spoken))
        .distinct()
        .order_by(Holding.number)
    )
    titles: defaultdict[str, list[Holding]] = defaultdict(list)
    for title, holding in found:
        titles[comparison_key(title)].append(holding)
    return titles


def _title_key(read: RowRead) -> str:
    return comparison_key(str(read.values.get("title") or ""))
