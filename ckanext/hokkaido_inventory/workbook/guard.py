"""Refuse what is not an honest workbook, in the words of this plugin's findings; the core does the looking."""

from __future__ import annotations

from ckanext.hokkaido_core.domain import workbook_guard
from ckanext.hokkaido_core.domain.workbook_guard import DEFAULT_LIMITS, MIB, Limits
from ckanext.hokkaido_inventory.domain.finding_kinds import kind
from ckanext.hokkaido_inventory.domain.findings import Finding

__all__ = ["DEFAULT_LIMITS", "MIB", "Limits", "inspect"]


def inspect(content: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Finding]:
    """Return why a file is not read, or an empty list for an honest .xlsx workbook.

    `content` is the whole file. At most one finding is returned: a file that is not a workbook has no further faults.
    """
    fault = workbook_guard.inspect(content, limits)
    return [Finding(kind(fault.code), params=fault.params)] if fault else []
