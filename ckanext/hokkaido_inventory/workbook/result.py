"""What reading a workbook gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.findings import Finding, has_errors
from ckanext.hokkaido_inventory.domain.row import with_lines
from ckanext.hokkaido_inventory.workbook.proposal import Found

__all__ = ["ReadResult", "RowRead", "WorkbookKind"]


class WorkbookKind(StrEnum):
    """Which form a workbook follows."""

    OFFICIAL = "official"
    TEMPLATE = "template"
    OWN = "own"


@dataclass(slots=True)
class RowRead:
    """One row of answers.

    `number` is the visible number (in the official form the place of the row), None for a new row of the template;
    `sheet` and `row` say where its name stands. `values` holds every key its form asks, None where the cell is blank; a
    key that the form does not ask is not there, so that reading it changes nothing. `change` is what the template's
    column 変更区分 declares; `unread` holds words that
    are no answer, for the remarks; `proposed` answers that follow from the kind of list, where a row has none.
    """

    number: int | None
    sheet: str
    row: int
    values: dict[str, str | int | None] = field(default_factory=dict)
    change: Change | None = None
    unread: tuple[str, ...] = ()
    proposed: dict[str, str] = field(default_factory=dict)

    def said_over(self, stored: Mapping[str, Any]) -> dict[str, str | int | None]:
        """Return what the row says of a stored one: its values, and what it adds to what a person wrote there.

        Words that are no answer follow the remarks, once; what is proposed is only taken where nothing is answered.
        """
        said = dict(self.values)
        for key, answer in self.proposed.items():
            if said.get(key) is None:
                said[key] = stored.get(key) or answer
        if self.unread:
            said["remarks"] = with_lines(str(said.get("remarks") or stored.get("remarks") or ""), self.unread)
        return said


@dataclass(slots=True)
class ReadResult:
    """The whole of a workbook: its kind (None if it is neither form), header, rows and findings.

    `header` holds `department`, `person` and the texts of the official form's first worksheet where given, `codes` the
    machine codes of the template's hidden sheet (empty if it was lost) and the visible number of the workbook, `sheets`
    the names of the sheets that were read. `found` says how a list of the office's own is understood.
    """

    kind: WorkbookKind | None = None
    header: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    sheets: list[str] = field(default_factory=list)
    rows: list[RowRead] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    found: Found | None = None

    @property
    def storable(self) -> bool:
        """Say whether no error keeps the rows from being stored."""
        return self.kind is not None and not has_errors(self.findings)
