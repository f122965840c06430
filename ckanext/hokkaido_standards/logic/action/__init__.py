"""Actions of the standard data sets."""

from __future__ import annotations

from typing import Any

from ckanext.hokkaido_standards.logic.action import (
    combined,
    coverage,
    definition,
    repair,
    standard,
    table,
    table_report,
)

__all__ = ["functions"]

_SUBJECTS = (combined, coverage, definition, repair, standard, table, table_report)


def functions() -> dict[str, Any]:
    """Return the actions by name."""
    return {name: getattr(subject, name) for subject in _SUBJECTS for name in subject.__all__}
