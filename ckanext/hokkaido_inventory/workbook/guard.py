"""What the guard of workbooks refuses, as findings of the survey's catalogue."""

from __future__ import annotations

from ckanext.hokkaido_core.workbook_guard import DEFAULT_LIMITS, MIB, Limits, refusal
from ckanext.hokkaido_inventory.domain.finding_kinds import kind
from ckanext.hokkaido_inventory.domain.findings import Finding

__all__ = ["DEFAULT_LIMITS", "MIB", "Limits", "inspect"]


def inspect(content: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Finding]:
    """Return why a file is not read, or an empty list for an honest .xlsx workbook.

    `content` is the whole file. At most one finding is returned: a file that is not a workbook has no further faults.
    """
    refused = refusal(content, limits)
    return [Finding(kind(refused.code), params=refused.params)] if refused else []
