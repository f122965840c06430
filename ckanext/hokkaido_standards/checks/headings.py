"""The headings of a table against those of the set that it is meant to be."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from ckanext.hokkaido_standards.checks.columns import BLANK, about, joined
from ckanext.hokkaido_standards.checks.registry import RULES, Look
from ckanext.hokkaido_standards.domain.definition import WHOLE, Column, Form, Obligation
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.domain.recognition import Dialect, is_sure

__all__ = ["EmptyColumns", "MissingColumns", "OtherHeadings", "Spelling", "WayOfWriting"]

_FIRST = 1_000
_MOSTLY = 0.5


class MissingColumns:
    """Columns that the set has and the table has not: one by one what is mandatory, the others at once."""

    code = "set-missing"
    also = ("set-mandatory",)

    def check(self, look: Look) -> Iterator[Finding]:
        if look.match.standard is None or look.match.form is None:
            return
        present = {column.concept.key for column in look.match.columns.values()}
        missing = [one for one in look.match.standard.forms[look.match.form] if one.concept.key not in present]
        mandatory = [one for one in missing if look.match.standard.obligations and _mandatory(one)]
        for column in mandatory:
            yield about(look, "set-mandatory", name=column.heading)
        if rest := [column.heading for column in missing if column not in mandatory]:
            yield about(look, self.code, names=joined(rest), number=len(rest))


class WayOfWriting:
    """Headings of the older form, or in English."""

    code = "set-legacy"
    also = ("set-english",)

    def check(self, look: Look) -> Iterator[Finding]:
        if look.match.standard is None or look.match.form is None:
            return
        if look.match.dialect == Dialect.ENGLISH:
            other = any(look.table.headings[place] != one.heading for place, one in look.match.columns.items())
            yield about(look, "set-english", repairable=other and is_sure(look.match, look.table.headings))
        elif look.match.form == Form.LEGACY:
            yield about(look, self.code, repairable=_has_successor(look) and is_sure(look.match, look.table.headings))


class Spelling:
    """Headings that the form spells otherwise."""

    code = "set-spelling"

    def check(self, look: Look) -> Iterator[Finding]:
        if look.match.dialect == Dialect.ENGLISH:
            return
        sure = is_sure(look.match, look.table.headings)
        for place, column in sorted(look.match.columns.items()):
            if look.table.headings[place] != column.heading:
                yield about(look, self.code, place, name=column.heading, repairable=sure)


class OtherHeadings:
    """Headings that the set lacks: a body may add columns, so they are only told."""

    code = "set-heading"

    def check(self, look: Look) -> Iterator[Finding]:
        if look.match.form is None:
            return
        headings = enumerate(look.table.headings)
        other = [heading for place, heading in headings if heading.strip() and place not in look.match.columns]
        if other:
            yield about(look, self.code, names=joined(other), number=len(other))


class EmptyColumns:
    """Columns without any value, at once: most files have some."""

    code = "set-empty"

    def check(self, look: Look) -> Iterator[Finding]:
        frame = look.table.frame
        if not frame.height:
            return
        blank = pl.all().str.contains(BLANK).all()
        # Nearly every column that is not empty shows it in its first rows.
        maybe = [name for name, bare in frame.head(_FIRST).select(blank).row(0, named=True).items() if bare]
        empty = frame.select(maybe).select(blank).row(0, named=True) if maybe else {}
        headings = enumerate(look.table.headings)
        names = [heading for place, heading in headings if heading.strip() and empty.get(str(place))]
        if names:
            yield about(look, self.code, names=joined(names), number=len(names))


def _has_successor(look: Look) -> bool:
    """Say whether the current form is known, and has most of what the table says."""
    standard = look.match.standard
    if standard is None or standard.proofs.get(Form.CURRENT) not in WHOLE:
        return False
    current = {column.concept.key for column in standard.forms[Form.CURRENT]}
    kept = [column for column in look.match.columns.values() if column.concept.key in current]
    return len(kept) > len(look.match.columns) * _MOSTLY


def _mandatory(column: Column) -> bool:
    return column.obligation == Obligation.MANDATORY


for _rule in (MissingColumns(), WayOfWriting(), Spelling(), OtherHeadings(), EmptyColumns()):
    RULES.add(_rule.code, _rule)
