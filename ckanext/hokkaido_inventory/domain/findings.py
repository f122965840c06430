"""Problems found in an uploaded workbook, as data: where, what, and what to do next.

Sentences are English message ids; whoever shows them passes the translator of the request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ckanext.hokkaido_inventory.domain.wording import N_

__all__ = ["PLACES", "Finding", "Kind", "Severity", "Translate", "has_errors", "ordered"]

Translate = Callable[[str], str]


class Severity(StrEnum):
    """An error keeps the whole file from being stored; a warning is only shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its code, severity, sentence and remedy with `%(name)s` places."""

    code: str
    severity: Severity
    message: str
    remedy: str


#: How the place of a finding is said; chosen by what is known of it.
PLACES: dict[tuple[bool, bool, bool], str] = {
    (True, True, True): N_("Sheet “%(sheet)s”, row %(row)s, column %(column)s"),
    (True, True, False): N_("Sheet “%(sheet)s”, row %(row)s"),
    (True, False, True): N_("Sheet “%(sheet)s”, column %(column)s"),
    (True, False, False): N_("Sheet “%(sheet)s”"),
}
_SAID = N_("%(place)s: %(message)s")


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem at one place.

    `sheet` is the sheet's name, `row` its number from 1 as Excel shows it, `column` the column letter, `value` the
    text found there (shortened), `params` further values for the sentence.
    """

    kind: Kind
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """Return the code of the kind."""
        return self.kind.code

    @property
    def severity(self) -> Severity:
        """Return the severity of the kind."""
        return self.kind.severity

    def message(self, translate: Translate = str) -> str:
        """Return place and problem as one sentence in the translator's language."""
        values = self._values()
        said = translate(self.kind.message) % values
        place = PLACES.get((self.sheet is not None, self.row is not None, self.column is not None))
        if place is None:
            return said
        return translate(_SAID) % {"place": translate(place) % values, "message": said}

    def remedy(self, translate: Translate = str) -> str:
        """Return what to do next in the translator's language."""
        return translate(self.kind.remedy) % self._values()

    def to_dict(self, translate: Translate = str) -> dict[str, object]:
        """Return code, severity, sheet, row, column, value, message and remedy as plain values."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "message": self.message(translate),
            "remedy": self.remedy(translate),
        }

    def _values(self) -> dict[str, object]:
        own = {"sheet": self.sheet, "row": self.row, "column": self.column, "value": self.value}
        return own | dict(self.params)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Say whether any finding keeps the file from being stored."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with errors first, then by sheet, row and column; whole-file findings come first."""

    def place(finding: Finding) -> tuple[object, ...]:
        column = finding.column or ""
        return (finding.severity is Severity.WARNING, finding.sheet or "", finding.row or 0, len(column), column)

    return sorted(findings, key=place)
