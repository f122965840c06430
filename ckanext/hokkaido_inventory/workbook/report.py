"""Findings as lines for people, in a terminal and on a page."""

from __future__ import annotations

from collections.abc import Iterable

from ckanext.hokkaido_inventory.domain.findings import Finding, Severity, Translate
from ckanext.hokkaido_inventory.domain.wording import N_

__all__ = ["MAX_LINES", "report_lines", "summary"]

#: A report longer than this is read by nobody (UP-22); the rest is counted.
MAX_LINES = 200

_NAMES = {Severity.ERROR: N_("Error"), Severity.WARNING: N_("Warning")}
_LINE = N_("[%(severity)s] %(message)s %(remedy)s")
_MORE = N_("… and %(count)s more.")
_STOPPED = N_("%(errors)s errors, %(warnings)s warnings. Nothing was stored: correct the errors and upload again.")
_PASSED = N_("No errors, %(warnings)s warnings.")


def report_lines(findings: Iterable[Finding], translate: Translate = str, limit: int = MAX_LINES) -> list[str]:
    """Return a line per finding with severity, place, problem and remedy; beyond `limit` they are only counted."""
    every = list(findings)
    lines = [
        translate(_LINE)
        % {
            "severity": translate(_NAMES[finding.severity]),
            "message": finding.message(translate),
            "remedy": finding.remedy(translate),
        }
        for finding in every[:limit]
    ]
    if len(every) > limit:
        lines.append(translate(_MORE) % {"count": len(every) - limit})
    return lines


def summary(findings: Iterable[Finding], translate: Translate = str) -> str:
    """Return the number of errors and warnings in one sentence, and what follows from it."""
    every = list(findings)
    errors = sum(finding.severity is Severity.ERROR for finding in every)
    counts = {"errors": errors, "warnings": len(every) - errors}
    return translate(_STOPPED if errors else _PASSED) % counts
