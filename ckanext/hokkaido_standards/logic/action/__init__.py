"""Actions of the standard data sets."""

from __future__ import annotations

from typing import Any

import ckan.plugins as p

from ckanext.hokkaido_standards.logic.action import (
    combined,
    coverage,
    datastore,
    definition,
    repair,
    standard,
    table,
    table_report,
)

__all__ = ["functions"]

_SUBJECTS = (combined, coverage, definition, repair, standard, table, table_report)


def functions() -> dict[str, Any]:
    """Return the actions by name; those of the DataStore where the portal has one."""
    subjects = (*_SUBJECTS, datastore) if p.plugin_loaded("datastore") else _SUBJECTS
    return {name: getattr(subject, name) for subject in subjects for name in subject.__all__}
