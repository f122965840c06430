"""Values by the kind of their column."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from ckanext.hokkaido_standards.checks.columns import BLANK, VALUE, cells, listed, said
from ckanext.hokkaido_standards.checks.registry import RULES, Look
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.values import VALUES, Fault, judge

__all__ = ["Choices", "Values"]


class Values:
    """Every value of a column whose kind is known.

    One pattern a column lets nearly all right values pass, at the speed of the machine; the judge then sees each of the
    other values once.
    """

    code = "value-form"
    also = (
        "L1-06", "L2-01", "L3-05", "L3-06", "value-choaza", "value-code", "value-code-check", "value-code-form",
        "value-coordinate", "value-corporate", "value-corporate-check", "value-dash", "value-date", "value-date-none",
        "value-email", "value-error", "value-integer", "value-kana", "value-mark", "value-number", "value-phone",
        "value-postal-code", "value-presence", "value-serial", "value-several", "value-time", "value-url",
        "value-weekdays",
    )  # fmt: skip

    def check(self, look: Look) -> Iterator[Finding]:
        frame = look.table.frame
        kinds = {place: concept.type for place, concept in sorted(said(look).items()) if concept.type in VALUES}
        masks = frame.select(
            ~pl.col(str(place)).str.contains(f"{BLANK}|{VALUES[kind].fine}") for place, kind in kinds.items()
        )
        for place, kind in kinds.items():
            mask = masks[str(place)]
            if mask.any():
                found = cells(frame, place, mask)
                judged = ((value, judge(kind, value)) for value in found[VALUE].unique())
                yield from listed(look, place, found, {value: fault for value, fault in judged if fault})


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
