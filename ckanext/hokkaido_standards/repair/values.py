"""Values of columns whose kind is known, as the judge of their kind says that they are to be written."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from ckanext.hokkaido_standards.checks.columns import said
from ckanext.hokkaido_standards.repair.draft import Draft
from ckanext.hokkaido_standards.repair.registry import REPAIRERS
from ckanext.hokkaido_standards.values import VALUES, judge
from ckanext.hokkaido_standards.values.codes import NOTHING
from ckanext.hokkaido_standards.values.numbers import unit_of

__all__ = ["KnownValues", "mended"]

_AMOUNTS = frozenset(("integer", "number"))
_UNITS = "L2-01"
#: A value that is mended may show another fault; none has more.
_ROUNDS = 4


def mended(kind: str, text: str) -> tuple[str, str] | None:
    """Return the first rule that a value of a kind breaks, and the value as it is to be; nothing if that is unsure."""
    first, value = "", text
    for _round in range(_ROUNDS):
        fault = judge(kind, value)
        if fault is None or not fault.repairable or fault.better == value:
            break
        first, value = first or fault.rule, fault.better
    return (first, value) if first else None


class KnownValues:
    """Every value that is only written otherwise than its kind is.

    Amounts in several units stay: without them they would say something else.
    """

    code = "value-form"
    also = (
        "L1-06", "L2-01", "L3-05", "L3-06", "value-code-form", "value-coordinate", "value-serial",
    )  # fmt: skip

    def repair(self, draft: Draft) -> None:
        for place, concept in sorted(said(draft.look()).items()):
            if concept.type not in VALUES:
                continue
            column, fine = draft.frame[str(place)], VALUES[concept.type].fine
            if fine != NOTHING:
                column = column.filter(~column.str.contains(fine))
            better = _better(concept.type, column)
            if better:
                draft.replace_values(place, better)


def _better(kind: str, column: pl.Series) -> Mapping[str, tuple[str, str]]:
    found = {text: told for text in column.unique() if text.strip() and (told := mended(kind, text))}
    units = {unit_of(text) for text in found} - {""}
    if kind in _AMOUNTS and len(units) > 1:
        return {text: told for text, told in found.items() if not unit_of(text)}
    return found


REPAIRERS.add(KnownValues.code, KnownValues())
