"""Values that were left out because they repeat: signs for "the same", and blanks below the first of a group."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from ckanext.hokkaido_standards.checks.columns import BLANK, INDEX, VALUE, at, cells, free, listed, said
from ckanext.hokkaido_standards.checks.registry import RULES, Look
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.values import VALUES, Fault
from ckanext.hokkaido_standards.values.numbers import NUMBER

__all__ = ["DITTO", "LeftOut"]

DITTO = ("〃", "″", "”", "々", "同上", "同左", "同右", "ヽ", '"', "''", "仝")
#: The publisher of a row, which is the same in all of them.
_PUBLISHER = ("localgov_code", "localgov_name", "prefecture_name")
#: Columns of groups stand at the left; so large a part of their cells may be blank.
_MOST_GROUPS, _LEAST_BLANK, _MOST_BLANK, _FEWEST_RUNS = 3, 0.2, 0.95, 2


class LeftOut:
    """Values that were left out, or replaced by a sign for "the same", because they repeat."""

    code = "L2-02"

    def check(self, look: Look) -> Iterator[Finding]:
        frame = look.table.frame
        # In columns of a kind such a sign is a wrong value.
        places = free(look, VALUES)
        ditto = frame.select(pl.col(str(place)).is_in(DITTO) for place in places)
        for place in places:
            if ditto[str(place)].any():
                found = cells(frame, place, ditto[str(place)])
                yield from listed(look, place, found, dict.fromkeys(DITTO, Fault(self.code)))
        for place, concept in sorted(said(look).items()):
            if concept.key in _PUBLISHER:
                yield from self._blanks(look, place)
        yield from self._groups(look)

    def _blanks(self, look: Look, place: int) -> Iterator[Finding]:
        """Yield once that the publisher stands in the first row only."""
        column = look.table.frame[str(place)]
        if not column.len() or not column[0].strip():
            return
        found = cells(look.table.frame, place, pl.col(VALUE).str.contains(BLANK))
        filled = column.len() - found.height
        if found.height > filled and column.n_unique() <= filled + 1:
            yield at(look, place, found[INDEX][0], "", Fault(self.code), found.height)

    def _groups(self, look: Look) -> Iterator[Finding]:
        """Yield once a column that groups stand in the first row of each group only."""
        known, frame = said(look), look.table.frame
        for place in range(min(_MOST_GROUPS, frame.width - 1)):
            column = frame[str(place)]
            blank = column.str.contains(BLANK)
            if place in known or not _is_of_groups(column, blank):
                return
            if blank.any():
                found = cells(frame, place, blank)
                yield at(look, place, found[INDEX][0], "", Fault(self.code), found.height)


def _is_of_groups(column: pl.Series, blank: pl.Series) -> bool:
    """Say whether a column has words, each once at the head of the rows that it holds for."""
    words = column.filter(~blank)
    if words.len() < _FEWEST_RUNS or blank[0] or words.str.contains(NUMBER).any():
        return False
    share = blank.sum() / column.len()
    # Whoever writes a value again in the next row leaves none out.
    again = (column == column.shift(1)) & ~blank
    return _LEAST_BLANK <= share <= _MOST_BLANK and not again.any()


RULES.add(LeftOut.code, LeftOut())
