"""Who may do what, one file a subject."""

from __future__ import annotations

from typing import Any

from ckanext.hokkaido_standards.logic.auth import combined, coverage, repair, standard, table

__all__ = ["functions"]

_SUBJECTS = (combined, coverage, repair, standard, table)


def functions() -> dict[str, Any]:
    """Return the rules by name."""
    return {name: getattr(subject, name) for subject in _SUBJECTS for name in subject.__all__}
