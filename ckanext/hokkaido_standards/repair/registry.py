"""The repairs of a table: small classes, one file for those of one kind, in the order in which they work."""

from __future__ import annotations

from typing import Protocol

from ckanext.hokkaido_core.domain.registry import Registry
from ckanext.hokkaido_standards.repair.draft import Draft

__all__ = ["REPAIRERS", "Repairer"]


class Repairer(Protocol):
    """One repair.

    `code` names it, mostly by the rule whose findings it mends; one that mends findings of several rules names their
    codes in `also`. Changing nothing where it has been already is part of the bargain.
    """

    code: str
    also: tuple[str, ...]

    def repair(self, draft: Draft) -> None:
        """Change what is certain, by the draft's own means, which record it."""


#: Repairs by code, in the order in which they work.
REPAIRERS: Registry[Repairer] = Registry()
