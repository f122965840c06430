"""Values by the kind of their column."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from ckanext.hokkaido_standards.checks.columns import BLANK, VALUE, cells, listed, said
from ckanext.hokkaido_standards.checks.registry import RULES, Look
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.values import VALUES, Fault, judge
from ckanext.hokkaido_standards.values.codes import NOTHING

__all__ = ["Choices", "Values"]


class Values:
    """Every value of a column whose kind is known.

    One pattern a column lets nearly all right values pass, at the speed of the machine; the judge then sees each of the
    other values once.
    """

    code = "value-form"
    also = (
        "L1-06", "L2-01", "L3-05", "L3-06", "value-choaza", "value-code", "value-code-check", "value-code-form",
        "value-coordinate", "value-corporate", "value-corporate-check", "value-dash", "value-dash-word", "value-date",
        "value-date-none",
        "value-email", "value-error", "value-integer", "value-kana", "value-mark", "value-number", "value-phone",
        "value-postal-code", "value-presence", "value-serial", "value-several", "value-time", "value-url",
        "value-weekdays",
    )  # fmt: skip

    def check(self, look: Look) -> Iterator[Finding]:
        frame = look.table.frame
        kinds = {place: concept.type for place, concept in sorted(said(look).items()) if concept.type in VALUES}
        patterns = {place: VALUES[kind].fine for place, kind in kinds.items() if VALUES[kind].fine != NOTHING}
        masks = frame.select(~pl.col(str(place)).str.contains(f"{BLANK}|{fine}") for place, fine in patterns.items())
        for place, kind in kinds.items():
            column = frame[str(place)]
            mask = masks[str(place)] if place in patterns else None
            if mask is not None and not mask.any():
                continue
            values = (column if mask is None else column.filter(mask)).unique()
            faults = {value: fault for value in values if (fault := judge(kind, value))}
            if faults:
                found = cells(frame, place, pl.col(VALUE).is_in(list(faults)) if mask is None else mask)
                yield from listed(look, place, found, faults)


class Choices:
    """Values beside the list that the definition gives, where it gives a closed one."""

    code = "value-choice"

    def check(self, look: Look) -> Iterator[Finding]:
        for place, column in sorted(look.match.columns.items()):
            if not (column.closed and column.concept.values):
                continue
            fault = Fault(self.code, params={"choices": "、".join(column.concept.values)})
            allowed = pl.col(VALUE).str.strip_chars().is_in(["", *column.concept.values])
            found = cells(look.table.frame, place, ~allowed)
            yield from listed(look, place, found, dict.fromkeys(found[VALUE].unique(), fault))


for _rule in (Values(), Choices()):
    RULES.add(_rule.code, _rule)
