"""The rules that a table is checked by: small classes, one file for those of one kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from ckanext.hokkaido_core.domain.registry import Registry
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.domain.recognition import Match
from ckanext.hokkaido_standards.tables.table import Table, TableFile

__all__ = ["RULES", "Look", "Rule"]


@dataclass(frozen=True, slots=True)
class Look:
    """What a rule looks at: a table, the file that it stands in, and what it was recognised as."""

    file: TableFile
    table: Table
    match: Match


class Rule(Protocol):
    """One rule; `code` is its entry in the vocabulary `table_rules`."""

    code: str

    def check(self, look: Look) -> Iterator[Finding]:
        """Yield what is wrong; all that is wrong, however much that is."""


#: Rules by code, in the order in which they are reported.
RULES: Registry[Rule] = Registry()
