"""What is found wrong with a table: the rule, the place, the value, and the numbers of its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; rule and parameters make its sentences, in the language of whoever reads it.

    :ivar rule: code of the rule (vocabulary `table_rules`).
    :ivar sheet: name of the sheet, blank in a text file.
    :ivar row: number of the row as a spreadsheet shows it, from 1; nothing where it is about a column or the file.
    :ivar column: heading of the column, blank where it is about rows or the file.
    :ivar place: number of the column, from 1.
    :ivar value: what stands there, shortened.
    :ivar params: values for the sentences of the rule.
    :ivar repairable: whether `repair` mends it.
    :ivar count: how many places the finding stands for: the first is told, where a rule has found too many to list.
    """

    rule: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    place: int | None = None
    value: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)
    repairable: bool = False
    count: int = 1
