"""Dates in columns of no kind: written in several ways, or with years of two digits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ckanext.hokkaido_standards.checks.columns import BLANK, VALUE, about, cells, listed, said
from ckanext.hokkaido_standards.checks.registry import RULES, Look
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.values import Fault

__all__ = ["DateForms"]

_HEADING = re.compile(r"[年月日]|期間|時期|時点|date|year|month|period", re.IGNORECASE)
#: What a way of writing is called -> its pattern; a year alone is as good in every column.
_FORMS: Mapping[str, str] = MappingProxyType(
    {
        "2026-04-01": r"^\s*[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2})?(?:[T ].*)?\s*$",
        "2026/4/1": r"^\s*[0-9]{4}/[0-9]{1,2}(?:/[0-9]{1,2})?(?: .*)?\s*$",
        "2026.4.1": r"^\s*[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2}\s*$",
        "2026年4月1日": r"^\s*[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?\s*$",
        "20260401": r"^\s*(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])\s*$",
        "令和8年4月1日": r"^\s*(?:明治|大正|昭和|平成|令和)\s*(?:[0-9０-９]{1,2}|元)[年./]",
        "R8.4.1": r"^\s*[MTSHR][0-9]{1,2}[./][0-9]{1,2}[./][0-9]{1,2}\s*$",
        "26/4/1": r"^\s*[0-9]{2}/[0-9]{1,2}/[0-9]{1,2}\s*$",
    }
)
_SHORT = "26/4/1"
#: So large a part of a column must be dates.
_MOSTLY = 0.9


class DateForms:
    """Columns whose dates are written in several ways, and years of two digits, which may be of any calendar."""

    code = "value-date-forms"
    also = ("value-date-short",)

    def check(self, look: Look) -> Iterator[Finding]:
        known, frame = said(look), look.table.frame
        for place, heading in enumerate(look.table.headings):
            if place in known or not _HEADING.search(heading):
                continue
            column = frame[str(place)]
            masks = {name: column.str.contains(pattern) for name, pattern in _FORMS.items()}
            counts = {name: int(mask.sum()) for name, mask in masks.items()}
            filled = column.len() - int(column.str.contains(BLANK).sum())
            if not filled or sum(counts.values()) < filled * _MOSTLY:
                continue
            forms = [name for name, count in counts.items() if count]
            if len(forms) > 1:
                yield about(look, self.code, place, number=len(forms), forms="、".join(forms))
            if counts[_SHORT]:
                found = cells(frame, place, masks[_SHORT])
                faults = dict.fromkeys(found[VALUE].unique(), Fault("value-date-short"))
                yield from listed(look, place, found, faults)


RULES.add(DateForms.code, DateForms())
