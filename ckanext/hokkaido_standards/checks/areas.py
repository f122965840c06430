"""Short names of areas in columns of no kind whose heading asks for the name of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from ckanext.hokkaido_standards.checks.columns import VALUE, cells, listed, place_of, said
from ckanext.hokkaido_standards.checks.registry import RULES, Look
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.values import Fault
from ckanext.hokkaido_standards.values.codes import official_name

__all__ = ["Areas"]

_HEADING = re.compile(r"(?:都道府県|府県|県|市区?町村|自治体|団体)名?(?:称)?(?:[（(].*[）)])?")


class Areas:
    """Names of municipalities and prefectures without 市, 町, 村 or 県, where no standard code stands beside them."""

    code = "L3-06"

    def check(self, look: Look) -> Iterator[Finding]:
        if place_of(look, "localgov_code") is not None:
            return
        known = said(look)
        for place, heading in enumerate(look.table.headings):
            if place in known or not _HEADING.fullmatch("".join(heading.split())):
                continue
            values = look.table.frame[str(place)].unique()
            faults = {
                value: Fault(self.code, name, sure=False) for value in values if (name := official_name(value.strip()))
            }
            if faults:
                found = cells(look.table.frame, place, pl.col(VALUE).is_in(list(faults)))
                yield from listed(look, place, found, faults)


RULES.add(Areas.code, Areas())
