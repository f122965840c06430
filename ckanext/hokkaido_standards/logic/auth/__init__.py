"""Who may do what, one file a subject."""

from __future__ import annotations

from typing import Any

import ckan.plugins as p

from ckanext.hokkaido_standards.logic.auth import combined, coverage, datastore, repair, standard, table

__all__ = ["functions"]

_SUBJECTS = (combined, coverage, repair, standard, table)


def functions() -> dict[str, Any]:
    """Return the rules by name; those of the DataStore where the portal has one."""
    subjects = (*_SUBJECTS, datastore) if p.plugin_loaded("datastore") else _SUBJECTS
    return {name: getattr(subject, name) for subject in subjects for name in subject.__all__}
