"""The rules that a table is checked by: small classes, one file for those of one kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from ckanext.hokkaido_core.domain.registry import Registry
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.domain.recognition import Match
from ckanext.hokkaido_standards.domain.region import HOKKAIDO, Box
from ckanext.hokkaido_standards.tables.table import Table, TableFile

__all__ = ["RULES", "Look", "Rule"]


@dataclass(frozen=True, slots=True)
class Look:
    """What a rule looks at: a table, the file that it stands in, and what it was recognised as.

    :ivar region: where the places of the table are looked for.
    :ivar most: findings of one rule in one column that are told one by one; one more then stands for all others.
        Nothing tells every one.
    :ivar unfilled: numbers in the file of rows that hold nothing but the municipality; the table lacks them.
    """

    file: TableFile
    table: Table
    match: Match
    region: Box = HOKKAIDO
    most: int | None = 100
    unfilled: tuple[int, ...] = ()


class Rule(Protocol):
    """One rule; `code` is its entry in the vocabulary `table_rules`.

    A rule that finds several things out in one go names their codes in `also`.
    """

    code: str

    def check(self, look: Look) -> Iterator[Finding]:
        """Yield what is wrong; all that is wrong, however much that is."""


#: Rules by code; they are reported in the order of the vocabulary.
RULES: Registry[Rule] = Registry()
